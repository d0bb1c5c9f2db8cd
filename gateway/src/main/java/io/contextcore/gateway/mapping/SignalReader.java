package io.contextcore.gateway.mapping;

import static io.contextcore.gateway.yaml.Form.Key.optional;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.expression.ValueType;
import io.contextcore.gateway.expression.Variables;
import io.contextcore.gateway.mapping.Mapping.Address;
import io.contextcore.gateway.mapping.Mapping.LinkRule;
import io.contextcore.gateway.mapping.Mapping.Member;
import io.contextcore.gateway.mapping.Mapping.SignalRule;
import io.contextcore.gateway.mapping.RuleParts.Looped;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Shape;
import io.contextcore.gateway.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the signals of a mapping file. */
final class SignalReader {

    private static final Form PARENT =
            Form.of("a parent").with(RuleParts.ADDRESS).oneAtLeastOf(RuleParts.KEY, RuleParts.ALIAS);

    private static final Form LINK = Form.of("a link", RuleParts.WHEN)
            .with(RuleParts.LOOP)
            .with(RuleParts.ADDRESS)
            .with(RuleParts.ATTRIBUTES)
            .oneAtLeastOf(RuleParts.KEY, RuleParts.ALIAS);

    static final Form SIGNAL = Form.of("a signal", RuleParts.WHEN)
            .with(RuleParts.ADDRESS)
            .with(
                    optional("aliases", Shape.list(Shape.TEMPLATE), "further names of the instance"),
                    optional(
                            "parent",
                            Shape.either(Shape.TEMPLATE, Shape.of(PARENT)),
                            "its parent: a key of the same lifecycle, or lifecycle and key or alias"),
                    optional("at", Shape.TEMPLATE, "when it happened; default the receipt"),
                    optional("start", Shape.TEMPLATE, "when the instance began; a signal that says so opens it"),
                    optional("since", Shape.TEMPLATE, "since when it is in its phase"),
                    optional("end", Shape.TEMPLATE, "when it ended; null: it did not"),
                    optional("outcome", Shape.TEMPLATE, "how it ended"),
                    RuleParts.ATTRIBUTES,
                    optional("cleared", Shape.list(Shape.TEXT), "attributes that are told to have no value"),
                    optional(
                            "sets",
                            Shape.map(Shape.map(Shape.TEMPLATE)),
                            "attributes that are sets: member to whether it is in"),
                    optional("links", Shape.list(Shape.of(LINK)), "what else it has to do with"))
            .oneAtLeastOf(RuleParts.KEY, RuleParts.ALIAS)
            .notYet("for_each", "as", "children", "hold", "learn");

    private final Reading reading;
    private final RuleParts parts;
    private final Variables variables;

    SignalReader(Reading reading, RuleParts parts, Variables variables) {
        this.reading = reading;
        this.parts = parts;
        this.variables = variables;
    }

    List<SignalRule> signals(Field field) {
        List<SignalRule> rules = new ArrayList<>();
        if (field.isPresent()) {
            for (Field item : field.items()) {
                item.fields(SIGNAL)
                        .map(fields -> signal(fields, "lifecycles[" + rules.size() + "]"))
                        .ifPresent(rules::add);
            }
        }
        return rules;
    }

    private SignalRule signal(Fields fields, String what) {
        Field lifecycle = fields.get(RuleParts.LIFECYCLE);
        Part own = parts.lifecycle(lifecycle, what, variables);
        Address target = parts.address(fields, own, what, variables);
        SignalRule rule = new SignalRule(
                what,
                parts.condition(fields, what, variables),
                target,
                aliases(fields.get("aliases"), what),
                parent(fields.get("parent"), own, what),
                parts.time(fields.get("at"), what + ".at", variables),
                parts.time(fields.get("start"), what + ".start", variables),
                parts.time(fields.get("since"), what + ".since", variables),
                parts.time(fields.get("end"), what + ".end", variables),
                parts.text(fields.get("outcome"), what + ".outcome", variables),
                reading.attributes(fields.get("attributes"), what + ".attributes", variables),
                cleared(fields.get("cleared")),
                sets(fields.get("sets"), what),
                links(fields.get("links"), what));
        return rule;
    }

    /** A scalar is a key of the same lifecycle; a map names lifecycle and key or alias. */
    private @Nullable Address parent(Field field, Part own, String what) {
        if (!field.isPresent()) {
            return null;
        }
        String name = what + ".parent";
        if (field.node().orElse(null) instanceof YamlScalar) {
            return new Address(own, parts.text(field, name, variables), null);
        }
        return field.fields(PARENT)
                .map(fields -> {
                    Part lifecycle = parts.lifecycle(fields.get(RuleParts.LIFECYCLE), name, variables);
                    Address address = parts.address(fields, lifecycle, name, variables);
                    return address;
                })
                .orElse(null);
    }

    private List<Part> aliases(Field field, String what) {
        List<Part> aliases = new ArrayList<>();
        if (field.isPresent()) {
            for (Field item : field.items()) {
                Part part = parts.text(item, what + ".aliases[" + aliases.size() + "]", variables);
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
                                ErrorCode.ATTRIBUTE_TYPE,
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
                item.fields(LINK)
                        .map(fields -> link(fields, what + ".links[" + rules.size() + "]"))
                        .ifPresent(rules::add);
            }
        }
        return rules;
    }

    private LinkRule link(Fields fields, String what) {
        Looped looped = parts.loop(fields, what, variables);
        Variables seen = looped.variables();
        Part lifecycle = parts.lifecycle(fields.get(RuleParts.LIFECYCLE), what, seen);
        LinkRule rule = new LinkRule(
                looped.loop(),
                parts.condition(fields, what, seen),
                parts.address(fields, lifecycle, what, seen),
                reading.attributes(fields.get("attributes"), what + ".attributes", seen));
        return rule;
    }
}
