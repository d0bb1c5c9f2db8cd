package io.contextcore.gateway.expression;

import static io.contextcore.gateway.expression.FunctionSpec.standard;
import static io.contextcore.gateway.expression.PatternFunctions.regex;

import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The functions that CEL itself defines (github.com/google/cel-spec, langdef.md, "List of Standard Definitions"). */
final class StandardFunctions {

    private static final long SECONDS_PER_MINUTE = 60;
    private static final long SECONDS_PER_HOUR = 3_600;
    private static final String BAD_ZONE = "a zone that there is not";
    private static final Pattern OFFSET = Pattern.compile("([+-]?)(\\d{1,2}):(\\d{1,2})");

    private StandardFunctions() {}

    static List<FunctionSpec> specs() {
        List<FunctionSpec> all = new ArrayList<>(ofText());
        all.addAll(conversions());
        all.addAll(parts());
        return all;
    }

    private static List<FunctionSpec> ofText() {
        return List.of(
                standard(
                                "size",
                                List.of(
                                        "size(value: string) -> int",
                                        "size(value: bytes) -> int",
                                        "size(value: list) -> int",
                                        "size(value: map) -> int"),
                                "How many characters, bytes, items or entries there are. Of null it is 0, of absent absent.",
                                "size('ab') + size([1, 2, 3]) + size(null)",
                                "5",
                                StandardFunctions::size)
                        .costing(Cost.ONE)
                        .takingNothing(),
                standard(
                                "contains",
                                List.of("string.contains(part: string) -> bool"),
                                "Whether the text contains the part.",
                                "'abc'.contains('b')",
                                "true",
                                (a, b) -> ((String) a).contains((String) b))
                        .costing(Cost.SEARCH),
                standard(
                        "startsWith",
                        List.of("string.startsWith(prefix: string) -> bool"),
                        "Whether the text starts with the prefix.",
                        "'abc'.startsWith('ab')",
                        "true",
                        (a, b) -> ((String) a).startsWith((String) b)),
                standard(
                        "endsWith",
                        List.of("string.endsWith(suffix: string) -> bool"),
                        "Whether the text ends with the suffix.",
                        "'abc'.endsWith('bc')",
                        "true",
                        (a, b) -> ((String) a).endsWith((String) b)),
                standard(
                                "matches",
                                List.of("string.matches(pattern: regex) -> bool"),
                                "Whether the RE2 pattern occurs in the text; the same as `match`.",
                                "'abc'.matches('^a.c$')",
                                "true",
                                (a, b) -> regex(b).matcher((String) a).find())
                        .costing(Cost.PATTERN)
                        .failing("a pattern that is none, where it is made by an expression"));
    }

    private static List<FunctionSpec> conversions() {
        return List.of(
                standard(
                                "int",
                                List.of(
                                        "int(value: number) -> int",
                                        "int(value: string) -> int",
                                        "int(value: timestamp) -> int"),
                                "A whole number: of a double without its fraction, of a time its seconds since 1970.",
                                "int('42') + int(2.9)",
                                "44",
                                a -> Conversions.whole(a))
                        .failing("text that is no whole number, NaN, and what is beyond 64 bits"),
                standard(
                                "uint",
                                List.of("uint(value: number) -> uint", "uint(value: string) -> uint"),
                                "A whole number without a sign.",
                                "uint('42')",
                                "42u",
                                a -> Conversions.unsigned(a))
                        .failing("text that is no whole number, NaN, and what is below 0 or beyond 64 bits"),
                standard(
                                "double",
                                List.of("double(value: number) -> double", "double(value: string) -> double"),
                                "A double; a text that holds none is an error (`number` yields absent).",
                                "double('2.5')",
                                "2.5",
                                a -> Conversions.real(a))
                        .failing("text that is no number"),
                standard(
                                "string",
                                List.of(
                                        "string(value: string) -> string", "string(value: number) -> string",
                                        "string(value: bool) -> string", "string(value: bytes) -> string",
                                        "string(value: timestamp) -> string", "string(value: duration) -> string"),
                                "The value as text: doubles with a fraction (`text` leaves `.0` out), bytes as UTF-8.",
                                "string(42) + string(1.0)",
                                "'421.0'",
                                a -> Conversions.string(a))
                        .failing("bytes that are no UTF-8"),
                standard(
                                "bool",
                                List.of("bool(value: bool) -> bool", "bool(value: string) -> bool"),
                                "The flag that a text names: true, t, 1, false, f, 0.",
                                "bool('true')",
                                "true",
                                a -> Conversions.flag(a))
                        .failing("any other text"),
                standard(
                        "bytes",
                        List.of("bytes(value: bytes) -> bytes", "bytes(value: string) -> bytes"),
                        "The text in UTF-8.",
                        "size(bytes('é'))",
                        "2",
                        a -> a instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : a),
                standard(
                                "timestamp",
                                List.of(
                                        "timestamp(value: string) -> timestamp",
                                        "timestamp(value: int) -> timestamp",
                                        "timestamp(value: timestamp) -> timestamp"),
                                "The time of an RFC 3339 text or of seconds since 1970; `time` reads more forms.",
                                "timestamp(0)",
                                "timestamp('1970-01-01T00:00:00Z')",
                                a -> timestamp(a))
                        .failing("what is no such time, and years outside 1 to 9999"),
                standard(
                                "duration",
                                List.of("duration(value: string) -> duration", "duration(value: duration) -> duration"),
                                "A time span: numbers with the units d, h, m, s, ms, us, ns.",
                                "duration('1h30m')",
                                "duration('5400s')",
                                a -> Conversions.span(a))
                        .failing("what is no such span, and beyond 10,000 years"),
                standard(
                                "dyn",
                                List.of("dyn(value: any) -> any"),
                                "The value itself, of which the type check then knows nothing.",
                                "dyn(1) == dyn('1')",
                                "false",
                                a -> a)
                        .costing(Cost.ONE)
                        .takingNothing(),
                standard(
                                "type",
                                List.of("type(value: any) -> any"),
                                "The type of the value, to be compared with `int`, `uint`, `double`, `bool`, `string`, `bytes`, `list`,"
                                        + " `map`, `null_type`, `type` or the type of another value. Of absent it is absent.",
                                "type('a') == string && type(null) == null_type",
                                "true",
                                a -> TypeName.of(a))
                        .costing(Cost.ONE)
                        .takingNothing());
    }

    private static List<FunctionSpec> parts() {
        List<FunctionSpec> all = new ArrayList<>();
        all.add(part("getFullYear", "The year.", "2026", ZonedDateTime::getYear));
        all.add(part("getMonth", "The month, January is 0.", "2", t -> t.getMonthValue() - 1));
        all.add(part("getDate", "The day of the month, from 1.", "1", ZonedDateTime::getDayOfMonth));
        all.add(part("getDayOfMonth", "The day of the month, from 0.", "0", t -> t.getDayOfMonth() - 1));
        all.add(part("getDayOfYear", "The day of the year, from 0.", "59", t -> t.getDayOfYear() - 1));
        all.add(part(
                "getDayOfWeek",
                "The day of the week, Sunday is 0.",
                "0",
                t -> t.getDayOfWeek().getValue() % 7));
        all.add(part(
                "getHours",
                "The hour; of a duration all of it in hours.",
                "10",
                ZonedDateTime::getHour,
                span -> truncated(span, SECONDS_PER_HOUR)));
        all.add(part(
                "getMinutes",
                "The minute; of a duration all of it in minutes.",
                "20",
                ZonedDateTime::getMinute,
                span -> truncated(span, SECONDS_PER_MINUTE)));
        all.add(part(
                "getSeconds",
                "The second; of a duration all of it in seconds.",
                "30",
                ZonedDateTime::getSecond,
                span -> truncated(span, 1)));
        all.add(part(
                "getMilliseconds",
                "The milliseconds within the second.",
                "400",
                t -> t.getNano() / 1_000_000,
                span -> Long.signum(span.getSeconds()) * (span.abs().getNano() / 1_000_000L)));
        return all;
    }

    private static FunctionSpec part(String name, String doc, String expected, ToLongFunction<ZonedDateTime> ofDate) {
        return standard(
                        name,
                        List.of("timestamp." + name + "() -> int", "timestamp." + name + "(zone: string) -> int"),
                        doc + " In UTC, or in the zone: a name, or an offset such as `+02:00`.",
                        "timestamp('2026-03-01T10:20:30.4Z')." + name + "()",
                        expected,
                        (a, b) -> ofDate.applyAsLong(zoned(a, b)))
                .failing(BAD_ZONE)
                .costing(Cost.ONE);
    }

    private static FunctionSpec part(
            String name,
            String doc,
            String expected,
            ToLongFunction<ZonedDateTime> ofDate,
            ToLongFunction<Duration> ofSpan) {
        return standard(
                        name,
                        List.of(
                                "timestamp." + name + "() -> int",
                                "timestamp." + name + "(zone: string) -> int",
                                "duration." + name + "() -> int"),
                        doc + " In UTC, or in the zone: a name, or an offset such as `+02:00`.",
                        "timestamp('2026-03-01T10:20:30.4Z')." + name + "()",
                        expected,
                        (a, b) ->
                                a instanceof Duration span ? ofSpan.applyAsLong(span) : ofDate.applyAsLong(zoned(a, b)))
                .failing(BAD_ZONE)
                .costing(Cost.ONE);
    }

    /** So many units, without the rest: towards 0 on both sides of it. */
    private static long truncated(Duration span, long secondsPerUnit) {
        long units = span.abs().getSeconds() / secondsPerUnit;
        return span.isNegative() ? -units : units;
    }

    private static ZonedDateTime zoned(Object time, Object name) {
        try {
            ZoneId zone = name instanceof String given ? zone(given) : ZoneOffset.UTC;
            return ((Instant) time).atZone(zone);
        } catch (DateTimeException e) {
            throw new EvaluationException(
                    "'" + Spans.shown(name) + "' is no time zone (expected such as Europe/Berlin or +02:00)");
        }
    }

    /** A name, or an offset, which CEL lets be without sign and leading zeroes. */
    private static ZoneId zone(String text) {
        Matcher offset = OFFSET.matcher(text);
        if (!offset.matches()) {
            return ZoneId.of(text);
        }
        int sign = "-".equals(offset.group(1)) ? -1 : 1;
        return ZoneOffset.ofHoursMinutes(
                sign * Integer.parseInt(offset.group(2)), sign * Integer.parseInt(offset.group(3)));
    }

    private static Object size(Object value) {
        if (value instanceof Nothing nothing) {
            return nothing == Nothing.NULL ? (Object) 0L : Nothing.ABSENT;
        } else if (value instanceof String text) {
            return (long) text.codePointCount(0, text.length());
        } else if (value instanceof byte[] bytes) {
            return (long) bytes.length;
        }
        return (long) Values.size(value);
    }

    private static Object timestamp(Object value) {
        try {
            return value instanceof String text
                    ? Spans.inRange(OffsetDateTime.parse(text).toInstant())
                    : value instanceof Long seconds ? Spans.inRange(Instant.ofEpochSecond(seconds)) : value;
        } catch (DateTimeException e) {
            throw new EvaluationException("'" + Spans.shown(value)
                    + "' is no RFC 3339 time of the years 1 to 9999 (time() reads more forms)");
        }
    }
}
