package io.contextcore.gateway.mapping;

import io.contextcore.gateway.expression.ValueType;
import io.contextcore.gateway.expression.Variables;
import io.contextcore.gateway.mapping.Mapping.Address;
import io.contextcore.gateway.mapping.Mapping.LinkRule;
import io.contextcore.gateway.mapping.Mapping.LogRule;
import io.contextcore.gateway.mapping.Mapping.Loop;
import io.contextcore.gateway.mapping.Mapping.Member;
import io.contextcore.gateway.mapping.Mapping.SignalRule;
import io.contextcore.gateway.mapping.Mapping.SpanLinkRule;
import io.contextcore.gateway.mapping.Mapping.SpanRule;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a mapping makes: signals, stateless spans and plain logs. */
final class RuleReader {

    private static final String LIFECYCLE = "lifecycle";
    private static final String KEY = "key";
    private static final String ALIAS = "alias";
    private static final List<String> STATUSES = List.of("ok", "error", "unset");

    private final Reading reading;
    private final Variables variables;
    private int slots;

    /** @param slots number of slots that are taken already */
    RuleReader(Reading reading, Variables variables, int slots) {
        this.reading = reading;
        this.variables = variables;
        this.slots = slots;
    }

    int slots() {
        return slots;
    }

    List<SignalRule> signals(Field field) {
        List<SignalRule> rules = new ArrayList<>();
        if (field.isPresent()) {
            for (Field item : field.items()) {
                item.fields("a signal")
                        .map(fields -> signal(fields, "lifecycles[" + rules.size() + "]"))
                        .ifPresent(rules::add);
            }
        }
        return rules;
    }

    private SignalRule signal(Fields fields, String what) {
        fields.notSupportedYet("for_each", "as", "children", "hold", "learn");
        Field lifecycle = fields.required(LIFECYCLE);
        Part own = lifecycle(lifecycle, what, variables);
        Address target = address(fields, own, what, variables);
        SignalRule rule = new SignalRule(
                what,
                condition(fields, what, variables),
                target,
                aliases(fields.optional("aliases"), what),
                parent(fields.optional("parent"), own, what),
                time(fields.optional("at"), what + ".at", variables),
                time(fields.optional("start"), what + ".start", variables),
                time(fields.optional("since"), what + ".since", variables),
                time(fields.optional("end"), what + ".end", variables),
                text(fields.optional("outcome"), what + ".outcome", variables),
                reading.attributes(fields.optional("attributes"), what + ".attributes", variables),
                cleared(fields.optional("cleared")),
                sets(fields.optional("sets"), what),
                links(fields.optional("links"), what));
        fields.done();
        return rule;
    }

    List<SpanRule> spans(Field field) {
        List<SpanRule> rules = new ArrayList<>();
        if (field.isPresent()) {
            for (Field item : field.items()) {
                item.fields("a span")
                        .map(fields -> span(fields, "spans[" + rules.size() + "]"))
                        .ifPresent(rules::add);
            }
        }
        return rules;
    }

    private SpanRule span(Fields fields, String what) {
        Looped looped = loop(fields, what);
        Variables seen = looped.variables;
        SpanRule rule = new SpanRule(
                condition(fields, what, seen),
                looped.loop,
                required(fields, "trace_id", what, seen),
                required(fields, "span_id", what, seen),
                text(fields.optional("parent_span_id"), what + ".parent_span_id", seen),
                required(fields, "name", what, seen),
                fields.optional("kind").oneOf(Span.Kind.class).orElse(Span.Kind.INTERNAL),
                requiredTime(fields, "start", what, seen),
                requiredTime(fields, "end", what, seen),
                choice(fields.optional("status"), what + ".status", seen, STATUSES),
                text(fields.optional("message"), what + ".message", seen),
                reading.attributes(fields.optional("attributes"), what + ".attributes", seen),
                spanLinks(fields.optional("links"), what, seen));
        fields.done();
        return rule;
    }

    private List<SpanLinkRule> spanLinks(Field field, String what, Variables seen) {
        List<SpanLinkRule> rules = new ArrayList<>();
        if (field.isPresent()) {
            for (Field item : field.items()) {
                String name = what + ".links[" + rules.size() + "]";
                item.fields("a span's link").ifPresent(fields -> {
                    rules.add(new SpanLinkRule(
                            required(fields, "trace_id", name, seen),
                            required(fields, "span_id", name, seen),
                            reading.attributes(fields.optional("attributes"), name + ".attributes", seen)));
                    fields.done();
                });
            }
        }
        return rules;
    }

    List<LogRule> logs(Field field) {
        List<LogRule> rules = new ArrayList<>();
        if (field.isPresent()) {
            for (Field item : field.items()) {
                item.fields("a log")
                        .map(fields -> log(fields, "logs[" + rules.size() + "]"))
                        .ifPresent(rules::add);
            }
        }
        return rules;
    }

    private LogRule log(Fields fields, String what) {
        Looped looped = loop(fields, what);
        Variables seen = looped.variables;
        Field of = fields.optional("of");
        LogRule rule = new LogRule(
                condition(fields, what, seen),
                looped.loop,
                required(fields, "event", what, seen),
                time(fields.optional("at"), what + ".at", seen),
                choice(fields.optional("severity"), what + ".severity", seen, LogRule.SEVERITIES.keySet()),
                of.fields("what a log belongs to")
                        .map(owner -> owner(owner, what, seen))
                        .orElse(null),
                text(fields.optional("trace_id"), what + ".trace_id", seen),
                text(fields.optional("span_id"), what + ".span_id", seen),
                reading.attributes(fields.optional("attributes"), what + ".attributes", seen));
        if (of.isPresent() && (rule.traceId() != null || rule.spanId() != null)) {
            of.problem("'of' stands beside trace_id or span_id (expected one or the other)");
        }
        fields.done();
        return rule;
    }

    /** A log's owner is known by key: whose ids an alias stands for is not known here. */
    private Address owner(Fields fields, String what, Variables seen) {
        Part lifecycle = lifecycle(fields.required(LIFECYCLE), what + ".of", seen);
        Part key = required(fields, KEY, what + ".of", seen);
        fields.done();
        return new Address(lifecycle, key, null);
    }

    private record Looped(@Nullable Loop loop, Variables variables) {}

    private Looped loop(Fields fields, String what) {
        return loop(fields, what, variables);
    }

    private Looped loop(Fields fields, String what, Variables outer) {
        Field list = fields.optional("for_each");
        Field name = fields.optional("as");
        if (!list.isPresent()) {
            if (name.isPresent()) {
                name.problem("'as' stands without 'for_each' (expected both or none)");
            }
            return new Looped(null, outer);
        }
        Part part = reading.expression(list, what + ".for_each", outer);
        reading.expect(part, "a list", ValueType.LIST);
        String as = name.isPresent() ? name.text().orElse(null) : "item";
        if (part == null || as == null) {
            return new Looped(null, as == null ? outer : outer.with(as, slots++));
        }
        Optional<String> objection = outer.objection(as);
        if (objection.isPresent()) {
            name.problem(objection.get());
            return new Looped(null, outer);
        }
        int slot = slots++;
        return new Looped(new Loop(part, slot), outer.with(as, slot));
    }

    /** Key and alias of the thing that the fields are about; one of them at least. */
    private Address address(Fields fields, Part lifecycle, String what, Variables seen) {
        Field key = fields.optional(KEY);
        Field alias = fields.optional(ALIAS);
        if (!key.isPresent() && !alias.isPresent()) {
            reading.problems().add(fields.location(), what + " names no instance (expected key or alias)");
        }
        return new Address(lifecycle, text(key, what + ".key", seen), text(alias, what + ".alias", seen));
    }

    private Part lifecycle(Field field, String what, Variables seen) {
        if (field.node().orElse(null) instanceof YamlScalar scalar && Reading.isConstant(scalar)) {
            reading.lifecycle(scalar.text(), scalar.location());
            return Parts.constant(what + ".lifecycle", scalar.text(), scalar.location());
        }
        Part part = field.isPresent() ? reading.text(field, what + ".lifecycle", seen) : null;
        return part == null ? Parts.nothing(what + ".lifecycle", field.location()) : part;
    }

    /** A scalar is a key of the same lifecycle; a map names lifecycle and key or alias. */
    private @Nullable Address parent(Field field, Part own, String what) {
        if (!field.isPresent()) {
            return null;
        }
        String name = what + ".parent";
        if (field.node().orElse(null) instanceof YamlScalar) {
            return new Address(own, text(field, name, variables), null);
        }
        return field.fields("a parent")
                .map(fields -> {
                    Part lifecycle = lifecycle(fields.required(LIFECYCLE), name, variables);
                    Address address = address(fields, lifecycle, name, variables);
                    fields.done();
                    return address;
                })
                .orElse(null);
    }

    private List<Part> aliases(Field field, String what) {
        List<Part> aliases = new ArrayList<>();
        if (field.isPresent()) {
            for (Field item : field.items()) {
                Part part = text(item, what + ".aliases[" + aliases.size() + "]", variables);
                if (part != null) {
                    aliases.add(part);
                }
            }
        }
        return aliases;
    }

    private Set<String> cleared(Field field) {
        Set<String> names = new LinkedHashSet<>();
        if (field.isPresent()) {
            for (Field item : field.items()) {
                item.text().ifPresent(name -> {
                    reading.attribute(name, item.location());
                    names.add(name);
                });
            }
        }
        return names;
    }

    private Map<String, List<Member>> sets(Field field, String what) {
        Map<String, List<Member>> sets = new LinkedHashMap<>();
        if (!field.isPresent()) {
            return sets;
        }
        for (Field.Entry entry : field.entries()) {
            Conventions.Attribute attribute = reading.attribute(entry.key(), entry.keyLocation());
            if (attribute != null && attribute.type() != Conventions.Type.STRINGS) {
                reading.problems()
                        .add(
                                entry.keyLocation(),
                                "'" + entry.key() + "' is no set (expected an attribute of type strings)");
            }
            sets.put(entry.key(), members(entry.value(), what + ".sets." + entry.key()));
        }
        return sets;
    }

    private List<Member> members(Field field, String what) {
        List<Member> members = new ArrayList<>();
        for (Field.Entry entry : field.entries()) {
            String name = what + "." + entry.key();
            Part present = reading.template(entry.value(), name, variables);
            reading.expect(present, "true or false, as ${…}", ValueType.BOOL);
            Part member = reading.compiler()
                    .template(YamlScalar.plain(entry.key(), entry.keyLocation()), variables, reading.problems())
                    .map(compiled -> new Part(name, compiled))
                    .orElse(null);
            if (present != null && member != null) {
                members.add(new Member(member, present));
            }
        }
        return members;
    }

    private List<LinkRule> links(Field field, String what) {
        List<LinkRule> rules = new ArrayList<>();
        if (field.isPresent()) {
            for (Field item : field.items()) {
                item.fields("a link")
                        .map(fields -> link(fields, what + ".links[" + rules.size() + "]"))
                        .ifPresent(rules::add);
            }
        }
        return rules;
    }

    private LinkRule link(Fields fields, String what) {
        Looped looped = loop(fields, what);
        Variables seen = looped.variables;
        Part lifecycle = lifecycle(fields.required(LIFECYCLE), what, seen);
        LinkRule rule = new LinkRule(
                looped.loop,
                condition(fields, what, seen),
                address(fields, lifecycle, what, seen),
                reading.attributes(fields.optional("attributes"), what + ".attributes", seen));
        fields.done();
        return rule;
    }

    private @Nullable Part condition(Fields fields, String what, Variables seen) {
        Field field = fields.optional("when");
        return field.isPresent() ? reading.condition(field, what + ".when", seen) : null;
    }

    private Part required(Fields fields, String key, String what, Variables seen) {
        Part part = text(fields.required(key), what + "." + key, seen);
        return part == null ? Parts.nothing(what + "." + key, fields.location()) : part;
    }

    private Part requiredTime(Fields fields, String key, String what, Variables seen) {
        Part part = time(fields.required(key), what + "." + key, seen);
        return part == null ? Parts.nothing(what + "." + key, fields.location()) : part;
    }

    private @Nullable Part text(Field field, String what, Variables seen) {
        return field.isPresent() ? reading.text(field, what, seen) : null;
    }

    private @Nullable Part time(Field field, String what, Variables seen) {
        return field.isPresent() ? reading.time(field, what, seen) : null;
    }

    private @Nullable Part choice(Field field, String what, Variables seen, java.util.Collection<String> allowed) {
        return field.isPresent() ? reading.template(field, what, seen, allowed) : null;
    }
}
