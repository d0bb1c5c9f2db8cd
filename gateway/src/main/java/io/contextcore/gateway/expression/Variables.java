package io.contextcore.gateway.expression;

import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.model.Schema;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The variables that an expression may read, each with its slot in the {@code Scope}.
 *
 * @param byName in the order of declaration
 * @param schema has the types of the objects that the variables hold; null: nothing is known of them
 * @param facts whether what was learnt can be asked for as well
 */
public record Variables(
        Map<String, Variable> byName, @Nullable Schema schema, boolean facts) {

    private static final Pattern IDENTIFIER = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");
    private static final Set<String> RESERVED = Set.of(
            "absent",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "false",
            "for",
            "function",
            "if",
            "import",
            "in",
            "let",
            "loop",
            "namespace",
            "null",
            "package",
            "return",
            "true",
            "var",
            "void",
            "while");

    public Variables {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /**
     * A variable's slot and what is known of its value.
     *
     * @param meaning an expression that stands for it instead of a slot; null: none does
     */
    public record Variable(
            int slot, StaticType type, @Nullable Compiled meaning) {}

    public static Variables none() {
        return new Variables(Map.of(), null, true);
    }

    /** These, where nothing that was learnt can be asked for. */
    public Variables withoutFacts() {
        return new Variables(byName, schema, false);
    }

    /** These and one more, of which nothing is known. */
    public Variables with(String name, int slot) {
        return with(name, slot, ValueType.ANY);
    }

    /** These and one more; a variable of the same name is hidden. */
    public Variables with(String name, int slot, ValueType type) {
        return with(name, slot, StaticType.of(type));
    }

    /** These and one more; a variable of the same name is hidden. */
    public Variables with(String name, int slot, StaticType type) {
        return with(name, slot, type, schema);
    }

    /** These and one more, which holds a payload of the schema. At most one can. */
    public Variables withPayload(String name, int slot, Schema of) {
        return with(name, slot, StaticType.of(new PayloadTypes(of).payload()), of);
    }

    private Variables with(String name, int slot, StaticType type, @Nullable Schema of) {
        Map<String, Variable> more = new LinkedHashMap<>(byName);
        more.put(name, new Variable(slot, type, null));
        return new Variables(more, of, facts);
    }

    /** These and one more: a name for an expression over these. */
    public Variables with(String name, Compiled meaning) {
        Map<String, Variable> more = new LinkedHashMap<>(byName);
        more.put(name, new Variable(-1, meaning.exactType(), meaning));
        return new Variables(more, schema, facts);
    }

    /** What is wrong with a name that somebody gives to a new variable: no identifier, reserved, or taken. */
    public Optional<String> objection(String name) {
        if (!IDENTIFIER.matcher(name).matches()) {
            return Optional.of("'" + name + "' cannot be a variable's name (expected letters, digits and _)");
        }
        if (RESERVED.contains(name)) {
            return Optional.of("'" + name + "' is a word of the expression language (choose another name)");
        }
        return byName.containsKey(name)
                ? Optional.of("the variable '" + name + "' exists already (choose another name)")
                : Optional.empty();
    }

    /** Whether an expression can write it as a variable, or as a member after a dot. */
    public static boolean isName(String text) {
        return IDENTIFIER.matcher(text).matches() && !RESERVED.contains(text);
    }

    String hint(String name) {
        return Nearest.hint(name, byName.keySet());
    }
}
