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
 * the value is missing, and where it is not of the type: then the problem has been added. To read a value as something that
 * its {@link Shape} does not say is a bug.
 */
public final class Field {

    private final String name;
    private final Shape shape;
    private final @Nullable YamlNode node;
    private final Location parent;
    private final Problems problems;

    Field(String name, Shape shape, @Nullable YamlNode node, Location parent, Problems problems) {
        this.name = name;
        this.shape = shape;
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
        declared(Shape.Single.class);
        return single();
    }

    private Optional<YamlScalar> single() {
        if (node instanceof YamlScalar scalar) {
            return Optional.of(scalar);
        }
        return wrong("a single value");
    }

    /** Text. What YAML or a reader of it might take for something else must stand in quotes: {@code no}, {@code 1e3}, {@code 12:30}. */
    public Optional<String> text() {
        declared(Shape.Plain.Kind.TEXT);
        Optional<YamlScalar> scalar = single();
        if (scalar.isPresent() && Scalars.looksLikeSomethingElse(scalar.get())) {
            return needsQuotes();
        }
        return scalar.map(YamlScalar::text);
    }

    /** Complains that readers of YAML do not agree what this is. */
    public <T> Optional<T> needsQuotes() {
        return wrong(ErrorCode.NEEDS_QUOTES, "text: put it in quotes");
    }

    /** A whole number, within the bounds of its shape. */
    public Optional<Long> whole() {
        Shape.Whole bounds = declared(Shape.Whole.class);
        return parsed(Scalars::whole, "a whole number")
                .filter(number -> (number >= bounds.least() && number <= bounds.most())
                        || outside(bounds.least(), bounds.most()));
    }

    /** The same; its bounds are those of an int or narrower. */
    public Optional<Integer> integer() {
        return whole().map(Math::toIntExact);
    }

    public Optional<Double> number() {
        declared(Shape.Plain.Kind.NUMBER);
        return parsed(Scalars::number, "a number");
    }

    /** {@code true} or {@code false}. */
    public Optional<Boolean> flag() {
        declared(Shape.Plain.Kind.FLAG);
        return parsed(Scalars::flag, "true or false");
    }

    /** A number with its unit: {@code 250ms}, {@code 30s}, {@code 5m}, {@code 96h}, {@code 30d}. */
    public Optional<Duration> duration() {
        declared(Shape.Plain.Kind.DURATION);
        return parsed(Scalars::duration, "a time span such as 250ms, 30s, 5m, 96h, 30d");
    }

    /** A size in bytes: {@code 512B}, {@code 64KiB}, {@code 25MiB}, {@code 1GiB}. */
    public Optional<Long> bytes() {
        declared(Shape.Plain.Kind.BYTES);
        return parsed(Scalars::bytes, "a size such as 512B, 64KiB, 25MiB, 1GiB");
    }

    /** One of the given texts. */
    public Optional<String> oneOf(Collection<String> allowed) {
        Shape.Single declared = declared(Shape.Single.class);
        if (declared instanceof Shape.Words words && !words.words().equals(List.copyOf(allowed))) {
            throw new AssertionError(
                    name + " is declared as one of " + words.words() + ", but read as one of " + allowed);
        }
        Optional<YamlScalar> scalar = single();
        if (scalar.isPresent() && !allowed.contains(scalar.get().text())) {
            return wrong(
                    ErrorCode.NOT_ALLOWED,
                    "one of " + String.join(", ", allowed)
                            + Nearest.hint(scalar.get().text(), allowed));
        }
        return scalar.map(YamlScalar::text);
    }

    /** One of the words of its shape. */
    public Optional<String> word() {
        return oneOf(declared(Shape.Words.class).words());
    }

    /** A constant of an enum, written in lower case. */
    public <E extends Enum<E>> Optional<E> oneOf(Class<E> type) {
        List<String> names =
                Arrays.stream(type.getEnumConstants()).map(Field::written).toList();
        return oneOf(names).map(name -> type.getEnumConstants()[names.indexOf(name)]);
    }

    /** The items of a list; empty where there is none. */
    public List<Field> items() {
        Shape item = declared(Shape.ListOf.class).item();
        if (node instanceof YamlSequence sequence) {
            return sequence.items().stream()
                    .map(each -> new Field("an item of '" + name + "'", item, each, location(), problems))
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
        Shape value = declared(Shape.MapOf.class).value();
        if (node instanceof YamlMapping mapping) {
            return mapping.entries().stream()
                    .filter(entry -> isText(entry.key(), problems))
                    .map(entry -> entry(entry, value, location(), problems))
                    .toList();
        }
        wrong("a map");
        return List.of();
    }

    static Entry entry(YamlMapping.Entry entry, Shape value, Location parent, Problems problems) {
        String key = entry.key().text();
        return new Entry(
                key, entry.key().location(), new Field("'" + key + "'", value, entry.value(), parent, problems));
    }

    /** A key is text as well: what could be taken for something else must stand in quotes. */
    static boolean isText(YamlScalar key, Problems problems) {
        if (!Scalars.looksLikeSomethingElse(key)) {
            return true;
        }
        problems.add(
                ErrorCode.NEEDS_QUOTES,
                key.location(),
                "the key " + key.describe() + " does not fit (expected text: put it in quotes)");
        return false;
    }

    /** A map whose keys are known. */
    public Optional<Fields> fields(Form form) {
        if (!shape.admits(form)) {
            throw mismatch(form.what());
        }
        if (node instanceof YamlMapping mapping) {
            return Optional.of(new Fields(mapping, form, problems));
        }
        return wrong("a map");
    }

    private <S extends Shape> S declared(Class<S> sort) {
        return shape.as(sort).orElseThrow(() -> mismatch(sort.getSimpleName()));
    }

    private void declared(Shape.Plain.Kind kind) {
        boolean fits = shape.as(Shape.Single.class)
                .filter(single -> single instanceof Shape.Plain plain && plain.kind() == kind)
                .isPresent();
        if (!fits) {
            throw mismatch(kind.name());
        }
    }

    private AssertionError mismatch(String read) {
        return new AssertionError(name + " is read as " + read + ", but declared as " + shape);
    }

    private <T> Optional<T> parsed(Function<String, Optional<T>> parser, String expected) {
        Optional<YamlScalar> scalar = single();
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
