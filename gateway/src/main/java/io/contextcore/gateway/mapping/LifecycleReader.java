package io.contextcore.gateway.mapping;

import static io.contextcore.gateway.yaml.Form.Key.optional;
import static io.contextcore.gateway.yaml.Form.Key.required;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.expression.ValueType;
import io.contextcore.gateway.expression.Variables;
import io.contextcore.gateway.mapping.SourceFile.Head;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.Expression;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleDefinition.Derived;
import io.contextcore.gateway.model.LifecycleDefinition.LogRule;
import io.contextcore.gateway.model.LifecycleVariable;
import io.contextcore.gateway.model.LogRecord.Severity;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Shape;
import io.contextcore.gateway.yaml.YamlScalar;
import java.time.Duration;
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

    private static final Duration SLICE = Duration.ofHours(24);
    private static final String NEVER = "never";

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
                    optional("phases", Shape.TEXT, "attribute of which each value's interval is a child span"),
                    optional("slice", Shape.DURATION, "a longer phase is cut; default 24h"),
                    optional("activity", Shape.FLAG, "whether each delivery that changed something is a child span"),
                    optional("watch", Shape.list(Shape.TEXT), "attributes whose changes become span events"),
                    optional("terminal", Shape.list(Shape.TEXT), "values of `phases` that end the instance"),
                    optional("derive", Shape.map(Shape.EXPRESSION), "attributes that follow from others, in order"),
                    optional("error", Shape.EXPRESSION, "a text: the span at hand has status ERROR with it"),
                    optional("logs", Shape.list(Shape.of(LOG)), "log records of a change"),
                    optional(
                            "expire",
                            Shape.either(Shape.DURATION, Shape.words(NEVER)),
                            "an open instance that was not heard of for so long ends as `expired`"))
            .notYet("rollup", "tally", "snapshots", "forget", "hold", "children", "labels");

    private final Reading reading;
    private final Variables variables = variables();

    LifecycleReader(Reading reading) {
        this.reading = reading;
    }

    void read(SourceFile file, Declared<LifecycleDefinition> declared) {
        Fields fields = file.fields(FORM, reading.problems());
        Field name = fields.get("lifecycle");
        Optional<LifecycleDefinition> lifecycle = name.text().map(text -> lifecycle(text, fields));
        lifecycle.ifPresent(value -> declared.add(value.name(), name.location(), value));
    }

    private LifecycleDefinition lifecycle(String name, Fields fields) {
        List<Derived> derive = derive(fields.get("derive"));
        Phases phases = phases(fields);
        SpanPart span = fields.get("span").fields(SPAN).map(this::span).orElse(SpanPart.NONE);
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
                names(fields.get("watch")),
                phases.terminal,
                derive,
                bare(fields.get("error"), "error"),
                logs(fields.get("logs")),
                LifecycleDefinition.Below.nothing(),
                List.of(),
                List.of(),
                new LifecycleDefinition.Times(
                        Nanos.of(fields.get("slice").duration().orElse(SLICE)),
                        expire(fields.get("expire")),
                        0,
                        null,
                        0));
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

    private SpanPart span(Fields fields) {
        Expression name = template(fields.get("name"), "span.name");
        SpanPart span = new SpanPart(
                fields.get("root").oneOf(LifecycleDefinition.Shape.class).orElse(LifecycleDefinition.Shape.ANCHOR),
                name == null ? SpanPart.NONE.name : name,
                fields.get("kind").oneOf(Span.Kind.class).orElse(Span.Kind.INTERNAL),
                template(fields.get("trace_id"), "span.trace_id"),
                template(fields.get("span_id"), "span.span_id"),
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
        List<String> allowed = attribute == null ? List.of() : attribute.values();
        Set<String> values = new LinkedHashSet<>();
        if (terminal.isPresent()) {
            if (!field.isPresent()) {
                terminal.problem(
                        ErrorCode.KEYS_DISAGREE,
                        "'terminal' needs 'phases' (expected the attribute whose values end the instance)");
            }
            for (Field item : terminal.items()) {
                (allowed.isEmpty() ? item.text() : item.oneOf(allowed)).ifPresent(values::add);
            }
        }
        return new Phases(name.orElse(null), values);
    }

    private List<Derived> derive(Field field) {
        List<Derived> derived = new ArrayList<>();
        if (!field.isPresent()) {
            return derived;
        }
        List<Field.Entry> entries = field.entries();
        for (int i = 0; i < entries.size(); i++) {
            Field.Entry entry = entries.get(i);
            Part part = checked(reading.expression(entry.value(), "derive." + entry.key(), variables));
            Conventions.Attribute attribute = reading.attribute(entry.key(), entry.keyLocation());
            if (part != null && attribute != null) {
                reading.checkType(attribute, part);
                entries.subList(i, entries.size()).forEach(later -> readsOnlyBefore(part, later.key(), entry.key()));
                derived.add(new Derived(
                        entry.key(),
                        part.compiled().expression(),
                        part.compiled().reads()));
            }
        }
        return derived;
    }

    private void readsOnlyBefore(Part part, String later, String derived) {
        String source = part.compiled().source();
        boolean present = List.of("after", "attributes").stream()
                .anyMatch(map ->
                        source.contains(map + "['" + later + "']") || source.contains(map + "[\"" + later + "\"]"));
        if (present && part.compiled().reads().contains(later)) {
            reading.problems()
                    .add(
                            ErrorCode.READ_TOO_EARLY,
                            part.compiled().location(),
                            "'" + derived + "' reads '" + later + "', which is derived "
                                    + (later.equals(derived) ? "by it" : "after it")
                                    + " (expected attributes that are told, or derived above)");
        }
    }

    private Set<String> names(Field field) {
        Set<String> names = new LinkedHashSet<>();
        if (field.isPresent()) {
            field.items()
                    .forEach(item -> item.text().ifPresent(name -> {
                        reading.attribute(name, item.location());
                        names.add(name);
                    }));
        }
        return names;
    }

    private List<LogRule> logs(Field field) {
        List<LogRule> rules = new ArrayList<>();
        if (field.isPresent()) {
            for (Field item : field.items()) {
                item.fields(LOG)
                        .flatMap(fields -> log(fields, "logs[" + rules.size() + "]"))
                        .ifPresent(rules::add);
            }
        }
        return rules;
    }

    private Optional<LogRule> log(Fields fields, String what) {
        Field when = fields.get("when");
        Part condition = when.isPresent() ? checked(reading.condition(when, what + ".when", variables)) : null;
        Optional<String> event = fields.get("event").text();
        Severity severity = fields.get("severity").oneOf(Severity.class).orElse(Severity.INFO);
        SortedMap<String, Expression> attributes = new TreeMap<>();
        reading.attributes(fields.get("attributes"), what + ".attributes", variables)
                .forEach((name, part) ->
                        attributes.put(name, checkedPart(part).compiled().expression()));
        return event.map(name ->
                new LogRule(condition == null ? null : condition.compiled().expression(), name, severity, attributes));
    }

    private @Nullable Long expire(Field field) {
        if (field.node().orElse(null) instanceof YamlScalar scalar
                && scalar.text().equals(NEVER)) {
            return null;
        }
        return field.duration().map(Nanos::of).orElse(null);
    }

    private @Nullable Expression bare(Field field, String what) {
        Part part = field.isPresent() ? checked(reading.expression(field, what, variables)) : null;
        return part == null ? null : part.compiled().expression();
    }

    private @Nullable Expression template(Field field, String what) {
        Part part = field.isPresent() ? checked(reading.text(field, what, variables)) : null;
        return part == null ? null : part.compiled().expression();
    }

    private @Nullable Part checked(@Nullable Part part) {
        return part == null ? null : checkedPart(part);
    }

    /** The attributes that an expression reads by name must exist. */
    private Part checkedPart(Part part) {
        Set<String> declared = reading.conventions().byName().keySet();
        for (String name : part.compiled().reads()) {
            if (!declared.contains(name)) {
                reading.problems()
                        .add(
                                ErrorCode.UNKNOWN_ATTRIBUTE,
                                part.compiled().location(),
                                part.what() + " reads the attribute '" + name
                                        + "', which is not declared (expected a name of the conventions"
                                        + Nearest.hint(name, declared) + ")");
            }
        }
        return part;
    }

    private static Variables variables() {
        Variables variables = Variables.none();
        for (LifecycleVariable each : LifecycleVariable.values()) {
            ValueType type = switch (each) {
                case BEFORE, AFTER, ATTRIBUTES, CHILD -> ValueType.MAP;
                case KEY, PARENT, CHANGE, PHASE, OUTCOME -> ValueType.STRING;
            };
            variables = variables.with(each.variable(), each.ordinal(), type);
        }
        return variables;
    }
}
