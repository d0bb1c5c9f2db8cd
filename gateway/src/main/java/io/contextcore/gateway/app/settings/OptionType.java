package io.contextcore.gateway.app.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the text of an option becomes a value.
 *
 * @param name as the settings page shows it
 * @param expected what an error message says was expected
 * @param parser empty where the text is no such value; paths are resolved against the given folder
 */
record OptionType<T>(String name, String expected, Parser<T> parser) {

    /** The value of what a user wrote, or empty. */
    @FunctionalInterface
    interface Parser<T> {
        Optional<T> parse(Raw raw, Path folder);
    }

    private static final int MAX_PORT = 65_535;
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15}) ?(B|KiB|MiB|GiB)?");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}) ?(ms|s|m|h|d)");

    static final OptionType<String> TEXT =
            scalar("text", "text", text -> text.isBlank() ? Optional.empty() : Optional.of(text));
    static final OptionType<Integer> PORT =
            scalar("port", "a port from 0 (any free one) to 65535", text -> number(text, 0, MAX_PORT).map(Long::intValue));
    static final OptionType<Integer> COUNT =
            scalar("count", "a whole number from 1", text -> number(text, 1, Integer.MAX_VALUE).map(Long::intValue));
    static final OptionType<Long> SIZE_BYTES =
            scalar("size", "a size from 1 B, such as 25 MiB, 256 KiB, 1 GiB or a number of bytes", OptionType::size);
    static final OptionType<Duration> TIME =
            scalar("duration", "a duration with its unit, such as 500ms, 10s, 5m, 12h or 30d", OptionType::duration);
    static final OptionType<Boolean> FLAG = scalar("true or false", "true or false", OptionType::flag);
    static final OptionType<URI> URL =
            scalar("URL", "a URL such as http://localhost:4317", OptionType::url);
    static final OptionType<Path> FILE = new OptionType<>("path", "a path", OptionType::path);
    static final OptionType<List<Path>> FOLDERS =
            new OptionType<>("list of folders", "a list of folders (in a variable: separated by commas)", OptionType::paths);
    static final OptionType<SortedMap<String, String>> PAIRS = new OptionType<>(
            "names and values",
            "names and values (in a variable: name=value, separated by commas, percent-encoded)",
            (raw, folder) -> pairs(raw));

    /** One of an enum's values, written as {@code name} says. */
    static <E extends Enum<E>> OptionType<E> oneOf(Class<E> type, Function<E, String> name) {
        List<E> values = List.of(type.getEnumConstants());
        String all = values.stream().map(name).collect(Collectors.joining(" | "));
        return scalar(all.replace("|", "or"), "one of " + all, text -> values.stream()
                .filter(value -> name.apply(value).equalsIgnoreCase(text))
                .findFirst());
    }

    private static <T> OptionType<T> scalar(
            String name, String expected, Function<String, Optional<T>> parse) {
        return new OptionType<>(
                name,
                expected,
                (raw, folder) -> raw instanceof Raw.Scalar scalar ? parse.apply(scalar.text().strip()) : Optional.empty());
    }

    private static Optional<Long> number(String text, long least, long most) {
        if (!text.matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(text)).filter(value -> value >= least && value <= most);
    }

    private static Optional<Long> size(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int shift = switch (matcher.group(2) == null ? "B" : matcher.group(2)) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            case "GiB" -> 30;
            default -> 0;
        };
        long count = Long.parseLong(matcher.group(1));
        return count == 0 || count > Long.MAX_VALUE >> shift ? Optional.empty() : Optional.of(count << shift);
    }

    private static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                });
    }

    private static Optional<Boolean> flag(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.equals("true") || lower.equals("false") ? Optional.of(lower.equals("true")) : Optional.empty();
    }

    private static Optional<URI> url(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return http && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> path(Raw raw, Path folder) {
        if (!(raw instanceof Raw.Scalar scalar) || scalar.text().isBlank()) {
            return Optional.empty();
        }
        String text = scalar.text().strip();
        try {
            return Optional.of(folder.resolve(text).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<List<Path>> paths(Raw raw, Path folder) {
        List<Raw> items = raw instanceof Raw.Many many
                ? many.items()
                : raw instanceof Raw.Scalar scalar
                        ? Stream.of(scalar.text().split(","))
                                .<Raw>map(text -> new Raw.Scalar(scalar.at(), text))
                                .toList()
                        : List.of();
        List<Path> paths = new ArrayList<>();
        for (Raw item : items) {
            Optional<Path> path = path(item, folder);
            if (path.isEmpty()) {
                return Optional.empty();
            }
            paths.add(path.get());
        }
        return paths.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(paths));
    }

    private static Optional<SortedMap<String, String>> pairs(Raw raw) {
        SortedMap<String, String> pairs = new TreeMap<>();
        if (raw instanceof Raw.Table table) {
            for (var entry : table.entries().entrySet()) {
                if (!(entry.getValue().value() instanceof Raw.Scalar scalar)) {
                    return Optional.empty();
                }
                pairs.put(entry.getKey(), scalar.text());
            }
            return Optional.of(pairs);
        }
        if (raw instanceof Raw.Scalar scalar) {
            return Baggage.parse(scalar.text());
        }
        return Optional.empty();
    }
}
