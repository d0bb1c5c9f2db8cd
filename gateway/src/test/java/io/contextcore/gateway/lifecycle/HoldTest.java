package io.contextcore.gateway.lifecycle;

import static io.contextcore.gateway.lifecycle.Lives.SECOND;
import static io.contextcore.gateway.lifecycle.Lives.T0;
import static io.contextcore.gateway.lifecycle.Lives.call;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Instance.Stage;
import io.contextcore.gateway.model.TelemetryIds;
import io.contextcore.gateway.model.Timers.Purpose;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A span that ended before its parent is known waits a moment for it. */
final class HoldTest {

    private final Lives lives = Ages.lives();

    private Instance held() {
        return (Instance) lives.rows.get("c/1");
    }

    private void ended() {
        lives.tell(call("c/1", T0).start(T0)).tell(call("c/1", T0 + SECOND).end(T0 + SECOND));
    }

    @Test
    void without_a_parent_the_span_waits_though_its_logs_do_not() {
        ended();

        assertTrue(held().held());
        assertEquals(Stage.ENDED, held().stage());
        assertEquals(List.of(), lives.spans);
        assertEquals(List.of("call.ended"), lives.events());
        assertEquals(T0 + 6 * SECOND, lives.due("c/1", Purpose.HOLD));
    }

    @Test
    void it_goes_with_its_parent_when_that_comes() {
        ended();
        lives.tell(call("c/1", T0 + 2 * SECOND).parent("call", "c/0"));

        assertEquals(1, lives.spans.size());
        assertEquals(TelemetryIds.spanId("c/0", "root"), lives.spans.get(0).parentSpanId());
        assertEquals(T0 + SECOND, lives.spans.get(0).end());
        assertFalse(held().timers().due().containsKey(Purpose.HOLD));
    }

    @Test
    void it_goes_without_a_parent_when_the_time_is_over() {
        ended();
        lives.wake("c/1", Purpose.HOLD);
        lives.tell(call("c/1", T0 + 9 * SECOND).parent("call", "c/0"));

        assertEquals(1, lives.spans.size(), "once");
        assertNull(lives.spans.get(0).parentSpanId());
    }

    @Test
    void another_word_does_not_make_it_wait_longer() {
        ended();
        lives.tell(call("c/1", T0 + 3 * SECOND).says("order.title", "x"));

        assertEquals(T0 + 6 * SECOND, lives.due("c/1", Purpose.HOLD));
    }

    @Test
    void with_a_parent_it_is_sent_at_once() {
        lives.tell(call("c/1", T0).start(T0).parent("call", "c/0"))
                .tell(call("c/1", T0 + SECOND).end(T0 + SECOND));

        assertEquals(1, lives.spans.size());
        assertFalse(held().held());
    }
}
