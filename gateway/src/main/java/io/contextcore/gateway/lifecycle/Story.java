package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Emission;
import io.contextcore.gateway.model.Identity;
import io.contextcore.gateway.model.Instance.Phase;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleDefinition.LogRule;
import io.contextcore.gateway.model.LifecycleVariable;
import io.contextcore.gateway.model.Link;
import io.contextcore.gateway.model.LogRecord;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.OwnAttribute;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Scope;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.model.Span.Status;
import io.contextcore.gateway.model.TelemetryIds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The telemetry of one step, told in order: section "Spans of a lifecycle" of docs/telemetry.md. */
final class Story {

    private final Setting setting;
    private final LifecycleDefinition definition;
    private final Draft draft;
    private final Origin origin;
    private final long observed;
    private final Identity identity;
    private final List<Span> spans = new ArrayList<>();
    private final List<LogRecord> logs = new ArrayList<>();
    private String unnamed = Change.UPDATED.text();
    private @Nullable String firstEvent;
    private @Nullable String activitySpanId;

    Story(Setting setting, LifecycleDefinition definition, Draft draft, Origin origin, long observed) {
        this.setting = setting;
        this.definition = definition;
        this.draft = draft;
        this.origin = origin;
        this.observed = observed;
        this.identity = setting.identities().of(definition, draft.key);
    }

    Emission emission() {
        return new Emission(draft.key, draft.source, spans, logs);
    }

    /** The parent of the instance's other spans; instant, at the lifecycle's start. */
    void anchor(View view, long at) {
        List<Link> links = new ArrayList<>(draft.links);
        Reference parent = draft.parentReference();
        if (parent != null) {
            links.add(parentLink(parent));
        }
        SortedMap<String, AttributeValue> attributes = attributes(view, "anchor");
        if (draft.adopted) {
            attributes.put(OwnAttribute.ADOPTED.attribute(), AttributeValue.of(true));
        }
        spans.add(new Span(
                identity.traceId(),
                identity.spanId(),
                null,
                spanName(view),
                Span.Kind.INTERNAL,
                at,
                at,
                attributes,
                List.of(),
                setting.spanLinks(links),
                Status.UNSET));
    }

    /** Tells the state after a delivery; instant, at the event's time. */
    void activity(View before, View after, long at, List<Link> newLinks, boolean clamped) {
        SortedMap<String, AttributeValue> attributes = attributes(after, "activity");
        if (clamped) {
            attributes.put(OwnAttribute.PHASE_CLAMPED.attribute(), AttributeValue.of(true));
        }
        activitySpanId = TelemetryIds.spanId(draft.key, TelemetryIds.activityPart(origin));
        spans.add(child(
                activitySpanId,
                firstEvent == null ? definition.name() + "." + unnamed : firstEvent,
                at,
                at,
                attributes,
                changes(before, after, at),
                newLinks,
                Status.UNSET));
    }

    /** An interval in which the phase attribute kept its value, or a slice of it. */
    void phase(View view, Phase phase, long end) {
        if (end <= phase.start()) {
            return;
        }
        String part = TelemetryIds.phasePart(phase.value(), phase.start(), phase.slice());
        spans.add(child(
                TelemetryIds.spanId(draft.key, part),
                definition.phaseAttribute() + " " + phase.value(),
                phase.start(),
                end,
                attributes(view, "phase"),
                List.of(),
                List.of(),
                status(view, phase.value(), null, Status.UNSET)));
    }

    /** The whole generation, from its start to its end. */
    void completion(View view, long end) {
        Status status = status(view, null, draft.outcomeText(), Status.OK);
        List<Span.SpanLink> links = new ArrayList<>(setting.spanLinks(movedTo()));
        if (draft.generation > 1) {
            links.add(new Span.SpanLink(
                    identity.traceId(),
                    TelemetryIds.spanId(draft.key, TelemetryIds.completionPart(draft.generation - 1)),
                    role("former_generation")));
        }
        spans.add(new Span(
                identity.traceId(),
                TelemetryIds.spanId(draft.key, TelemetryIds.completionPart(draft.generation)),
                identity.spanId(),
                definition.name() + ".completed",
                Span.Kind.INTERNAL,
                Math.min(draft.generationStart, end),
                end,
                attributes(view, "completion"),
                List.of(),
                links,
                status));
    }

    /** The one span of a lifecycle that lasts for minutes. */
    void whole(View view, long end) {
        List<Link> links = new ArrayList<>(draft.links);
        links.addAll(movedTo());
        String parentSpanId = null;
        Reference parent = draft.parentReference();
        if (parent != null) {
            Identity above = setting.identity(parent.lifecycle(), parent.name());
            if (definition.inParentTrace() && above.traceId().equals(identity.traceId())) {
                parentSpanId = above.spanId();
            } else {
                links.add(parentLink(parent));
            }
        }
        spans.add(new Span(
                identity.traceId(),
                identity.spanId(),
                parentSpanId,
                spanName(view),
                definition.kind(),
                Math.min(draft.generationStart, end),
                end,
                attributes(view, "span"),
                List.of(),
                setting.spanLinks(links),
                status(view, null, draft.outcomeText(), Status.UNSET)));
    }

    /** The present state, once more. */
    void snapshot(View view, String event, long at) {
        SortedMap<String, AttributeValue> body = attributes(view, null);
        logs.add(new LogRecord(
                at,
                observed,
                LogRecord.Severity.INFO,
                event,
                identity.traceId(),
                identity.spanId(),
                setting.indexed(body),
                body));
    }

    /** A link to the instance that this one turned out to be; none where it did not. */
    List<Link> movedTo() {
        return draft.movedTo == null ? List.of() : List.of(new Link(draft.movedTo, role("moved_to"), false));
    }

    /** Names the events of this step: the first of them names the activity, so this comes before {@link #activity}. */
    List<LogRule> rules(Change change, View before, View after) {
        Scope scope = scope(before, after).set(LifecycleVariable.CHANGE.ordinal(), change.text());
        List<LogRule> holding = definition.logs().stream()
                .filter(rule ->
                        rule.when() == null || Boolean.TRUE.equals(rule.when().evaluate(scope)))
                .toList();
        unnamed = change.activity();
        if (firstEvent == null && !holding.isEmpty()) {
            firstEvent = holding.get(0).event();
        }
        return holding;
    }

    void logs(List<LogRule> rules, Change change, View before, View after, long at) {
        Scope scope = scope(before, after).set(LifecycleVariable.CHANGE.ordinal(), change.text());
        for (LogRule rule : rules) {
            SortedMap<String, AttributeValue> body = attributes(after, null);
            rule.attributes().forEach((name, expression) -> {
                AttributeValue value = setting.conventions().coerce(name, expression.evaluate(scope));
                if (value != null) {
                    body.put(name, value);
                }
            });
            logs.add(new LogRecord(
                    at,
                    observed,
                    rule.severity(),
                    rule.event(),
                    identity.traceId(),
                    activitySpanId == null ? identity.spanId() : activitySpanId,
                    setting.indexed(body),
                    body));
        }
    }

    private Span child(
            String spanId,
            String name,
            long start,
            long end,
            SortedMap<String, AttributeValue> attributes,
            List<Span.Event> events,
            List<Link> links,
            Status status) {
        return new Span(
                identity.traceId(),
                spanId,
                identity.spanId(),
                name,
                Span.Kind.INTERNAL,
                start,
                end,
                attributes,
                events,
                setting.spanLinks(links),
                status);
    }

    private List<Span.Event> changes(View before, View after, long at) {
        return definition.watch().stream()
                .sorted()
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .map(name -> new Span.Event(at, name + " changed", fromTo(before.get(name), after.get(name))))
                .toList();
    }

    private static SortedMap<String, AttributeValue> fromTo(
            @Nullable AttributeValue from, @Nullable AttributeValue to) {
        SortedMap<String, AttributeValue> attributes = new TreeMap<>();
        if (from != null) {
            attributes.put(OwnAttribute.FROM.attribute(), from);
        }
        if (to != null) {
            attributes.put(OwnAttribute.TO.attribute(), to);
        }
        return attributes;
    }

    private SortedMap<String, AttributeValue> attributes(View view, @Nullable String role) {
        SortedMap<String, AttributeValue> attributes = new TreeMap<>(view.values());
        attributes.put(OwnAttribute.KEY.attribute(), AttributeValue.of(draft.key));
        attributes.put(OwnAttribute.generation(definition.name()), AttributeValue.of(draft.generation));
        String outcome = draft.outcomeText();
        if (outcome != null && draft.endedAt != null) {
            attributes.put(OwnAttribute.outcome(definition.name()), AttributeValue.of(outcome));
        }
        if (role != null) {
            attributes.put(OwnAttribute.SPAN.attribute(), AttributeValue.of(role));
        }
        return attributes;
    }

    static Link parentLink(Reference parent) {
        return new Link(parent, role("parent"), false);
    }

    static SortedMap<String, AttributeValue> role(String role) {
        return Collections.unmodifiableSortedMap(
                new TreeMap<>(Map.of(OwnAttribute.LINK.attribute(), AttributeValue.of(role))));
    }

    private Status status(View view, @Nullable String phase, @Nullable String outcome, Status otherwise) {
        if (definition.error() == null) {
            return otherwise;
        }
        Scope scope = scope(view, view)
                .set(LifecycleVariable.PHASE.ordinal(), phase == null ? Nothing.ABSENT : phase)
                .set(LifecycleVariable.OUTCOME.ordinal(), outcome == null ? Nothing.ABSENT : outcome);
        return definition.error().evaluate(scope) instanceof String message ? Status.error(message) : otherwise;
    }

    private String spanName(View view) {
        return definition.spanName().evaluate(scope(view, view)) instanceof String name && !name.isBlank()
                ? name
                : definition.name();
    }

    private Scope scope(View before, View after) {
        Reference parent = draft.parentReference();
        String outcome = draft.endedAt == null ? null : draft.outcomeText();
        return setting.scope()
                .set(LifecycleVariable.KEY.ordinal(), draft.key)
                .set(LifecycleVariable.PARENT.ordinal(), parent == null ? Nothing.ABSENT : parent.name())
                .set(LifecycleVariable.BEFORE.ordinal(), before.plain())
                .set(LifecycleVariable.AFTER.ordinal(), after.plain())
                .set(LifecycleVariable.ATTRIBUTES.ordinal(), after.plain())
                .set(LifecycleVariable.OUTCOME.ordinal(), outcome == null ? Nothing.ABSENT : outcome);
    }
}
