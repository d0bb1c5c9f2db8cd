package io.contextcore.gateway.mapping;

import static io.contextcore.gateway.yaml.Form.Key.optional;
import static io.contextcore.gateway.yaml.Form.Key.required;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.expression.Variables;
import io.contextcore.gateway.mapping.Mapping.Ignore;
import io.contextcore.gateway.mapping.Mapping.Var;
import io.contextcore.gateway.mapping.SourceFile.Head;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.Schema;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Shape;
import io.contextcore.gateway.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a mapping file. */
final class MappingReader {

    private static final String ALL_EVENTS = "*";
    private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private static final Form IGNORE = Form.of(
            "an ignore rule",
            required("when", Shape.EXPRESSION, "whether the delivery is not wanted"),
            required("reason", Shape.TEXT, "why, as lower-case words with - between them"));

    static final Form FORM = SourceFile.form(
                    Head.MAPPING,
                    required("mapping", Shape.TEXT, "name of the mapping"),
                    required(
                            "kind",
                            Shape.either(Shape.TEXT, Shape.list(Shape.TEXT)),
                            "kind, or kinds, of the sources whose events these are"),
                    optional("schema", Shape.TEXT, "name of the schema that its payloads have"),
                    required(
                            "events",
                            Shape.either(Shape.list(Shape.TEXT), Shape.words(ALL_EVENTS)),
                            "names of the events; \"*\" for all"),
                    optional("when", Shape.EXPRESSION, "whether this mapping has anything to say; default true"),
                    optional(
                            "ignore",
                            Shape.list(Shape.of(IGNORE)),
                            "what is not wanted, and why; the first that holds"),
                    optional("vars", Shape.map(Shape.EXPRESSION), "variables, in order; each may read those above it"),
                    optional(
                            "lifecycles",
                            Shape.list(Shape.of(SignalReader.SIGNAL)),
                            "what it says of instances; each entry moves at most one"),
                    optional(
                            "spans", Shape.list(Shape.of(TelemetryReader.SPAN)), "spans that are whole in the payload"),
                    optional("logs", Shape.list(Shape.of(TelemetryReader.LOG)), "log records"),
                    LearnReader.FORM_KEY,
                    ReplyReader.FORM_KEY)
            .notYet("extends");

    private final Reading reading;
    private final Set<String> kinds;
    private final Map<String, LifecycleDefinition> lifecycles;
    private final Map<String, Schema> schemas;
    private final Set<String> schemaNames;

    /**
     * @param lifecycles those that could be read
     * @param schemaNames of all schemas, the wrong ones too: so that one problem does not make many
     */
    MappingReader(
            Reading reading,
            Set<String> kinds,
            Map<String, LifecycleDefinition> lifecycles,
            Map<String, Schema> schemas,
            Set<String> schemaNames) {
        this.lifecycles = lifecycles;
        this.reading = reading;
        this.kinds = kinds;
        this.schemas = schemas;
        this.schemaNames = schemaNames;
    }

    void read(SourceFile file, Declared<Mapping> declared) {
        Fields fields = file.fields(FORM, reading.problems());
        Field name = fields.get("mapping");
        Optional<Mapping> mapping = name.text().map(text -> mapping(text, fields));
        mapping.ifPresent(value -> declared.add(value.name(), name.location(), file.layer(), value));
    }

    private Mapping mapping(String name, Fields fields) {
        Schema schema = schema(fields.get("schema"));
        Variables given = Variable.all(schema);
        Set<String> kinds = kinds(fields.get("kind"));
        Set<String> events = events(fields.get("events"));
        List<Ignore> ignores = ignores(fields.get("ignore"), given);
        Field when = fields.get("when");
        Part condition = when.isPresent() ? reading.condition(when, "when", given) : null;
        List<Var> vars = new ArrayList<>();
        Variables known = vars(fields.get("vars"), given, vars);
        RuleParts parts = new RuleParts(reading, given.byName().size() + vars.size());
        SignalReader signals = new SignalReader(reading, parts, known, lifecycles);
        TelemetryReader telemetry = new TelemetryReader(reading, parts, known);
        Mapping mapping = new Mapping(
                name,
                fields.location(),
                kinds,
                events,
                schema,
                ignores,
                condition,
                vars,
                signals.signals(fields.get("lifecycles")),
                new LearnReader(reading, parts, known).learns(fields.get("learn")),
                telemetry.spans(fields.get("spans")),
                telemetry.logs(fields.get("logs")),
                new ReplyReader(reading, parts, known).reply(fields.get(ReplyReader.FORM_KEY.name())),
                parts.slots());
        if (mapping.signals().isEmpty()
                && mapping.learns().isEmpty()
                && mapping.spans().isEmpty()
                && mapping.logs().isEmpty()
                && mapping.reply() == null
                && ignores.isEmpty()
                && reading.problems().isEmpty()) {
            reading.problems()
                    .add(
                            ErrorCode.NOTHING_SAID,
                            fields.location(),
                            "the mapping says nothing (expected lifecycles, spans, logs, learn, reply or ignore)");
        }
        return mapping;
    }

    private Set<String> kinds(Field field) {
        boolean one = !field.isPresent() || field.node().orElse(null) instanceof YamlScalar;
        Set<String> named = new LinkedHashSet<>();
        for (Field each : one ? List.of(field) : field.items()) {
            each.text().ifPresent(kind -> {
                named.add(kind);
                if (!kinds.contains(kind)) {
                    each.problem(
                            ErrorCode.UNKNOWN_KIND,
                            "there is no kind '" + kind + "' (expected one of " + String.join(", ", kinds)
                                    + Nearest.hint(kind, kinds) + ")");
                }
            });
        }
        if (!one && named.isEmpty()) {
            field.problem(ErrorCode.WRONG_TYPE, "'kind' names none (expected a kind, or a list of kinds)");
        }
        return named;
    }

    private @Nullable Schema schema(Field field) {
        String name = field.text().orElse(null);
        if (name != null && !schemaNames.contains(name)) {
            field.problem(
                    ErrorCode.UNKNOWN_SCHEMA,
                    "there is no schema '" + name + "' (expected "
                            + (schemaNames.isEmpty()
                                    ? "a file that declares it"
                                    : "one of " + String.join(", ", schemaNames))
                            + Nearest.hint(name, schemaNames) + ")");
        }
        return name == null ? null : schemas.get(name);
    }

    private static Set<String> events(Field field) {
        if (field.node().orElse(null) instanceof YamlScalar scalar) {
            if (!scalar.text().equals(ALL_EVENTS)) {
                field.problem(
                        ErrorCode.WRONG_TYPE,
                        "events: '" + scalar.text() + "' does not fit (expected a list, or \"*\" for all)");
            }
            return Set.of();
        }
        Set<String> events = new LinkedHashSet<>(field.texts());
        if (field.isPresent() && events.isEmpty()) {
            field.problem(ErrorCode.WRONG_TYPE, "'events' names none (expected a list, or \"*\" for all)");
        }
        return events;
    }

    private List<Ignore> ignores(Field field, Variables variables) {
        List<Ignore> ignores = new ArrayList<>();
        if (!field.isPresent()) {
            return ignores;
        }
        for (Field item : field.items()) {
            item.fields(IGNORE).ifPresent(fields -> {
                Part when = reading.condition(fields.get("when"), "ignore[" + ignores.size() + "].when", variables);
                Field reason = fields.get("reason");
                String slug = reason.text().orElse(null);
                if (slug != null && !SLUG.matcher(slug).matches()) {
                    reason.problem(
                            ErrorCode.BAD_REASON,
                            "reason: '" + slug + "' does not fit (expected lower-case words with - between them)");
                }
                if (when != null && slug != null) {
                    ignores.add(new Ignore(when, slug));
                }
            });
        }
        return ignores;
    }

    /** Each variable may read those above it. */
    private Variables vars(Field field, Variables given, List<Var> vars) {
        Variables known = given;
        if (!field.isPresent()) {
            return known;
        }
        for (Field.Entry entry : field.entries()) {
            Optional<String> objection = known.objection(entry.key());
            if (objection.isPresent()) {
                reading.problems().add(ErrorCode.BAD_VARIABLE_NAME, entry.keyLocation(), objection.get());
                continue;
            }
            int slot = known.byName().size();
            Part value = reading.expression(entry.value(), "vars." + entry.key(), known);
            known = value == null
                    ? known.with(entry.key(), slot)
                    : known.with(entry.key(), slot, value.compiled().exactType());
            vars.add(new Var(slot, placeholder(value, entry)));
        }
        return known;
    }

    /** A variable whose expression is wrong keeps its slot, so that what reads it makes no further problem. */
    private static Part placeholder(@Nullable Part value, Field.Entry entry) {
        return value == null ? Parts.nothing("vars." + entry.key(), entry.keyLocation()) : value;
    }
}
