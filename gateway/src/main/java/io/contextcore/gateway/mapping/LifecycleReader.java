package io.contextcore.gateway.mapping;

import static io.contextcore.gateway.yaml.Form.Key.optional;
import static io.contextcore.gateway.yaml.Form.Key.required;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.mapping.LifecycleExpressions.Place;
import io.contextcore.gateway.mapping.SourceFile.Head;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.Expression;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleDefinition.Below;
import io.contextcore.gateway.model.LifecycleDefinition.LogRule;
import io.contextcore.gateway.model.LogRecord.Severity;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Shape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a file that declares a lifecycle. */
final class LifecycleReader {

    private static final Form SPAN = Form.of(
            "a lifecycle's span",
            required("name", Shape.TEMPLATE, "name of its spans"),
            required(
                    "root",
                    Shape.words(LifecycleDefinition.Shape.class),
                    "`anchor` for what lives for days, `span` for what lives for minutes"),
            optional("kind", Shape.words(Span.Kind.class), "kind of a `span`; default internal"),
            optional("trace_id", Shape.TEMPLATE, "32 hex digits made of `key`, where a convention outside gives ids"),
            optional("span_id", Shape.TEMPLATE, "16 hex digits made of `key`, likewise"),
            optional(
                    "in_parent_trace",
                    Shape.FLAG,
                    "whether it is a child of its parent's span instead of a link to it"));

    private static final Form LOG = Form.of(
            "a log rule",
            optional("when", Shape.EXPRESSION, "whether there is a record; default true"),
            required("event", Shape.TEXT, "name of the event"),
            optional("severity", Shape.words(Severity.class), "default info"),
            RuleParts.ATTRIBUTES);

    static final Form FORM = SourceFile.form(
                    Head.LIFECYCLE,
                    required("lifecycle", Shape.TEXT, "name of the lifecycle"),
                    required("span", Shape.of(SPAN), "which spans it becomes"),
                    optional("vars", Shape.map(Shape.EXPRESSION), "names for expressions over `key`, in order"),
                    optional("phases", Shape.TEXT, "attribute of which each value's interval is a child span"),
                    optional("activity", Shape.FLAG, "whether each delivery that changed something is a child span"),
                    optional("watch", Shape.list(Shape.TEXT), "attributes whose changes become span events"),
                    optional("terminal", Shape.list(Shape.TEXT), "values of `phases` that end the instance"),
                    optional("error", Shape.EXPRESSION, "a text: the span at hand has status ERROR with it"),
                    optional("logs", Shape.list(Shape.of(LOG)), "log records of a change"),
                    TallyReader.KEY,
                    DraftForm.KEY)
            .with(Derivations.KEYS)
            .with(BelowReader.KEYS)
            .with(TimesReader.KEYS);

    private final Reading reading;

    LifecycleReader(Reading reading) {
        this.reading = reading;
    }

    void read(SourceFile file, Declared<LifecycleDefinition> declared) {
        Fields fields = file.fields(FORM, reading.problems());
        Field name = fields.get("lifecycle");
        Optional<LifecycleDefinition> lifecycle = name.text().map(text -> lifecycle(text, fields));
        lifecycle.ifPresent(value -> declared.add(value.name(), name.location(), file.layer(), value));
    }

    private LifecycleDefinition lifecycle(String name, Fields fields) {
        LifecycleExpressions expressions = LifecycleExpressions.of(reading, fields.get("vars"));
        Below below = new BelowReader(expressions).below(fields);
        Phases phases = phases(fields);
        SpanPart span = fields.get("span")
                .fields(SPAN)
                .map(part -> span(expressions, part))
                .orElse(SpanPart.NONE);
        return new LifecycleDefinition(
                name,
                span.shape,
                span.name,
                span.kind,
                span.traceId,
                span.spanId,
                span.inParentTrace,
                phases.attribute,
                fields.get("activity").flag().orElse(false),
                expressions.names(fields.get("watch")),
                phases.terminal,
                Derivations.read(expressions, fields, below.rollups().keySet()),
                run(expressions.expression(fields.get("error"), "error", Place.SPAN)),
                logs(expressions, fields.get("logs")),
                below,
                new TallyReader(expressions, name).tallies(fields.get("tally")),
                TimesReader.snapshots(fields.get("snapshots")),
                TimesReader.times(fields, span.shape));
    }

    private record SpanPart(
            LifecycleDefinition.Shape shape,
            Expression name,
            Span.Kind kind,
            @Nullable Expression traceId,
            @Nullable Expression spanId,
            boolean inParentTrace) {

        /** Stands in where the file is wrong: nothing is run then. */
        static final SpanPart NONE =
                new SpanPart(LifecycleDefinition.Shape.ANCHOR, scope -> "", Span.Kind.INTERNAL, null, null, false);
    }

    private static SpanPart span(LifecycleExpressions expressions, Fields fields) {
        Expression name = run(expressions.text(fields.get("name"), "span.name", Place.SPAN));
        SpanPart span = new SpanPart(
                fields.get("root").oneOf(LifecycleDefinition.Shape.class).orElse(LifecycleDefinition.Shape.ANCHOR),
                name == null ? SpanPart.NONE.name : name,
                fields.get("kind").oneOf(Span.Kind.class).orElse(Span.Kind.INTERNAL),
                run(expressions.text(fields.get("trace_id"), "span.trace_id", Place.SPAN)),
                run(expressions.text(fields.get("span_id"), "span.span_id", Place.SPAN)),
                fields.get("in_parent_trace").flag().orElse(false));
        return span;
    }

    private record Phases(@Nullable String attribute, Set<String> terminal) {}

    private Phases phases(Fields fields) {
        Field field = fields.get("phases");
        Field terminal = fields.get("terminal");
        Optional<String> name = field.text();
        Conventions.Attribute attribute =
                name.map(text -> reading.attribute(text, field.location())).orElse(null);
        Set<String> values = new LinkedHashSet<>();
        if (terminal.isPresent()) {
            if (!field.isPresent()) {
                terminal.problem(
                        ErrorCode.KEYS_DISAGREE,
                        "'terminal' needs 'phases' (expected the attribute whose values end the instance)");
            }
            for (Field item : terminal.items()) {
                item.text().ifPresent(values::add);
                if (attribute != null) {
                    reading.checkConstant(attribute, item);
                }
            }
        }
        return new Phases(name.orElse(null), values);
    }

    private static List<LogRule> logs(LifecycleExpressions expressions, Field field) {
        List<LogRule> rules = new ArrayList<>();
        if (field.isPresent()) {
            for (Field item : field.items()) {
                item.fields(LOG)
                        .flatMap(fields -> log(expressions, fields, "logs[" + rules.size() + "]"))
                        .ifPresent(rules::add);
            }
        }
        return rules;
    }

    private static Optional<LogRule> log(LifecycleExpressions expressions, Fields fields, String what) {
        Expression when = run(expressions.condition(fields.get("when"), what + ".when", Place.SPAN));
        Optional<String> event = fields.get("event").text();
        Severity severity = fields.get("severity").oneOf(Severity.class).orElse(Severity.INFO);
        SortedMap<String, Expression> attributes = new TreeMap<>();
        expressions
                .attributes(fields.get("attributes"), what + ".attributes", Place.SPAN)
                .forEach((name, part) -> attributes.put(name, part.compiled().expression()));
        return event.map(name -> new LogRule(when, name, severity, attributes));
    }

    private static @Nullable Expression run(@Nullable Part part) {
        return part == null ? null : part.compiled().expression();
    }
}
