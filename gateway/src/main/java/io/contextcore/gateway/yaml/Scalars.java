package io.contextcore.gateway.yaml;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the text of a scalar can mean. */
public final class Scalars {

    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9][0-9_]*");
    private static final Pattern NUMBER = Pattern.compile(
            "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|0x[0-9a-fA-F]+|0o[0-7]+|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final Pattern CLOCK_TIME = Pattern.compile("[0-9]+(:[0-5]?[0-9])+(\\.[0-9]*)?");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?");
    private static final Set<String> WORDS = Set.of("yes", "no", "on", "off", "y", "n", "true", "false", "null", "~");
    private static final Pattern WITH_UNIT = Pattern.compile("([0-9]+) ?([a-zA-Z]+)");
    private static final Map<String, Duration> TIME_UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Map<String, Long> SIZE_UNITS =
            Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "TiB", 1L << 40);

    /** What a plain {@code null} or {@code ~} means. */
    public static final Object NULL = new Object();

    private Scalars() {}

    /**
     * What a plain scalar means where any value may stand: a Boolean, a Long, a Double or {@link #NULL}; empty for what
     * readers of YAML do not agree about: {@code yes}, {@code 12:30}, {@code 0x1F}, {@code 1_000}, {@code .inf}.
     */
    public static Optional<Object> plainValue(String text) {
        if (text.isEmpty() || text.equals("null") || text.equals("~")) {
            return Optional.of(NULL);
        }
        return Stream.of(flag(text), whole(text), number(text))
                .flatMap(Optional::stream)
                .map(Object.class::cast)
                .findFirst();
    }

    /** Whether a plain scalar is a number, a flag, a date, a time of day or the like to some reader of YAML, or nothing at all. */
    public static boolean looksLikeSomethingElse(YamlScalar scalar) {
        String text = scalar.text();
        return !scalar.quoted()
                && (text.isEmpty()
                        || WORDS.contains(text.toLowerCase(Locale.ROOT))
                        || WHOLE.matcher(text).matches()
                        || NUMBER.matcher(text).matches()
                        || CLOCK_TIME.matcher(text).matches()
                        || DATE.matcher(text).matches());
    }

    /** A whole number in decimal; empty if it is none, or does not fit 64 bits. */
    public static Optional<Long> whole(String text) {
        if (!WHOLE.matcher(text).matches() || text.contains("_")) {
            return Optional.empty();
        }
        BigInteger number = new BigInteger(text);
        return number.bitLength() < Long.SIZE ? Optional.of(number.longValue()) : Optional.empty();
    }

    /** A finite decimal number, whole or not. */
    public static Optional<Double> number(String text) {
        boolean decimal = NUMBER.matcher(text).matches() && !text.startsWith("0x") && !text.startsWith("0o");
        return decimal && Character.isDigit(text.charAt(text.length() - 1))
                ? Optional.of(Double.valueOf(text)).filter(Double::isFinite)
                : Optional.empty();
    }

    /** {@code true} or {@code false}. */
    public static Optional<Boolean> flag(String text) {
        return text.equals("true") ? Optional.of(true) : text.equals("false") ? Optional.of(false) : Optional.empty();
    }

    /** A number with one of the units ms, s, m, h, d. */
    public static Optional<Duration> duration(String text) {
        Matcher matcher = WITH_UNIT.matcher(text);
        if (!matcher.matches() || !TIME_UNITS.containsKey(matcher.group(2))) {
            return Optional.empty();
        }
        Duration unit = TIME_UNITS.get(matcher.group(2));
        return whole(matcher.group(1))
                .filter(count -> count <= Long.MAX_VALUE / unit.toNanos())
                .map(unit::multipliedBy);
    }

    /** A number with one of the units B, KiB, MiB, GiB, TiB. */
    public static Optional<Long> bytes(String text) {
        Matcher matcher = WITH_UNIT.matcher(text);
        if (!matcher.matches() || !SIZE_UNITS.containsKey(matcher.group(2))) {
            return Optional.empty();
        }
        long unit = SIZE_UNITS.get(matcher.group(2));
        return whole(matcher.group(1))
                .filter(count -> count <= Long.MAX_VALUE / unit)
                .map(count -> count * unit);
    }
}
