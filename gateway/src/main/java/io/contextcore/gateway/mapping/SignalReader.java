package io.contextcore.gateway.mapping;

import static io.contextcore.gateway.yaml.Form.Key.optional;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.expression.ValueType;
import io.contextcore.gateway.expression.Variables;
import io.contextcore.gateway.mapping.Mapping.Address;
import io.contextcore.gateway.mapping.Mapping.Children;
import io.contextcore.gateway.mapping.Mapping.LinkRule;
import io.contextcore.gateway.mapping.Mapping.Loop;
import io.contextcore.gateway.mapping.Mapping.Member;
import io.contextcore.gateway.mapping.Mapping.SignalRule;
import io.contextcore.gateway.mapping.RuleParts.Looped;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleDefinition.Listed;
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
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the signals of a mapping file. */
final class SignalReader {

    private static final Form PARENT =
            Form.of("a parent").with(RuleParts.ADDRESS).oneAtLeastOf(RuleParts.KEY, RuleParts.ALIAS);

    private static final Form LINK = Form.of("a link", RuleParts.WHEN)
            .with(RuleParts.LOOP)
            .with(RuleParts.ADDRESS)
            .with(
                    RuleParts.ATTRIBUTES,
                    optional("both", Shape.FLAG, "whether the other instance gets a link back; default false"))
            .oneAtLeastOf(RuleParts.KEY, RuleParts.ALIAS);

    private static final String CHILDREN = "children";

    private static final Form CHILDREN_OF = Form.of("the parent of children")
            .with(RuleParts.ADDRESS)
            .with(optional(
                    "where", Shape.map(Shape.TEMPLATE), "labels that the children have; without it all are told"))
            .oneAtLeastOf(RuleParts.KEY, RuleParts.ALIAS);

    static final Form SIGNAL = Form.of("a signal", RuleParts.WHEN)
            .with(RuleParts.LOOP)
            .with(RuleParts.ADDRESS)
            .with(optional(
                    CHILDREN,
                    Shape.of(CHILDREN_OF),
                    "instead of key or alias: all open children of an instance that it lists"))
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
            .oneAtLeastOf(RuleParts.KEY, RuleParts.ALIAS, CHILDREN);

    private final Reading reading;
    private final RuleParts parts;
    private final Variables variables;
    private final Map<String, LifecycleDefinition> lifecycles;

    /** @param lifecycles those that could be read */
    SignalReader(Reading reading, RuleParts parts, Variables variables, Map<String, LifecycleDefinition> lifecycles) {
        this.reading = reading;
        this.parts = parts;
        this.variables = variables;
        this.lifecycles = lifecycles;
    }

    List<SignalRule> signals(Field field) {
        List<SignalRule> rules = new ArrayList<>();
        if (field.isPresent()) {
            for (Field item : field.items()) {
                item.fields(SIGNAL)
                        .map(fields -> looped(fields, "lifecycles[" + rules.size() + "]"))
                        .ifPresent(rules::add);
            }
        }
        return rules;
    }

    private SignalRule looped(Fields fields, String what) {
        Looped looped = parts.loop(fields, what, variables);
        return new SignalReader(reading, parts, looped.variables(), lifecycles).signal(fields, looped.loop(), what);
    }

    private SignalRule signal(Fields fields, @Nullable Loop loop, String what) {
        Part own = parts.lifecycle(fields.get(RuleParts.LIFECYCLE), what, variables);
        notComputed(own, fields.get("attributes"));
        return new SignalRule(
                what,
                loop,
                parts.condition(fields, what, variables),
                parts.address(fields, own, what, variables),
                children(fields, own, what),
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
    }

    private @Nullable Children children(Fields fields, Part own, String what) {
        Field field = fields.get(CHILDREN);
        if (field.isPresent() && (fields.isPresent(RuleParts.KEY) || fields.isPresent(RuleParts.ALIAS))) {
            field.problem(ErrorCode.KEYS_DISAGREE, "'children' stands beside key or alias (expected one or the other)");
        }
        return field.isPresent()
                ? field.fields(CHILDREN_OF)
                        .map(parent -> children(parent, field, own, what + ".children"))
                        .orElse(null)
                : null;
    }

    private Children children(Fields fields, Field field, Part own, String what) {
        Part lifecycle = parts.lifecycle(fields.get(RuleParts.LIFECYCLE), what, variables);
        SortedMap<String, Part> where = reading.attributes(fields.get("where"), what + ".where", variables);
        listed(field, lifecycle.compiled().source(), own.compiled().source(), where.keySet());
        return new Children(parts.address(fields, lifecycle, what, variables), where);
    }

    /** Children can be found by what their parent lists of them, where it is known which lifecycles these are. */
    private void listed(Field field, String parent, String child, Set<String> where) {
        LifecycleDefinition definition = lifecycles.get(parent);
        if (definition == null || !lifecycles.containsKey(child)) {
            return;
        }
        Listed listed = definition.below().listed().get(child);
        if (listed == null) {
            field.problem(
                    ErrorCode.NOT_LISTED,
                    "lifecycle '" + parent + "' lists no children of lifecycle '" + child
                            + "' (expected them under `children` of its file)");
            return;
        }
        for (String label : where) {
            if (!listed.labels().contains(label)) {
                field.problem(
                        ErrorCode.NOT_LISTED,
                        "'" + label + "' is no label of the children that '" + parent + "' lists (expected one of "
                                + String.join(", ", new TreeSet<>(listed.labels()))
                                + Nearest.hint(label, listed.labels()) + ")");
            }
        }
    }

    /** Told for nothing: a roll-up, or what becomes true by itself, stands over what is told. */
    private void notComputed(Part own, Field attributes) {
        LifecycleDefinition definition = lifecycles.get(own.compiled().source());
        if (definition == null || !attributes.isPresent()) {
            return;
        }
        for (Field.Entry entry : attributes.entries()) {
            if (definition.below().rollups().containsKey(entry.key())) {
                computed(entry, "a roll-up", definition, "is not summed up over children");
            } else if (definition.derive().stream()
                    .anyMatch(rule ->
                            rule.overdueNanos() != null && rule.attribute().equals(entry.key()))) {
                computed(entry, "an overdue attribute", definition, "does not become true by itself");
            }
        }
    }

    private void computed(Field.Entry entry, String what, LifecycleDefinition definition, String expected) {
        reading.problems()
                .add(
                        ErrorCode.ROLL_UP_TOLD,
                        entry.keyLocation(),
                        "'" + entry.key() + "' is " + what + " of lifecycle '" + definition.name()
                                + "' (expected an attribute that " + expected + ")");
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
                reading.clash(
                        attribute,
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
        return new LinkRule(
                looped.loop(),
                parts.condition(fields, what, seen),
                parts.address(fields, lifecycle, what, seen),
                reading.attributes(fields.get("attributes"), what + ".attributes", seen),
                fields.get("both").flag().orElse(false));
    }
}
