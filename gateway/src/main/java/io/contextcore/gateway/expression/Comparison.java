package io.contextcore.gateway.expression;

import com.google.common.primitives.UnsignedBytes;
import com.google.common.primitives.UnsignedLong;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Scope;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** Order and equality. Numbers compare by value whatever their types; absent equals only absent, null only null. */
enum Comparison {
    LESS(order -> order < 0),
    LESS_EQUALS(order -> order <= 0),
    GREATER(order -> order > 0),
    GREATER_EQUALS(order -> order >= 0);

    private final IntPredicate holds;

    Comparison(IntPredicate holds) {
        this.holds = holds;
    }

    /** True, false, or absent where a side is absent or null. */
    Object apply(Object left, Object right, Scope scope) {
        if (left instanceof Nothing || right instanceof Nothing) {
            return Nothing.ABSENT;
        }
        if (left instanceof Number && right instanceof Number && (notANumber(left) || notANumber(right))) {
            return false;
        }
        if (left instanceof String a && right instanceof String b) {
            scope.touch(Math.min(a.length(), b.length()));
        }
        return holds.test(order(left, right));
    }

    /** @throws EvaluationException if the two have no order: of different types, or NaN */
    static int order(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            return Long.compare(a, b);
        } else if (left instanceof Number a && right instanceof Number b) {
            return numbers(a, b);
        } else if (left instanceof String a && right instanceof String b) {
            return codePoints(a, b);
        } else if (left instanceof Boolean a && right instanceof Boolean b) {
            return Boolean.compare(a, b);
        } else if (left instanceof Instant a && right instanceof Instant b) {
            return a.compareTo(b);
        } else if (left instanceof Duration a && right instanceof Duration b) {
            return a.compareTo(b);
        } else if (left instanceof byte[] a && right instanceof byte[] b) {
            return UnsignedBytes.lexicographicalComparator().compare(a, b);
        }
        throw new EvaluationException("cannot compare " + Values.typeName(left) + " with " + Values.typeName(right)
                + " (expected the same type)");
    }

    /** @param scope pays for what is compared: each item and each character */
    static boolean equal(Object left, Object right, Scope scope) {
        if (left instanceof String a) {
            return right instanceof String b && texts(a, b, scope);
        } else if (left instanceof Number a && right instanceof Number b) {
            return !notANumber(a) && !notANumber(b) && numbers(a, b) == 0;
        } else if (left instanceof byte[] a && right instanceof byte[] b) {
            scope.touch(Math.min(a.length, b.length));
            return Arrays.equals(a, b);
        } else if (Values.isList(left)) {
            return Values.isList(right) && lists(Values.items(left), Values.items(right), scope);
        } else if (Values.isMap(left)) {
            return Values.isMap(right) && maps(left, right, scope);
        }
        return left.equals(right);
    }

    private static boolean texts(String left, String right, Scope scope) {
        if (left.length() != right.length()) {
            return false;
        }
        scope.touch(left.length());
        return left.equals(right);
    }

    private static boolean lists(List<Object> left, List<Object> right, Scope scope) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            scope.touch(Scope.ITEM);
            if (!equal(Values.of(left.get(i)), Values.of(right.get(i)), scope)) {
                return false;
            }
        }
        return true;
    }

    private static boolean maps(Object left, Object right, Scope scope) {
        if (Values.size(left) != Values.size(right)) {
            return false;
        }
        scope.touch((long) Scope.ITEM * Values.size(left));
        for (Object key : Values.keysOf(left)) {
            if (!equal(Values.index(left, key), Values.index(right, key), scope)) {
                return false;
            }
        }
        return true;
    }

    private static boolean notANumber(Object value) {
        return value instanceof Double number && number.isNaN();
    }

    private static int numbers(Number left, Number right) {
        if (left instanceof Long a && right instanceof Long b) {
            return Long.compare(a, b);
        }
        if (notANumber(left) || notANumber(right)) {
            throw new EvaluationException("NaN has no place in an order");
        }
        if (left instanceof Double a && right instanceof Double b) {
            return a < b ? -1 : a > b ? 1 : 0;
        }
        if (isInfinite(left) || isInfinite(right)) {
            return Double.compare(left.doubleValue(), right.doubleValue());
        }
        return exact(left).compareTo(exact(right));
    }

    private static boolean isInfinite(Number number) {
        return number instanceof Double real && real.isInfinite();
    }

    private static BigDecimal exact(Number number) {
        if (number instanceof UnsignedLong unsigned) {
            return new BigDecimal(unsigned.bigIntegerValue());
        }
        return number instanceof Double real ? new BigDecimal(real) : BigDecimal.valueOf(number.longValue());
    }

    /** By code points, as CEL has it: surrogates sort behind U+FFFF. */
    private static int codePoints(String left, String right) {
        int shared = Math.min(left.length(), right.length());
        for (int i = 0; i < shared; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return Character.isSurrogate(a) == Character.isSurrogate(b)
                        ? Character.compare(a, b)
                        : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
