package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.expression.ValueType;
import io.contextcore.gateway.expression.Variables;
import io.contextcore.gateway.mapping.Mapping.Address;
import io.contextcore.gateway.mapping.Mapping.Loop;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.YamlScalar;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what the rules of a mapping file have in common, and counts the slots that their loops take. */
final class RuleParts {

    static final String LIFECYCLE = "lifecycle";
    static final String KEY = "key";
    private static final String ALIAS = "alias";

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
        Field list = fields.optional("for_each");
        Field name = fields.optional("as");
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
            name.problem(ErrorCode.BAD_VARIABLE_NAME, objection.get());
            return new Looped(null, outer);
        }
        int slot = slots++;
        return new Looped(new Loop(part, slot), outer.with(as, slot));
    }

    /** Key and alias of the thing that the fields are about; one of them at least. */
    Address address(Fields fields, Part lifecycle, String what, Variables seen) {
        Field key = fields.optional(KEY);
        Field alias = fields.optional(ALIAS);
        if (!key.isPresent() && !alias.isPresent()) {
            reading.problems()
                    .add(ErrorCode.NO_INSTANCE, fields.location(), what + " names no instance (expected key or alias)");
        }
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
        Field field = fields.optional("when");
        return field.isPresent() ? reading.condition(field, what + ".when", seen) : null;
    }

    Part required(Fields fields, String key, String what, Variables seen) {
        Part part = text(fields.required(key), what + "." + key, seen);
        return part == null ? Parts.nothing(what + "." + key, fields.location()) : part;
    }

    Part requiredTime(Fields fields, String key, String what, Variables seen) {
        Part part = time(fields.required(key), what + "." + key, seen);
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
