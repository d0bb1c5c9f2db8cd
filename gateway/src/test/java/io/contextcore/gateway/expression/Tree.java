package io.contextcore.gateway.expression;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An expression as the generator makes it: it can be written as text, and the model can walk it. */
sealed interface Tree {

    /** A literal, with the value that it has to dev.cel. */
    record Literal(String source, Object value) implements Tree {}

    /** A variable. */
    record Variable(String name) implements Tree {}

    /** {@code of.name}, or whether it is there. */
    record Select(Tree of, String name, boolean has) implements Tree {}

    /** A call of what the table has, by its name there. */
    record Call(String name, List<Tree> arguments) implements Tree {}

    /** {@code &&} or {@code ||}. */
    record Logic(boolean and, Tree left, Tree right) implements Tree {}

    /** {@code condition ? then : otherwise}. */
    record Choice(Tree condition, Tree then, Tree otherwise) implements Tree {}

    /** {@code [a, b]}. */
    record ListOf(List<Tree> items) implements Tree {}

    /** {@code {k: v}}. */
    record MapOf(List<Tree> keys, List<Tree> values) implements Tree {}

    /** {@code range.name(variable, bodies…)}. */
    record Macro(String name, Tree range, String variable, List<Tree> bodies) implements Tree {}

    /** What a {@link Call} is written as: $1, $2, $3 are its arguments. */
    Map<String, String> TEMPLATES = templates();

    private static Map<String, String> templates() {
        Map<String, String> templates = new TreeMap<>();
        for (String operator : List.of("==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "in")) {
            templates.put("_" + operator + "_", "($1 " + operator + " $2)");
        }
        templates.put("-_", "-($1)");
        templates.put("!_", "!($1)");
        templates.put("_[_]", "$1[$2]");
        for (String function : List.of(
                "size", "int", "uint", "double", "string", "bool", "bytes", "timestamp", "duration", "dyn", "type")) {
            templates.put(function, function + "($1)");
        }
        templates.put(".size", "$1.size()");
        templates.put("matches", "matches($1, $2)");
        for (String function : List.of("contains", "startsWith", "endsWith", "matches")) {
            templates.put("." + function, "$1." + function + "($2)");
        }
        for (String part : List.of(
                "FullYear",
                "Month",
                "Date",
                "DayOfMonth",
                "DayOfYear",
                "DayOfWeek",
                "Hours",
                "Minutes",
                "Seconds",
                "Milliseconds")) {
            templates.put(".get" + part, "$1.get" + part + "()");
            templates.put(".get" + part + " in", "$1.get" + part + "($2)");
        }
        return templates;
    }

    static int arity(String call) {
        return TEMPLATES.get(call).contains("$2") ? 2 : 1;
    }

    /** As text; everything that is put together is of unknown type to the checker, so that it refuses nothing. */
    default String text() {
        if (this instanceof Literal literal) {
            return "dyn(" + literal.source() + ")";
        } else if (this instanceof Variable variable) {
            return variable.name();
        } else if (this instanceof Select select) {
            String path = select.of().text() + "." + select.name();
            return select.has() ? "dyn(has(" + path + "))" : path;
        } else if (this instanceof Call call) {
            String text = TEMPLATES.get(call.name());
            for (int i = 0; i < call.arguments().size(); i++) {
                text = text.replace("$" + (i + 1), "\u0001" + i);
            }
            for (int i = 0; i < call.arguments().size(); i++) {
                text = text.replace("\u0001" + i, call.arguments().get(i).text());
            }
            return "dyn(" + text + ")";
        } else if (this instanceof Logic logic) {
            return "dyn(" + logic.left().text() + (logic.and() ? " && " : " || ")
                    + logic.right().text() + ")";
        } else if (this instanceof Choice choice) {
            return "(" + choice.condition().text() + " ? " + choice.then().text() + " : "
                    + choice.otherwise().text() + ")";
        } else if (this instanceof ListOf list) {
            return "dyn([" + list.items().stream().map(Tree::text).collect(Collectors.joining(", ")) + "])";
        } else if (this instanceof MapOf map) {
            StringBuilder text = new StringBuilder("dyn({");
            for (int i = 0; i < map.keys().size(); i++) {
                text.append(i == 0 ? "" : ", ")
                        .append(map.keys().get(i).text())
                        .append(": ")
                        .append(map.values().get(i).text());
            }
            return text.append("})").toString();
        } else if (this instanceof Macro macro) {
            return "dyn(" + macro.range().text() + "." + macro.name() + "(" + macro.variable() + ", "
                    + macro.bodies().stream().map(Tree::text).collect(Collectors.joining(", ")) + "))";
        }
        throw new AssertionError(this);
    }
}
