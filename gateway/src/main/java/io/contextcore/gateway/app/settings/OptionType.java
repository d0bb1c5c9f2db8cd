package io.contextcore.gateway.app.settings;

import io.contextcore.gateway.base.IpRange;
import io.contextcore.gateway.yaml.Scalars;
import io.contextcore.gateway.yaml.YamlMapping;
import io.contextcore.gateway.yaml.YamlNode;
import io.contextcore.gateway.yaml.YamlScalar;
import io.contextcore.gateway.yaml.YamlSequence;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the text of an option becomes a value.
 *
 * @param name as the settings page shows it
 * @param expected what an error message says was expected
 * @param confidential whether a message must not repeat the value
 * @param parser empty where the text is no such value; paths are resolved against the given folder
 */
record OptionType<T>(String name, String expected, boolean confidential, Parser<T> parser) {

    /** The value of what a user wrote, or empty. */
    @FunctionalInterface
    interface Parser<T> {
        Optional<T> parse(YamlNode node, Path folder);
    }

    private static final int MAX_PORT = 65_535;

    static final OptionType<String> TEXT =
            scalar("text", "text", text -> text.isBlank() ? Optional.empty() : Optional.of(text));
    static final OptionType<Integer> PORT = scalar(
            "port",
            "a port from 0 (any free one) to 65535",
            text -> number(text, 0, MAX_PORT).map(Long::intValue));
    static final OptionType<Integer> COUNT = scalar(
            "count",
            "a whole number from 1",
            text -> number(text, 1, Integer.MAX_VALUE).map(Long::intValue));
    static final OptionType<Long> SIZE_BYTES = scalar(
            "size",
            "a size such as 512B, 256KiB, 25MiB, 1GiB",
            text -> Scalars.bytes(text).filter(size -> size > 0));
    static final OptionType<Duration> TIME =
            scalar("duration", "a duration with its unit, such as 500ms, 10s, 5m, 12h or 30d", Scalars::duration);
    static final OptionType<Boolean> FLAG = scalar("true or false", "true or false", Scalars::flag);
    static final OptionType<Path> FILE = new OptionType<>("path", "a path", false, OptionType::path);
    static final OptionType<List<Path>> FOLDERS = new OptionType<>(
            "list of folders", "a list of folders (in a variable: separated by commas)", false, OptionType::paths);
    static final OptionType<List<IpRange>> RANGES = new OptionType<>(
            "list of addresses",
            "a list (in a variable: separated by commas) of " + IpRange.FORM,
            false,
            (node, folder) -> ranges(node));
    /** What {@link SecretReader} reads; a file's path is resolved. */
    static final OptionType<String> SECRET = new OptionType<>(
            "secret", "a secret, `file:` and a path, or `env:` and a variable", true, OptionType::secret);
    /** As the variables write them; values in a file stand as they are. */
    static final OptionType<String> HEADERS = new OptionType<>(
            "names and values",
            "names and values, none of them blank (in a variable: name=value, separated by commas, percent-encoded)",
            true,
            (node, folder) -> headers(node));

    /** One of a few words. */
    static OptionType<String> word(String... words) {
        List<String> all = List.of(words);
        return scalar(
                String.join(" or ", all),
                "one of " + String.join(", ", all),
                text -> all.stream().filter(word -> word.equalsIgnoreCase(text)).findFirst());
    }

    /** One of an enum's values, written as {@code name} says. */
    static <E extends Enum<E>> OptionType<E> oneOf(Class<E> type, Function<E, String> name) {
        List<E> values = List.of(type.getEnumConstants());
        String all = values.stream().map(name).collect(Collectors.joining(" | "));
        return scalar(
                all.replace("|", "or"),
                "one of " + all,
                text -> values.stream()
                        .filter(value -> name.apply(value).equalsIgnoreCase(text))
                        .findFirst());
    }

    /** Several of an enum's values, or {@code none} of them. */
    static <E extends Enum<E>> OptionType<List<E>> listOf(Class<E> type, Function<E, String> name) {
        OptionType<E> one = oneOf(type, name);
        return new OptionType<>(
                "list of " + one.name,
                "a list (in a variable: separated by commas) with " + one.expected + "; or `none`",
                false,
                (node, folder) -> several(node, one, folder));
    }

    private static <E> Optional<List<E>> several(YamlNode node, OptionType<E> one, Path folder) {
        if (node instanceof YamlScalar scalar && scalar.text().strip().equals("none")) {
            return Optional.of(List.of());
        }
        List<E> found = new ArrayList<>();
        for (YamlNode item : items(node)) {
            Optional<E> value = one.parser.parse(item, folder);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            found.add(value.get());
        }
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(found.stream().distinct().toList());
    }

    private static <T> OptionType<T> scalar(String name, String expected, Function<String, Optional<T>> parse) {
        return new OptionType<>(
                name,
                expected,
                false,
                (node, folder) -> node instanceof YamlScalar scalar
                        ? parse.apply(scalar.text().strip())
                        : Optional.empty());
    }

    private static Optional<Long> number(String text, long least, long most) {
        return Scalars.whole(text).filter(value -> value >= least && value <= most);
    }

    private static Optional<Path> path(YamlNode node, Path folder) {
        if (!(node instanceof YamlScalar scalar) || scalar.text().isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(folder.resolve(scalar.text().strip()).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> secret(YamlNode node, Path folder) {
        if (!(node instanceof YamlScalar scalar) || scalar.text().isBlank()) {
            return Optional.empty();
        }
        String text = scalar.text().strip();
        return Optional.of(
                text.startsWith(SecretReader.FILE)
                        ? SecretReader.FILE + folder.resolve(text.substring(SecretReader.FILE.length()))
                        : text);
    }

    private static Optional<List<Path>> paths(YamlNode node, Path folder) {
        List<Path> paths = new ArrayList<>();
        for (YamlNode item : items(node)) {
            Optional<Path> path = isBuiltin(item) ? Optional.of(Settings.BUILTIN) : path(item, folder);
            if (path.isEmpty()) {
                return Optional.empty();
            }
            paths.add(path.get());
        }
        return paths.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(paths));
    }

    private static Optional<List<IpRange>> ranges(YamlNode node) {
        List<IpRange> ranges = new ArrayList<>();
        for (YamlNode item : items(node)) {
            Optional<IpRange> range = item instanceof YamlScalar scalar
                    ? IpRange.parse(scalar.text().strip())
                    : Optional.empty();
            if (range.isEmpty()) {
                return Optional.empty();
            }
            ranges.add(range.get());
        }
        return ranges.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(ranges));
    }

    private static boolean isBuiltin(YamlNode node) {
        return node instanceof YamlScalar scalar && scalar.text().strip().equals(Settings.BUILTIN.toString());
    }

    private static List<? extends YamlNode> items(YamlNode node) {
        if (node instanceof YamlSequence sequence) {
            return sequence.items();
        }
        return node instanceof YamlScalar scalar
                ? Stream.of(scalar.text().split(","))
                        .map(text -> YamlScalar.given(text, scalar.location()))
                        .toList()
                : List.of();
    }

    private static Optional<String> headers(YamlNode node) {
        if (node instanceof YamlScalar scalar) {
            return Optional.of(scalar.text());
        }
        if (!(node instanceof YamlMapping mapping)) {
            return Optional.empty();
        }
        List<String> pairs = new ArrayList<>();
        for (YamlMapping.Entry entry : mapping.entries()) {
            if (!(entry.value() instanceof YamlScalar scalar) || scalar.text().isBlank()) {
                return Optional.empty();
            }
            String encoded =
                    URLEncoder.encode(scalar.text(), StandardCharsets.UTF_8).replace("+", "%20");
            pairs.add(entry.key().text() + "=" + encoded);
        }
        return Optional.of(String.join(",", pairs));
    }
}
