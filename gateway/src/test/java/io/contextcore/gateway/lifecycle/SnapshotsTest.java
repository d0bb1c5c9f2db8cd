package io.contextcore.gateway.lifecycle;

import static io.contextcore.gateway.lifecycle.Ages.DAY;
import static io.contextcore.gateway.lifecycle.Lives.HOUR;
import static io.contextcore.gateway.lifecycle.Lives.KEY;
import static io.contextcore.gateway.lifecycle.Lives.T0;
import static io.contextcore.gateway.lifecycle.Lives.opening;
import static io.contextcore.gateway.lifecycle.Lives.order;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.LogRecord;
import io.contextcore.gateway.model.TelemetryIds;
import io.contextcore.gateway.model.Timers.Purpose;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The present state is told again and again. */
final class SnapshotsTest {

    private final Lives lives = Ages.lives();

    private List<String> snapshots() {
        return lives.logs.stream()
                .filter(log -> Set.of("order.snapshot", "order.archived").contains(log.eventName()))
                .map(log -> log.eventName() + " " + (log.time() - T0) / HOUR)
                .toList();
    }

    @Test
    void the_state_is_told_at_every_interval_from_when_it_was_first_seen() {
        lives.tell(opening());
        lives.tell(order(KEY, T0 + HOUR).says("order.told", "packed"));
        lives.wake(KEY, Purpose.SNAPSHOT);

        LogRecord log = lives.logs.get(lives.logs.size() - 1);
        assertEquals("order.snapshot", log.eventName());
        assertEquals(T0 + 6 * HOUR, log.time());
        assertEquals(T0 + 6 * HOUR, log.observed());
        assertEquals(TelemetryIds.traceId(KEY), log.traceId());
        assertEquals(TelemetryIds.spanId(KEY, "root"), log.spanId());
        assertEquals(AttributeValue.of("packed"), log.attributes().get("order.status"));
        assertEquals(AttributeValue.of("Tea"), log.body().get("order.title"));
        assertEquals(T0 + 12 * HOUR, lives.due(KEY, Purpose.SNAPSHOT));
    }

    @Test
    void several_rules_share_one_timer() {
        lives.tell(opening());
        for (int i = 0; i < 4; i++) {
            lives.wake(KEY, Purpose.SNAPSHOT);
        }

        assertEquals(
                List.of(
                        "order.snapshot 6",
                        "order.snapshot 12",
                        "order.snapshot 18",
                        "order.snapshot 24",
                        "order.archived 24"),
                snapshots());
    }

    @Test
    void what_was_missed_is_not_made_up() {
        lives.tell(opening());
        lives.wake(KEY, Purpose.SNAPSHOT, T0 + 30 * DAY, true);

        assertEquals(List.of("order.snapshot 6"), snapshots());
        assertEquals(T0 + 30 * DAY + 6 * HOUR, lives.due(KEY, Purpose.SNAPSHOT));
    }

    @Test
    void a_step_in_between_does_not_move_it() {
        lives.tell(opening());
        lives.wake(KEY, Purpose.SNAPSHOT, T0 + 30 * DAY, true);
        lives.tell(order(KEY, T0 + 7 * HOUR).says("order.told", "packed"));

        assertEquals(T0 + 30 * DAY + 6 * HOUR, lives.due(KEY, Purpose.SNAPSHOT));
    }

    @Test
    void an_ended_one_is_told_by_those_rules_that_go_on_until_it_is_forgotten() {
        lives.tell(opening())
                .tell(order(KEY, T0 + HOUR).says("order.told", "done").end(T0 + HOUR));
        lives.wake(KEY, Purpose.SNAPSHOT);
        lives.wake(KEY, Purpose.SNAPSHOT);

        assertEquals(List.of("order.archived 24"), snapshots(), "the timer of the open one finds nothing to tell");
        assertEquals(T0 + 48 * HOUR, lives.due(KEY, Purpose.SNAPSHOT));
    }

    @Test
    void a_shadow_is_not_told() {
        lives.tell(order(KEY, T0).says("order.told", "packed"));

        assertFalse(lives.rows.get(KEY).timers().due().containsKey(Purpose.SNAPSHOT));
    }
}
