package io.contextcore.gateway.expression;

import java.math.BigDecimal;
import java.time.Duration;

/** What the rows of the table in mappings/README.md ask of numbers and spans. */
final class Magnitudes {

    private static final Duration MOST_NANOS = Duration.ofNanos(Long.MAX_VALUE);
    private static final double EXACT = 0x1p53;

    private Magnitudes() {}

    /** D14: an integer beside a double so large that doubles no longer tell neighbours apart. */
    static boolean inexact(Object a, Object b) {
        return a instanceof Number left
                && b instanceof Number right
                && a instanceof Double != b instanceof Double
                && Math.abs(left.doubleValue()) >= EXACT
                && Math.abs(right.doubleValue()) >= EXACT
                && !Double.isInfinite(left.doubleValue())
                && !Double.isInfinite(right.doubleValue());
    }

    /** D17 and D23: what dev.cel refuses to calculate with. */
    static boolean isLarge(Duration span) {
        return span.abs().compareTo(MOST_NANOS) > 0;
    }

    static int compare(Object a, Object b) {
        return decimal(a).compareTo(decimal(b));
    }

    /** D22: -0.0 beside a whole number. */
    static boolean negativeZero(Object a, Object b) {
        return Double.valueOf(-0.0).equals(a) && b instanceof Number && !(b instanceof Double);
    }

    private static BigDecimal decimal(Object number) {
        return number instanceof Double real ? new BigDecimal(real) : new BigDecimal(number.toString());
    }

    static boolean zero(String name, Object a, Object b) {
        return a instanceof Number left
                && b instanceof Number right
                && right.doubleValue() == 0
                && (a.getClass() == b.getClass() || a instanceof Double || b instanceof Double)
                && !(name.equals("_%_") && (left instanceof Double || right instanceof Double));
    }
}
