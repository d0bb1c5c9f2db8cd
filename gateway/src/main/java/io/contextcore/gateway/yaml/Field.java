package io.contextcore.gateway.yaml;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Problems;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The value of one key, or one item of a list, to be read as the type that is wanted. Every reader yields empty where
 * the value is missing, and where it is not of the type: then the problem has been added.
 */
public final class Field {

    private final String name;
    private final @Nullable YamlNode node;
    private final Location parent;
    private final Problems problems;

    Field(String name, @Nullable YamlNode node, Location parent, Problems problems) {
        this.name = name;
        this.node = node;
        this.parent = parent;
        this.problems = problems;
    }

    /** One named value with its key. */
    public record Entry(String key, Location keyLocation, Field value) {}

    public boolean isPresent() {
        return node != null;
    }

    /** Place of the value, or of the map that lacks it. */
    public Location location() {
        return node == null ? parent : node.location();
    }

    public Optional<YamlNode> node() {
        return Optional.ofNullable(node);
    }

    /** Adds a problem at this value. */
    public void problem(ErrorCode code, String message) {
        problems.add(code, location(), message);
    }

    /** Any single value, as it stands: for templates and expressions. */
    public Optional<YamlScalar> scalar() {
        if (node instanceof YamlScalar scalar) {
            return Optional.of(scalar);
        }
        return wrong("a single value");
    }

    /** Text. What YAML or a reader of it might take for something else must stand in quotes: {@code no}, {@code 1e3}, {@code 12:30}. */
    public Optional<String> text() {
        Optional<YamlScalar> scalar = scalar();
        if (scalar.isPresent() && Scalars.looksLikeSomethingElse(scalar.get())) {
            return wrong(ErrorCode.NEEDS_QUOTES, "text: put it in quotes");
        }
        return scalar.map(YamlScalar::text);
    }

    /** A whole number within [{@code least}, {@code most}]. */
    public Optional<Long> whole(long least, long most) {
        return parsed(Scalars::whole, "a whole number")
                .filter(number -> (number >= least && number <= most) || outside(least, most));
    }

    /** A whole number within [{@code least}, {@code most}]. */
    public Optional<Integer> integer(int least, int most) {
        return whole(least, most).map(Long::intValue);
    }

    public Optional<Double> number() {
        return parsed(Scalars::number, "a number");
    }

    /** {@code true} or {@code false}. */
    public Optional<Boolean> flag() {
        return parsed(Scalars::flag, "true or false");
    }

    /** A number with its unit: {@code 250ms}, {@code 30s}, {@code 5m}, {@code 96h}, {@code 30d}. */
    public Optional<Duration> duration() {
        return parsed(Scalars::duration, "a time span such as 250ms, 30s, 5m, 96h, 30d");
    }

    /** A size in bytes: {@code 512B}, {@code 64KiB}, {@code 25MiB}, {@code 1GiB}. */
    public Optional<Long> bytes() {
        return parsed(Scalars::bytes, "a size such as 512B, 64KiB, 25MiB, 1GiB");
    }

    /** One of the given texts. */
    public Optional<String> oneOf(Collection<String> allowed) {
        Optional<YamlScalar> scalar = scalar();
        if (scalar.isPresent() && !allowed.contains(scalar.get().text())) {
            return wrong(
                    ErrorCode.NOT_ALLOWED,
                    "one of " + String.join(", ", allowed)
                            + Nearest.hint(scalar.get().text(), allowed));
        }
        return scalar.map(YamlScalar::text);
    }

    /** A constant of an enum, written in lower case. */
    public <E extends Enum<E>> Optional<E> oneOf(Class<E> type) {
        List<String> names =
                Arrays.stream(type.getEnumConstants()).map(Field::written).toList();
        return oneOf(names).map(name -> type.getEnumConstants()[names.indexOf(name)]);
    }

    /** The items of a list; empty where there is none. */
    public List<Field> items() {
        if (node instanceof YamlSequence sequence) {
            return sequence.items().stream()
                    .map(item -> new Field("an item of '" + name + "'", item, location(), problems))
                    .toList();
        }
        wrong("a list");
        return List.of();
    }

    /** A list of texts. */
    public List<String> texts() {
        return items().stream().flatMap(item -> item.text().stream()).toList();
    }

    /** A list of single values, as they stand. */
    public List<YamlScalar> scalars() {
        return items().stream().flatMap(item -> item.scalar().stream()).toList();
    }

    /** The entries of a map whose keys are free; empty where there is none. */
    public List<Entry> entries() {
        if (node instanceof YamlMapping mapping) {
            return mapping.entries().stream()
                    .map(entry -> new Entry(
                            entry.key().text(),
                            entry.key().location(),
                            new Field("'" + entry.key().text() + "'", entry.value(), location(), problems)))
                    .toList();
        }
        wrong("a map");
        return List.of();
    }

    /** A map whose keys are known. */
    public Optional<Fields> fields(String what) {
        if (node instanceof YamlMapping mapping) {
            return Optional.of(new Fields(mapping, what, problems));
        }
        return wrong("a map");
    }

    private <T> Optional<T> parsed(Function<String, Optional<T>> parser, String expected) {
        Optional<YamlScalar> scalar = scalar();
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        Optional<T> value = parser.apply(scalar.get().text());
        return value.isPresent() ? value : wrong(expected);
    }

    private boolean outside(long least, long most) {
        problem(ErrorCode.OUT_OF_RANGE, describe() + " is out of range (expected " + least + " to " + most + ")");
        return false;
    }

    private <T> Optional<T> wrong(String expected) {
        return wrong(ErrorCode.WRONG_TYPE, expected);
    }

    private <T> Optional<T> wrong(ErrorCode code, String expected) {
        if (node != null) {
            problem(code, describe() + " does not fit (expected " + expected + ")");
        }
        return Optional.empty();
    }

    private String describe() {
        return name + ": " + (node == null ? "nothing" : node.describe());
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
