package io.contextcore.gateway.expression;

import com.google.common.primitives.UnsignedLong;
import io.contextcore.gateway.model.EvaluationException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Time spans as text, and the bounds of times and spans: those of {@code google.protobuf.Timestamp} (years 1 to 9999) and
 * {@code google.protobuf.Duration} (10,000 years).
 */
final class Spans {

    private static final long MOST_SECONDS = 315_576_000_000L;
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final BigDecimal PER_SECOND = new BigDecimal(1_000_000_000);

    private static final Duration DAY = Duration.ofDays(1);
    private static final int DAYS_OF_WEEK = 7;

    /** Longer text is no time span; the patterns below would recurse once a part. */
    private static final int MOST_CHARS = 100;

    /** The units of {@code duration()}, longest first where one begins with another. */
    private static final Pattern CEL = Pattern.compile("([+-]?)(0|(?:\\d+(?:\\.\\d+)?(?:d|h|ms|us|µs|ns|m|s))+)");

    private static final Pattern CEL_PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(d|h|ms|us|µs|ns|m|s)");

    private static final Pattern HUMAN =
            Pattern.compile("([+-]?)\\s*((?:\\d+(?:[.,]\\d+)?\\s*[a-zµ]+\\.?(?:\\s*,\\s*|\\s+and\\s+|\\s*))+)");
    private static final Pattern HUMAN_PART = Pattern.compile("(\\d+(?:[.,]\\d+)?)\\s*([a-zµ]+)");
    private static final Pattern ISO = Pattern.compile(
            "([+-]?)P(?:(\\d+(?:[.,]\\d+)?)W)?(?:(\\d+(?:[.,]\\d+)?)D)?(?:T(?:(\\d+(?:[.,]\\d+)?)H)?(?:(\\d+(?:[.,]\\d+)?)M)?(?:(\\d+(?:[.,]\\d+)?)S)?)?");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(?:\\.\\d{1,9})?");

    private static final Map<String, Duration> UNITS = Map.ofEntries(
            Map.entry("ns", Duration.ofNanos(1)),
            Map.entry("us", Duration.ofNanos(1_000)),
            Map.entry("µs", Duration.ofNanos(1_000)),
            Map.entry("ms", Duration.ofMillis(1)),
            Map.entry("s", Duration.ofSeconds(1)),
            Map.entry("sec", Duration.ofSeconds(1)),
            Map.entry("second", Duration.ofSeconds(1)),
            Map.entry("m", Duration.ofMinutes(1)),
            Map.entry("min", Duration.ofMinutes(1)),
            Map.entry("minute", Duration.ofMinutes(1)),
            Map.entry("h", Duration.ofHours(1)),
            Map.entry("hr", Duration.ofHours(1)),
            Map.entry("hour", Duration.ofHours(1)));

    private Spans() {}

    /**
     * CEL's {@code 1h30m}, and days of 24 hours.
     *
     * @throws EvaluationException if it is none, or out of range
     */
    static Duration cel(String text) {
        Matcher whole = CEL.matcher(text);
        if (text.length() > MOST_CHARS || !whole.matches()) {
            throw new EvaluationException("'" + shown(text) + "' is no time span (expected such as 90s, 1h30m, 30d)");
        }
        BigDecimal seconds = BigDecimal.ZERO;
        Matcher part = CEL_PART.matcher(whole.group(2));
        while (part.find()) {
            seconds = seconds.add(of(
                    part.group(1), part.group(2).equals("d") ? DAY : Objects.requireNonNull(UNITS.get(part.group(2)))));
        }
        return signed(whole.group(1), seconds, text);
    }

    /**
     * The span that a value means: seconds as a number; text as ISO 8601, as {@code duration()} has it, or in words.
     * Empty for blank text.
     *
     * @param day how long a day is, and a week
     */
    static Optional<Duration> any(Object value, Duration day, Duration week) {
        if (value instanceof Duration span) {
            return Optional.of(span);
        }
        if (value instanceof Long || value instanceof UnsignedLong || value instanceof Double) {
            return Optional.of(number(value.toString(), value));
        }
        if (!(value instanceof String text)) {
            throw new EvaluationException(
                    "a value of type " + Values.typeName(value) + " is no time span (expected string or number)");
        }
        if (text.isBlank()) {
            return Optional.empty();
        }
        String stripped = text.strip();
        if (stripped.length() > MOST_CHARS) {
            throw notASpan(text);
        }
        if (NUMBER.matcher(stripped).matches()) {
            return Optional.of(number(stripped, text));
        }
        Matcher iso = ISO.matcher(stripped.toUpperCase(Locale.ROOT));
        if (iso.matches() && !stripped.endsWith("P") && !stripped.endsWith("T")) {
            return Optional.of(iso(iso, day, week, text));
        }
        return Optional.of(words(stripped.toLowerCase(Locale.ROOT), day, week, text));
    }

    static Duration day() {
        return DAY;
    }

    static Duration weekOf(Duration day) {
        return day.multipliedBy(DAYS_OF_WEEK);
    }

    private static Duration number(String digits, Object value) {
        try {
            return signed("", new BigDecimal(digits), value);
        } catch (NumberFormatException e) {
            throw notASpan(value);
        }
    }

    private static Duration iso(Matcher iso, Duration day, Duration week, String text) {
        Duration[] units = {week, day, UNITS.get("h"), UNITS.get("m"), UNITS.get("s")};
        BigDecimal seconds = BigDecimal.ZERO;
        for (int i = 0; i < units.length; i++) {
            if (iso.group(i + 2) != null) {
                seconds = seconds.add(of(iso.group(i + 2), units[i]));
            }
        }
        return signed(iso.group(1), seconds, text);
    }

    private static Duration words(String lower, Duration day, Duration week, String text) {
        Matcher whole = HUMAN.matcher(lower);
        if (!whole.matches()) {
            throw notASpan(text);
        }
        BigDecimal seconds = BigDecimal.ZERO;
        Matcher part = HUMAN_PART.matcher(whole.group(2));
        while (part.find()) {
            seconds = seconds.add(of(part.group(1), unit(part.group(2), day, week, text)));
        }
        return signed(whole.group(1), seconds, text);
    }

    /** A unit, in full or in short, in the singular or plural. */
    private static Duration unit(String word, Duration day, Duration week, String text) {
        String singular = word.length() > 2 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
        return switch (singular) {
            case "d", "day" -> day;
            case "w", "wk", "week" -> week;
            default -> {
                Duration unit = UNITS.get(singular);
                if (unit == null) {
                    throw notASpan(text);
                }
                yield unit;
            }
        };
    }

    private static BigDecimal of(String count, Duration unit) {
        BigDecimal seconds = BigDecimal.valueOf(unit.getSeconds()).add(BigDecimal.valueOf(unit.getNano(), 9));
        return new BigDecimal(count.replace(',', '.')).multiply(seconds);
    }

    private static Duration signed(String sign, BigDecimal seconds, Object value) {
        if (seconds.abs().compareTo(BigDecimal.valueOf(MOST_SECONDS + 1)) >= 0) {
            throw outOfRange(value);
        }
        BigInteger nanos = (sign.equals("-") ? seconds.negate() : seconds)
                .multiply(PER_SECOND)
                .toBigInteger();
        BigInteger[] parts = nanos.divideAndRemainder(PER_SECOND.toBigInteger());
        return Duration.ofSeconds(parts[0].longValue(), parts[1].longValue());
    }

    static Instant inRange(Instant instant) {
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw new DateTimeException("a year outside 1 to 9999");
        }
        return instant;
    }

    static Duration inRange(Duration span) {
        if (span.abs().getSeconds() > MOST_SECONDS) {
            throw new DateTimeException("more than 10,000 years");
        }
        return span;
    }

    private static EvaluationException notASpan(Object value) {
        return new EvaluationException(
                "'" + shown(value) + "' is no time span (expected such as 1h30m, PT1H30M, 3w 2d)");
    }

    private static EvaluationException outOfRange(Object value) {
        return new EvaluationException("'" + shown(value) + "' is out of range (expected at most 10,000 years)");
    }

    /** What an error message shows of a value. */
    static String shown(Object value) {
        String text = value.toString();
        return text.substring(0, Math.min(text.length(), 60));
    }
}
