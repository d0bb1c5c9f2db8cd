package io.contextcore.gateway.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.model.Age;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Whether a signed time is recent enough: what was recorded long ago cannot be sent again. */
final class Freshness {

    private static final double SECOND_NANOS = 1e9;

    /** In seconds this is the year 5138, in milliseconds the year 1973. */
    private static final double LEAST_MILLIS = 1e11;

    private final Clock clock;
    private final double skewSeconds;

    Freshness(Limits limits, Clock clock) {
        this.clock = clock;
        this.skewSeconds = limits.clockSkewNanos() / SECOND_NANOS;
    }

    /**
     * Nothing to look at is not recent.
     *
     * @param age null: anything is recent enough
     * @param where what the trees are; an age that looks elsewhere is content
     * @param trees one of them must hold a recent time
     */
    void require(@Nullable Age age, Age.Where where, List<JsonNode> trees) throws Refusal {
        if (age != null && age.where() == where && trees.stream().noneMatch(tree -> isRecent(tree.at(age.at()), age))) {
            throw new Refusal(
                    Reason.TOO_OLD,
                    "the time that the sender signed is too old, ahead of us, or missing (expected: at most "
                            + (long) (age.withinNanos() / SECOND_NANOS) + " s ago)");
        }
    }

    private boolean isRecent(JsonNode time, Age age) {
        double now = clock.epochNanos() / SECOND_NANOS;
        OptionalDouble seconds = seconds(time);
        return seconds.isPresent()
                && seconds.getAsDouble() >= now - age.withinNanos() / SECOND_NANOS
                && seconds.getAsDouble() <= now + skewSeconds;
    }

    private static OptionalDouble seconds(JsonNode time) {
        if (time.isNumber()) {
            double number = time.doubleValue();
            return OptionalDouble.of(number >= LEAST_MILLIS ? number / 1_000 : number);
        }
        if (!time.isTextual()) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(
                    OffsetDateTime.parse(time.textValue()).toInstant().toEpochMilli() / 1e3);
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalDouble.empty();
        }
    }
}
