package io.contextcore.gateway.expression;

import com.google.common.primitives.UnsignedLong;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times that senders write: ISO 8601 with {@code Z}, {@code +02:00}, {@code +0200}, {@code +02} or no offset
 * (taken as UTC), with {@code T} or a blank, with {@code .} or {@code ,} before the fraction, with months, days and hours of
 * one digit, and with blanks behind colons and round the offset; a date alone (midnight UTC);
 * {@code 12/25/2019, 10:21:33 AM,180} (month first, UTC); and numbers since the epoch, also as text, whose size tells
 * their unit: seconds, milliseconds, microseconds or nanoseconds.
 */
public final class Times {

    /** Some clocks write a no-break blank before AM and PM. */
    private static final String BLANK = "[ \\t\\u00a0\\u202f]";

    private static final Pattern ISO = spaced("(\\d{4})-(\\d{1,2})-(\\d{1,2})"
            + "(?:(?:[Tt]|,?_{1,3})(\\d{1,2}):_?(\\d{1,2})(?::_?(\\d{1,2})(?:[.,](\\d{1,9})\\d*)?)?"
            + "_?(Z|z|UTC|GMT|[+-]\\d\\d(?::?_?\\d\\d)?)?)?");
    private static final Pattern MONTH_FIRST =
            spaced("(\\d{1,2})/(\\d{1,2})/(\\d{4}),?_{1,3}(\\d{1,2}):_?(\\d\\d)(?::_?(\\d\\d))?"
                    + "(?:_?([AaPp])\\.?[Mm]\\.?)?(?:[.,](\\d{1,9}))?");
    private static final String PLAIN = "0000-00-00T00:00:00Z";
    private static final Pattern BLANKS = Pattern.compile(BLANK);
    private static final int MOST_CHARS = 100;
    private static final int NOON = 12;
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,19}(\\.\\d{1,9})?");
    private static final BigDecimal MOST_SECONDS = new BigDecimal("1e11");
    private static final long MOST_NANOS_SECONDS = Long.MAX_VALUE / 1_000_000_000;
    private static final BigDecimal THOUSAND = new BigDecimal(1000);
    private static final BigDecimal PER_SECOND = new BigDecimal(1_000_000_000);

    private Times() {}

    /**
     * The instant that a value of an expression means; empty for absent, null and blank text.
     *
     * @throws EvaluationException if it is no time, or lies outside 1677–2262, where nanoseconds no longer fit
     */
    public static Optional<Instant> parse(Object value) {
        Instant instant = read(value);
        if (instant == null) {
            return Optional.empty();
        }
        if (Math.abs(instant.getEpochSecond()) > MOST_NANOS_SECONDS) {
            throw notATime(value);
        }
        return Optional.of(instant);
    }

    private static @Nullable Instant read(Object value) {
        if (value instanceof Instant instant) {
            return instant;
        }
        if (value instanceof Long || value instanceof Double || value instanceof UnsignedLong) {
            return number(value.toString(), value);
        }
        if (value instanceof String text) {
            return text.isBlank() ? null : text(text.strip());
        }
        if (value instanceof Nothing) {
            return null;
        }
        throw notATime(value);
    }

    private static Pattern spaced(String pattern) {
        return Pattern.compile(pattern.replace("_", BLANK));
    }

    private static Instant text(String text) {
        if (text.length() > MOST_CHARS) {
            throw notATime(text);
        }
        try {
            Instant plain = plain(text);
            if (plain != null) {
                return plain;
            }
            Matcher iso = ISO.matcher(text);
            if (iso.matches()) {
                return iso(iso);
            }
            Matcher monthFirst = MONTH_FIRST.matcher(text);
            if (monthFirst.matches()) {
                return monthFirst(monthFirst);
            }
        } catch (DateTimeException e) {
            throw notATime(text);
        }
        if (NUMBER.matcher(text).matches()) {
            return number(text, text);
        }
        throw notATime(text);
    }

    /** The form of most senders, {@code 2026-03-02T10:11:12Z}, without a pattern and its groups; null: another form. */
    private static @Nullable Instant plain(String text) {
        if (text.length() != PLAIN.length()) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char expected = PLAIN.charAt(i);
            char found = text.charAt(i);
            if (expected == '0' ? found < '0' || found > '9' : found != expected) {
                return null;
            }
        }
        return LocalDateTime.of(
                        whole(text, 0, 4),
                        whole(text, 5, 7),
                        whole(text, 8, 10),
                        whole(text, 11, 13),
                        whole(text, 14, 16),
                        Math.min(whole(text, 17, 19), 59))
                .toInstant(ZoneOffset.UTC);
    }

    private static int whole(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private static Instant iso(Matcher part) {
        LocalDateTime local = LocalDateTime.of(
                whole(part.group(1)),
                whole(part.group(2)),
                whole(part.group(3)),
                whole(part.group(4)),
                whole(part.group(5)),
                second(part.group(6)),
                nanos(part.group(7)));
        return local.toInstant(offset(part.group(8)));
    }

    private static Instant monthFirst(Matcher part) {
        int hour = whole(part.group(4));
        String half = part.group(7);
        if (half != null) {
            if (hour < 1 || hour > NOON) {
                throw new DateTimeException("no hour of half a day: " + hour);
            }
            hour = hour % NOON + (half.equalsIgnoreCase("p") ? NOON : 0);
        }
        return LocalDateTime.of(
                        whole(part.group(3)),
                        whole(part.group(1)),
                        whole(part.group(2)),
                        hour,
                        whole(part.group(5)),
                        second(part.group(6)),
                        nanos(part.group(8)))
                .toInstant(ZoneOffset.UTC);
    }

    /** The unit follows from the size: 10^11 seconds is the year 5138, 10^11 milliseconds is 1973. */
    private static Instant number(String digits, Object value) {
        BigDecimal seconds;
        try {
            seconds = new BigDecimal(digits);
        } catch (NumberFormatException e) {
            throw notATime(value);
        }
        for (int unit = 0; unit < 3 && seconds.abs().compareTo(MOST_SECONDS) >= 0; unit++) {
            seconds = seconds.divide(THOUSAND);
        }
        if (seconds.abs().compareTo(MOST_SECONDS) >= 0) {
            throw notATime(value);
        }
        BigInteger[] parts = seconds.multiply(PER_SECOND).toBigInteger().divideAndRemainder(PER_SECOND.toBigInteger());
        return Instant.ofEpochSecond(parts[0].longValue(), parts[1].longValue());
    }

    private static ZoneOffset offset(@Nullable String text) {
        return text == null || Character.isLetter(text.charAt(0))
                ? ZoneOffset.UTC
                : ZoneOffset.of(BLANKS.matcher(text).replaceAll(""));
    }

    private static int whole(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /** A leap second is told as the last ordinary one. */
    private static int second(@Nullable String digits) {
        return Math.min(whole(digits), 59);
    }

    private static int nanos(@Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
    }

    private static EvaluationException notATime(Object value) {
        String shown = value instanceof String text
                ? "'" + text.substring(0, Math.min(text.length(), 60)) + "'"
                : value.toString();
        return new EvaluationException(shown + " is not a time (expected ISO 8601 or a number since 1970)");
    }
}
