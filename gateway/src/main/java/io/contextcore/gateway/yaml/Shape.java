package io.contextcore.gateway.yaml;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What may stand at a place of a file. Declared once for each place: {@link Fields} and {@link Field} read by it, and the
 * JSON Schemas for editors are written from it.
 */
public sealed interface Shape {

    /** Text, in quotes where it could be taken for something else. */
    Shape TEXT = new Plain(Plain.Kind.TEXT);

    /** An expression without {@code ${}}. */
    Shape EXPRESSION = new Plain(Plain.Kind.EXPRESSION);

    /** A value that may hold {@code ${…}}, or any single value as it stands. */
    Shape TEMPLATE = new Plain(Plain.Kind.TEMPLATE);

    /** {@code true} or {@code false}. */
    Shape FLAG = new Plain(Plain.Kind.FLAG);

    /** A number, whole or not. */
    Shape NUMBER = new Plain(Plain.Kind.NUMBER);

    /** A time span with its unit. */
    Shape DURATION = new Plain(Plain.Kind.DURATION);

    /** A size with its unit. */
    Shape BYTES = new Plain(Plain.Kind.BYTES);

    /** Whatever YAML can say. */
    Shape ANYTHING = new Anything();

    /** A single value. */
    sealed interface Single extends Shape {}

    /** A single value of a kind. */
    record Plain(Kind kind) implements Single {
        public enum Kind {
            TEXT,
            EXPRESSION,
            TEMPLATE,
            FLAG,
            NUMBER,
            DURATION,
            BYTES
        }
    }

    /** A whole number within [{@code least}, {@code most}]. */
    record Whole(long least, long most) implements Single {}

    /** One of some words. */
    record Words(List<String> words) implements Single {
        public Words {
            words = List.copyOf(words);
        }
    }

    record ListOf(Shape item) implements Shape {}

    /** A map whose keys are free. */
    record MapOf(Shape value) implements Shape {}

    /** One of several. */
    record Either(List<Shape> shapes) implements Shape {
        public Either {
            shapes = List.copyOf(shapes);
        }
    }

    /** A shape that is declared further down, or that holds itself. */
    record Later(Supplier<Shape> shape) implements Shape {}

    record Anything() implements Shape {}

    /** A map whose keys are known. */
    record Known(Form form) implements Shape {}

    static Shape whole(long least, long most) {
        return new Whole(least, most);
    }

    static Shape words(String... words) {
        return new Words(List.of(words));
    }

    static Shape words(List<String> words) {
        return new Words(words);
    }

    /** The constants of an enum, written in lower case. */
    static <E extends Enum<E>> Shape words(Class<E> type) {
        return new Words(Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList());
    }

    static Shape list(Shape item) {
        return new ListOf(item);
    }

    static Shape map(Shape value) {
        return new MapOf(value);
    }

    static Shape either(Shape... shapes) {
        return new Either(List.of(shapes));
    }

    static Shape later(Supplier<Shape> shape) {
        return new Later(shape);
    }

    static Shape of(Form form) {
        return new Known(form);
    }

    /** This shape, or the first of its alternatives, if it is of the given sort. */
    default <S extends Shape> Optional<S> as(Class<S> sort) {
        if (this instanceof Either either) {
            return either.shapes().stream()
                    .flatMap(shape -> shape.as(sort).stream())
                    .findFirst();
        }
        if (this instanceof Later later) {
            return later.shape().get().as(sort);
        }
        return sort.isInstance(this) ? Optional.of(sort.cast(this)) : Optional.empty();
    }

    /** Whether a map of this form may stand here. */
    default boolean admits(Form form) {
        if (this instanceof Either either) {
            return either.shapes().stream().anyMatch(shape -> shape.admits(form));
        }
        if (this instanceof Later later) {
            return later.shape().get().admits(form);
        }
        return this instanceof Anything || (this instanceof Known known && known.form() == form);
    }
}
