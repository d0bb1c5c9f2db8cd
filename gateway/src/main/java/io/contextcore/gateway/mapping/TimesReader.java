package io.contextcore.gateway.mapping;

import static io.contextcore.gateway.yaml.Form.Key.optional;
import static io.contextcore.gateway.yaml.Form.Key.required;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleDefinition.Snapshot;
import io.contextcore.gateway.model.LifecycleDefinition.Times;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Shape;
import io.contextcore.gateway.yaml.YamlScalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what happens to a lifecycle's instances by itself. */
final class TimesReader {

    private static final String NEVER = "never";
    private static final Duration SLICE = Duration.ofHours(24);
    private static final Duration TOMBSTONE_OF_ANCHOR = Duration.ofDays(400);
    private static final Duration TOMBSTONE_OF_SPAN = Duration.ofDays(7);

    /** Times of day and intervals must add up without an overflow of 64-bit nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** Each is a record of every open instance. */
    private static final Duration SHORTEST_SNAPSHOT = Duration.ofMinutes(1);

    /** It delays what one sees. */
    private static final Duration LONGEST_HOLD = Duration.ofMinutes(10);

    private static final Shape TIME_SPAN = Shape.either(Shape.DURATION, Shape.words(NEVER));

    private static final Form SNAPSHOT = Form.of(
            "a snapshot",
            required("event", Shape.TEXT, "event name of the log record"),
            required("every", Shape.DURATION, "interval, counted from when the instance was first seen"),
            optional(
                    "where",
                    Shape.words("open", "any"),
                    "only while it is open, or until it is forgotten; default open"));

    /** Keys of a lifecycle file. */
    static final List<Form.Key> KEYS = List.of(
            optional("snapshots", Shape.list(Shape.of(SNAPSHOT)), "logs of the present state, again and again"),
            optional("slice", Shape.DURATION, "a longer phase is cut; default 24h"),
            optional("expire", TIME_SPAN, "an open instance that was not heard of for so long ends as `expired`"),
            optional("hold", Shape.DURATION, "so long an ended span without a parent waits for one; default 0s"),
            optional("forget", TIME_SPAN, "so long after its end an instance becomes a tombstone; default never"),
            optional("tombstone", Shape.DURATION, "so long the tombstone is kept; default 400d, of spans 7d"));

    private TimesReader() {}

    static Times times(Fields fields, LifecycleDefinition.Shape shape) {
        Field forget = fields.get("forget");
        Field tombstone = fields.get("tombstone");
        Long forgotten = orNever(forget);
        if (tombstone.isPresent() && forgotten == null) {
            tombstone.problem(
                    ErrorCode.KEYS_DISAGREE,
                    "'tombstone' stands without 'forget' (expected `forget: 30d`, say, beside it)");
        }
        return new Times(
                Nanos.of(between(fields.get("slice"), SHORTEST, LONGEST).orElse(SLICE)),
                orNever(fields.get("expire")),
                Nanos.of(hold(fields.get("hold"), shape)),
                forgotten,
                Nanos.of(between(tombstone, SHORTEST, LONGEST)
                        .orElse(shape == LifecycleDefinition.Shape.ANCHOR ? TOMBSTONE_OF_ANCHOR : TOMBSTONE_OF_SPAN)));
    }

    static List<Snapshot> snapshots(Field field) {
        List<Snapshot> snapshots = new ArrayList<>();
        if (field.isPresent()) {
            for (Field item : field.items()) {
                item.fields(SNAPSHOT).ifPresent(fields -> {
                    Optional<String> event = fields.get("event").text();
                    Optional<Duration> every = between(fields.get("every"), SHORTEST_SNAPSHOT, LONGEST);
                    boolean whileOpen =
                            fields.get("where").word().orElse("open").equals("open");
                    if (event.isPresent() && every.isPresent()) {
                        snapshots.add(new Snapshot(event.get(), Nanos.of(every.get()), whileOpen));
                    }
                });
            }
        }
        return snapshots;
    }

    private static Duration hold(Field field, LifecycleDefinition.Shape shape) {
        if (field.isPresent() && shape == LifecycleDefinition.Shape.ANCHOR) {
            field.problem(
                    ErrorCode.KEYS_DISAGREE,
                    "'hold' is for `root: span` (an anchor is sent at once and waits for no parent)");
        }
        return between(field, Duration.ZERO, LONGEST_HOLD).orElse(Duration.ZERO);
    }

    private static @Nullable Long orNever(Field field) {
        if (field.node().orElse(null) instanceof YamlScalar scalar
                && scalar.text().equals(NEVER)) {
            return null;
        }
        return between(field, SHORTEST, LONGEST).map(Nanos::of).orElse(null);
    }

    /** A second at least, and at most what adds up. */
    static Optional<Duration> timeSpan(Field field) {
        return between(field, SHORTEST, LONGEST);
    }

    private static Optional<Duration> between(Field field, Duration least, Duration most) {
        Optional<Duration> duration = field.duration();
        if (duration.isPresent()
                && (duration.get().compareTo(least) < 0 || duration.get().compareTo(most) > 0)) {
            field.problem(
                    ErrorCode.OUT_OF_RANGE,
                    "the time span is out of range (expected " + shown(least) + " to " + shown(most) + ")");
            return Optional.empty();
        }
        return duration;
    }

    private static String shown(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + "d";
        }
        return duration.toMinutes() > 0 ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
    }
}
