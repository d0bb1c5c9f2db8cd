package io.contextcore.gateway.expression;

import com.google.common.primitives.Bytes;
import com.google.common.primitives.UnsignedLong;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code + - * / %}. Integers are exact: an overflow is an error. Where JSON gave an integer and the other side is a double,
 * the integer becomes a double. Division by zero is absent.
 */
enum Arithmetic {
    ADD {
        @Override
        long longs(long a, long b) {
            return Math.addExact(a, b);
        }

        @Override
        BigInteger unsigned(BigInteger a, BigInteger b) {
            return a.add(b);
        }

        @Override
        double doubles(double a, double b) {
            return a + b;
        }

        @Override
        Object others(Object a, Object b) {
            if (a instanceof String left && b instanceof String right) {
                return left.concat(right);
            } else if (a instanceof Instant instant && b instanceof Duration span) {
                return instant.plus(span);
            } else if (a instanceof Duration span && b instanceof Instant instant) {
                return instant.plus(span);
            } else if (a instanceof Duration left && b instanceof Duration right) {
                return left.plus(right);
            } else if (a instanceof byte[] left && b instanceof byte[] right) {
                return Bytes.concat(left, right);
            }
            Optional<List<Object>> left = Values.list(a);
            Optional<List<Object>> right = Values.list(b);
            return left.isPresent() && right.isPresent() ? concat(left.get(), right.get()) : super.others(a, b);
        }
    },
    SUBTRACT {
        @Override
        long longs(long a, long b) {
            return Math.subtractExact(a, b);
        }

        @Override
        BigInteger unsigned(BigInteger a, BigInteger b) {
            return a.subtract(b);
        }

        @Override
        double doubles(double a, double b) {
            return a - b;
        }

        @Override
        Object others(Object a, Object b) {
            if (a instanceof Instant left && b instanceof Instant right) {
                return Duration.between(right, left);
            } else if (a instanceof Instant instant && b instanceof Duration span) {
                return instant.minus(span);
            } else if (a instanceof Duration left && b instanceof Duration right) {
                return left.minus(right);
            }
            return super.others(a, b);
        }
    },
    MULTIPLY {
        @Override
        long longs(long a, long b) {
            return Math.multiplyExact(a, b);
        }

        @Override
        BigInteger unsigned(BigInteger a, BigInteger b) {
            return a.multiply(b);
        }

        @Override
        double doubles(double a, double b) {
            return a * b;
        }
    },
    DIVIDE {
        @Override
        long longs(long a, long b) {
            if (a == Long.MIN_VALUE && b == -1) {
                throw new ArithmeticException("long overflow");
            }
            return a / b;
        }

        @Override
        BigInteger unsigned(BigInteger a, BigInteger b) {
            return a.divide(b);
        }

        @Override
        double doubles(double a, double b) {
            return a / b;
        }
    },
    MODULO {
        @Override
        long longs(long a, long b) {
            return a % b;
        }

        @Override
        BigInteger unsigned(BigInteger a, BigInteger b) {
            return a.remainder(b);
        }

        @Override
        double doubles(double a, double b) {
            throw new EvaluationException("cannot modulo double and double (expected whole numbers)");
        }
    };

    abstract long longs(long a, long b);

    abstract BigInteger unsigned(BigInteger a, BigInteger b);

    abstract double doubles(double a, double b);

    Object others(Object a, Object b) {
        throw new EvaluationException(
                "cannot " + name().toLowerCase(Locale.ROOT) + " " + Values.typeName(a) + " and " + Values.typeName(b));
    }

    Object apply(Object a, Object b) {
        if (a instanceof Nothing || b instanceof Nothing) {
            return Nothing.ABSENT;
        }
        try {
            if (a instanceof Long left && b instanceof Long right) {
                return dividesByZero(right) ? Nothing.ABSENT : (Object) longs(left, right);
            } else if (a instanceof UnsignedLong left && b instanceof UnsignedLong right) {
                return dividesByZero(right)
                        ? Nothing.ABSENT
                        : (Object) UnsignedLong.valueOf(unsigned(left.bigIntegerValue(), right.bigIntegerValue()));
            } else if (a instanceof Number left
                    && b instanceof Number right
                    && (a instanceof Double || b instanceof Double)) {
                double result = doubles(left.doubleValue(), right.doubleValue());
                return dividesByZero(right) ? Nothing.ABSENT : (Object) result;
            }
            return inRange(others(a, b));
        } catch (ArithmeticException | IllegalArgumentException | DateTimeException e) {
            throw new EvaluationException(
                    "out of range: " + this + " of " + Values.typeName(a) + " and " + Values.typeName(b));
        }
    }

    static Object negate(Object value) {
        if (value instanceof Nothing) {
            return Nothing.ABSENT;
        }
        if (value instanceof Double number) {
            return -number;
        }
        if (value instanceof Long number) {
            return SUBTRACT.apply(0L, number);
        }
        throw new EvaluationException("cannot negate " + Values.typeName(value) + " (expected int or double)");
    }

    /** Times and time spans have bounds in CEL. */
    private static Object inRange(Object value) {
        if (value instanceof Instant instant) {
            return Spans.inRange(instant);
        }
        return value instanceof Duration span ? Spans.inRange(span) : value;
    }

    private boolean dividesByZero(Number divisor) {
        return (this == DIVIDE || this == MODULO) && divisor.doubleValue() == 0;
    }

    private static List<Object> concat(List<Object> left, List<Object> right) {
        List<Object> all = new ArrayList<>(left.size() + right.size());
        all.addAll(left);
        all.addAll(right);
        return all;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
