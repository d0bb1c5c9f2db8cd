package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.expression.ValueType;
import io.contextcore.gateway.expression.Variables;
import io.contextcore.gateway.mapping.Mapping.Address;
import io.contextcore.gateway.mapping.Mapping.Loop;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.Form.Key;
import io.contextcore.gateway.yaml.Shape;
import io.contextcore.gateway.yaml.YamlScalar;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what the rules of a mapping file have in common, and counts the slots that their loops take. */
final class RuleParts {

    static final String LIFECYCLE = "lifecycle";
    static final String KEY = "key";
    static final String ALIAS = "alias";

    /** The keys of what may be there for each item of a list. */
    static final List<Key> LOOP = List.of(
            Key.optional("for_each", Shape.EXPRESSION, "a list: once for each of its items"),
            Key.optional("as", Shape.TEXT, "name of the item in what follows; default `item`"));

    /** The key of what may be there or not. */
    static final Key WHEN = Key.optional("when", Shape.EXPRESSION, "whether it is there; default true");

    /** The keys that say which instance is meant. */
    static final List<Key> ADDRESS = List.of(
            Key.required(LIFECYCLE, Shape.TEMPLATE, "name of the lifecycle"),
            Key.optional(KEY, Shape.TEMPLATE, "key of the instance"),
            Key.optional(ALIAS, Shape.TEMPLATE, "another name of the instance, for where its key is not known"));

    /** The key of attributes, which have names that the conventions declare. */
    static final Key ATTRIBUTES = Key.optional("attributes", Shape.map(Shape.TEMPLATE), "attributes by name");

    private final Reading reading;
    private int slots;

    /** @param slots number of slots that are taken already */
    RuleParts(Reading reading, int slots) {
        this.reading = reading;
        this.slots = slots;
    }

    int slots() {
        return slots;
    }

    /** A loop, and the variables that its body may read. */
    record Looped(@Nullable Loop loop, Variables variables) {}

    Looped loop(Fields fields, String what, Variables outer) {
        Field list = fields.get("for_each");
        Field name = fields.get("as");
        if (!list.isPresent()) {
            if (name.isPresent()) {
                name.problem(ErrorCode.KEYS_DISAGREE, "'as' stands without 'for_each' (expected both or none)");
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
            (name.isPresent() ? name : list)
                    .problem(
                            ErrorCode.BAD_VARIABLE_NAME,
                            name.isPresent()
                                    ? objection.get()
                                    : "without `as` each item is called 'item', and there is a variable 'item' already"
                                            + " (expected `as:` with another name beside `for_each:`)");
            return new Looped(null, outer);
        }
        int slot = slots++;
        return new Looped(
                new Loop(part, slot),
                outer.with(as, slot, part.compiled().exactType().item()));
    }

    /** Key and alias of the thing that the fields are about; their form sees to it that one of them is there. */
    Address address(Fields fields, Part lifecycle, String what, Variables seen) {
        Field key = fields.get(KEY);
        Field alias = fields.get(ALIAS);
        return new Address(lifecycle, text(key, what + ".key", seen), text(alias, what + ".alias", seen));
    }

    Part lifecycle(Field field, String what, Variables seen) {
        if (field.node().orElse(null) instanceof YamlScalar scalar && Reading.isConstant(scalar)) {
            reading.lifecycle(scalar.text(), scalar.location());
            return Parts.constant(what + ".lifecycle", scalar.text(), scalar.location());
        }
        Part part = field.isPresent() ? reading.text(field, what + ".lifecycle", seen) : null;
        return part == null ? Parts.nothing(what + ".lifecycle", field.location()) : part;
    }

    @Nullable Part condition(Fields fields, String what, Variables seen) {
        Field field = fields.get("when");
        return field.isPresent() ? reading.condition(field, what + ".when", seen) : null;
    }

    Part required(Fields fields, String key, String what, Variables seen) {
        Part part = text(fields.get(key), what + "." + key, seen);
        return part == null ? Parts.nothing(what + "." + key, fields.location()) : part;
    }

    Part requiredTime(Fields fields, String key, String what, Variables seen) {
        Part part = time(fields.get(key), what + "." + key, seen);
        return part == null ? Parts.nothing(what + "." + key, fields.location()) : part;
    }

    @Nullable Part text(Field field, String what, Variables seen) {
        return field.isPresent() ? reading.text(field, what, seen) : null;
    }

    @Nullable Part time(Field field, String what, Variables seen) {
        return field.isPresent() ? reading.time(field, what, seen) : null;
    }

    @Nullable Part choice(Field field, String what, Variables seen, Collection<String> allowed) {
        return field.isPresent() ? reading.template(field, what, seen, allowed) : null;
    }
}
