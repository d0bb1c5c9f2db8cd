package io.contextcore.gateway.expression;

import dev.cel.bundle.Cel;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.TypeType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.contextcore.gateway.model.Nothing;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the language is, said a second time: where a row of the table in mappings/README.md applies, that row; everything
 * else is asked of dev.cel, one operator or function at a time. It notes which operators met which kinds of operands,
 * and whether a row applied: if none did, standard CEL must give the same for the whole expression.
 */
final class Model {

    /** The expression has an error. */
    static final class Fails extends Exception {
        private static final long serialVersionUID = 1L;

        Fails() {
            super("fails", null, false, false);
        }
    }

    private static final long MOST_SECONDS = 315_576_000_000L;

    private final Map<String, CelRuntime.Program> programs = new HashMap<>();
    private final Map<String, Integer> hits = new TreeMap<>();
    private boolean standard;
    private boolean logicFailed;

    Model(Cel cel) throws CelValidationException, CelEvaluationException {
        for (Map.Entry<String, String> call : Tree.TEMPLATES.entrySet()) {
            String text = call.getValue().replace("$1", "a").replace("$2", "b");
            programs.put(call.getKey(), cel.createProgram(cel.compile(text).getAst()));
        }
        programs.put("{}", cel.createProgram(cel.compile("{a: true, b: true}").getAst()));
        programs.put("{1}", cel.createProgram(cel.compile("{a: true}").getAst()));
    }

    /** How often an operator met a kind of operand at a place: "operator place kind". */
    Map<String, Integer> hits() {
        return hits;
    }

    /** Whether no row of the table applied since the last evaluation began. */
    boolean wasStandard() {
        return standard;
    }

    /**
     * Whether {@code &&} or {@code ||} had an error. dev.cel 0.14.0 hands it on as if it were a value: a list that holds it
     * is one, and to compare it with something is false.
     */
    boolean logicFailed() {
        return logicFailed;
    }

    /** The value, as dev.cel has it, or absent. */
    Object evaluate(Tree tree, Map<String, Object> variables) throws Fails {
        standard = true;
        logicFailed = false;
        return of(tree, variables);
    }

    private Object of(Tree tree, Map<String, Object> variables) throws Fails {
        if (tree instanceof Tree.Literal literal) {
            return literal.value();
        } else if (tree instanceof Tree.Variable variable) {
            Object value = variables.getOrDefault(variable.name(), Nothing.ABSENT);
            return value == Nothing.ABSENT ? row(value) : value;
        } else if (tree instanceof Tree.Select select) {
            return select(select, of(select.of(), variables));
        } else if (tree instanceof Tree.Call call) {
            List<Object> arguments = new ArrayList<>();
            for (Tree argument : call.arguments()) {
                arguments.add(of(argument, variables));
            }
            return call(call.name(), arguments);
        } else if (tree instanceof Tree.Logic logic) {
            return logic(logic, variables);
        } else if (tree instanceof Tree.Choice choice) {
            return of(
                    condition("_?_:_", of(choice.condition(), variables)) ? choice.then() : choice.otherwise(),
                    variables);
        } else if (tree instanceof Tree.ListOf list) {
            List<Object> items = new ArrayList<>();
            for (Tree item : list.items()) {
                add(items, hit("[…]", 0, of(item, variables)));
            }
            return items;
        } else if (tree instanceof Tree.MapOf map) {
            return map(map, variables);
        } else if (tree instanceof Tree.Macro macro) {
            return macro(macro, variables);
        }
        throw new AssertionError(tree);
    }

    private Object select(Tree.Select select, Object of) {
        hit(select.has() ? "has" : ".member", 0, of);
        Object value = of instanceof Map<?, ?> map && map.containsKey(select.name())
                ? map.get(select.name())
                : of instanceof Map && select.has() ? Nothing.ABSENT : row(Nothing.ABSENT);
        if (!select.has()) {
            return value;
        }
        return value == NullValue.NULL_VALUE ? row(false) : (Object) (value != Nothing.ABSENT);
    }

    private Object call(String name, List<Object> arguments) throws Fails {
        for (int i = 0; i < arguments.size(); i++) {
            hit(name, i, arguments.get(i));
        }
        Object a = arguments.get(0);
        Object b = arguments.size() > 1 ? arguments.get(1) : a;
        return switch (name) {
            case "_==_", "_!=_" -> equality(name, a, b);
            case "_in_" -> in(a, b);
            case "_[_]" -> index(a, b);
            case "size", ".size" -> a == NullValue.NULL_VALUE ? row(0L) : ordinary(name, a, b);
            case "type", "dyn" -> a == Nothing.ABSENT ? row(a) : cel(name, a, b);
            case "_/_", "_%_" -> Magnitudes.zero(name, a, b) ? row(Nothing.ABSENT) : arithmetic(name, a, b);
            case "_+_", "_-_", "_*_" -> arithmetic(name, a, b);
            case "string" -> a instanceof Duration span ? row(Conversions.text(span)) : ordinary(name, a, b);
            case "_<_", "_<=_", "_>_", "_>=_" -> order(name, a, b);
            case ".getHours", ".getMinutes", ".getSeconds", ".getMilliseconds" ->
                a instanceof Duration span && Magnitudes.isLarge(span) ? row(part(name, span)) : ordinary(name, a, b);
            default -> ordinary(name, a, b);
        };
    }

    /** D17: dev.cel counts in nanoseconds of 64 bits. */
    private static Object part(String name, Duration span) {
        BigDecimal seconds = BigDecimal.valueOf(span.getSeconds()).add(BigDecimal.valueOf(span.getNano(), 9));
        return switch (name) {
            case ".getHours" -> seconds.longValue() / 3_600;
            case ".getMinutes" -> seconds.longValue() / 60;
            case ".getSeconds" -> seconds.longValue();
            default -> seconds.remainder(BigDecimal.ONE).movePointRight(3).longValue();
        };
    }

    private Object ordinary(String name, Object a, Object b) throws Fails {
        return isNothing(a) || isNothing(b) ? row(Nothing.ABSENT) : cel(name, a, b);
    }

    private Object equality(String name, Object a, Object b) throws Fails {
        if (a == Nothing.ABSENT || b == Nothing.ABSENT) {
            return row((a == b) == name.equals("_==_"));
        }
        if (a == b && a instanceof Double number && number.isNaN()) {
            // to dev.cel one object equals itself, NaN too; another NaN it does not
            return row(name.equals("_!=_"));
        }
        return Magnitudes.inexact(a, b) || Magnitudes.negativeZero(a, b) || Magnitudes.negativeZero(b, a)
                ? row((Magnitudes.compare(a, b) == 0) == name.equals("_==_"))
                : cel(name, a, b);
    }

    private Object order(String name, Object a, Object b) throws Fails {
        if (a instanceof Number left
                && b instanceof Number right
                && (Double.isNaN(left.doubleValue()) || Double.isNaN(right.doubleValue()))) {
            return row(false);
        }
        if (!Magnitudes.inexact(a, b)) {
            return ordinary(name, a, b);
        }
        int order = Magnitudes.compare(a, b);
        return row(
                switch (name) {
                    case "_<_" -> order < 0;
                    case "_<=_" -> order <= 0;
                    case "_>_" -> order > 0;
                    default -> order >= 0;
                });
    }

    private Object arithmetic(String name, Object a, Object b) throws Fails {
        if (a instanceof Number left && b instanceof Number right && a instanceof Double != b instanceof Double) {
            return row(cel(name, left.doubleValue(), right.doubleValue()));
        }
        if (name.equals("_-_") && a instanceof Instant left && b instanceof Instant right) {
            Duration span = Duration.between(right, left);
            return Magnitudes.isLarge(span) ? row(span) : span;
        }
        if (!name.equals("_*_") && a instanceof Duration left && b instanceof Duration right) {
            Duration span = name.equals("_-_") ? left.minus(right) : left.plus(right);
            boolean refused =
                    Magnitudes.isLarge(left) || Magnitudes.isLarge(right) || (span.isNegative() && span.getNano() > 0);
            return refused && span.abs().getSeconds() <= MOST_SECONDS ? row(span) : ordinary(name, a, b);
        }
        return ordinary(name, a, b);
    }

    private Object in(Object a, Object b) throws Fails {
        if (isNothing(b)) {
            return row(false);
        }
        if (b instanceof List<?> list) {
            for (Object item : list) {
                if (equality("_==_", a, item).equals(true)) {
                    return true;
                }
            }
            return false;
        }
        return a == Nothing.ABSENT && b instanceof Map ? row(false) : cel("_in_", a, b);
    }

    private Object index(Object a, Object b) throws Fails {
        boolean there =
                a instanceof Map && b != Nothing.ABSENT && cel("_in_", b, a).equals(true);
        if (a instanceof List<?> list && b instanceof Number number) {
            double at = number.doubleValue();
            there = at == Math.rint(at) && at >= 0 && at < list.size();
        }
        return there ? cel("_[_]", a, b) : row(Nothing.ABSENT);
    }

    /** An error on one side does not matter where the other decides. */
    private Object logic(Tree.Logic logic, Map<String, Object> variables) throws Fails {
        try {
            return decided(logic, variables);
        } catch (Fails e) {
            logicFailed = true;
            throw e;
        }
    }

    private Object decided(Tree.Logic logic, Map<String, Object> variables) throws Fails {
        String name = logic.and() ? "_&&_" : "_||_";
        Object left = null;
        try {
            left = flag(hit(name, 0, of(logic.left(), variables)));
        } catch (Fails e) {
            // the right side may decide
        }
        if (left != null && left.equals(!logic.and())) {
            return left;
        }
        Object right = flag(hit(name, 1, of(logic.right(), variables)));
        if (right.equals(!logic.and())) {
            return right;
        }
        if (left == null) {
            throw new Fails();
        }
        return isNothing(left) || isNothing(right) ? row(Nothing.ABSENT) : (Object) logic.and();
    }

    private Object flag(Object value) throws Fails {
        if (value instanceof Boolean) {
            return value;
        }
        if (!isNothing(value)) {
            throw new Fails();
        }
        return row(value);
    }

    private boolean condition(String name, Object value) throws Fails {
        return flag(hit(name, 0, value)).equals(true);
    }

    private Object map(Tree.MapOf map, Map<String, Object> variables) throws Fails {
        Map<Object, Object> entries = new LinkedHashMap<>();
        for (int i = 0; i < map.keys().size(); i++) {
            Object key = hit("{…} key", 0, of(map.keys().get(i), variables));
            Object value = hit("{…} value", 0, of(map.values().get(i), variables));
            if (key == Nothing.ABSENT) {
                throw new Fails();
            }
            cel("{1}", key, key);
            for (Object other : entries.keySet()) {
                cel("{}", other, key);
            }
            entries.put(key, value);
        }
        if (entries.values().removeIf(value -> value == Nothing.ABSENT)) {
            row(entries);
        }
        return entries;
    }

    private Object macro(Tree.Macro macro, Map<String, Object> variables) throws Fails {
        String name = macro.bodies().size() == 2 ? "map of two" : macro.name();
        Object range = hit(name, 0, of(macro.range(), variables));
        List<Object> found = new ArrayList<>();
        if (isNothing(range)) {
            return row(
                    switch (name) {
                        case "all" -> (Object) true;
                        case "exists", "exists_one" -> false;
                        default -> Nothing.ABSENT;
                    });
        }
        if (!(range instanceof List) && !(range instanceof Map)) {
            throw new Fails();
        }
        Map<String, Object> inner = new HashMap<>(variables);
        Tree body = macro.bodies().get(0);
        boolean undecided = false;
        boolean failed = false;
        for (Object item : range instanceof List<?> list ? list : ((Map<?, ?>) range).keySet()) {
            inner.put(macro.variable(), item);
            switch (name) {
                case "all", "exists" -> {
                    try {
                        Object value = flag(hit(name, 1, of(body, inner)));
                        if (value.equals(name.equals("exists"))) {
                            return value;
                        }
                        undecided |= isNothing(value);
                    } catch (Fails e) {
                        failed = true;
                    }
                }
                case "map" -> add(found, hit(name, 1, of(body, inner)));
                case "map of two" -> {
                    if (condition(name + " 1", of(body, inner))) {
                        add(found, hit(name, 1, of(macro.bodies().get(1), inner)));
                    }
                }
                default -> {
                    if (condition(name + " 1", of(body, inner))) {
                        found.add(item);
                    }
                }
            }
        }
        if (failed) {
            logicFailed = true;
            throw new Fails();
        }
        return switch (name) {
            case "all", "exists" -> undecided ? row(Nothing.ABSENT) : (Object) name.equals("all");
            case "exists_one" -> found.size() == 1;
            default -> found;
        };
    }

    private void add(List<Object> items, Object value) {
        if (value == Nothing.ABSENT) {
            row(value);
        } else {
            items.add(value);
        }
    }

    /** A row of the table says so. */
    private Object row(Object value) {
        standard = false;
        return value;
    }

    private Object hit(String name, int place, Object operand) {
        hits.merge(name + " " + place + " " + kind(operand), 1, Integer::sum);
        return operand;
    }

    static String kind(Object value) {
        if (value == NullValue.NULL_VALUE) {
            return "null";
        }
        return value instanceof CelByteString ? "bytes" : value instanceof TypeType ? "type" : Values.typeName(value);
    }

    private static boolean isNothing(Object value) {
        return value == Nothing.ABSENT || value == NullValue.NULL_VALUE;
    }

    private Object cel(String name, Object a, Object b) throws Fails {
        try {
            return programs.get(name).eval(Map.of("a", a, "b", b));
        } catch (CelEvaluationException e) {
            throw new Fails();
        }
    }
}
