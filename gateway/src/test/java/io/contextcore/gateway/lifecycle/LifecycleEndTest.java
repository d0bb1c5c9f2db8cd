package io.contextcore.gateway.lifecycle;

import static io.contextcore.gateway.lifecycle.Lives.HOUR;
import static io.contextcore.gateway.lifecycle.Lives.KEY;
import static io.contextcore.gateway.lifecycle.Lives.SECOND;
import static io.contextcore.gateway.lifecycle.Lives.T0;
import static io.contextcore.gateway.lifecycle.Lives.call;
import static io.contextcore.gateway.lifecycle.Lives.opening;
import static io.contextcore.gateway.lifecycle.Lives.order;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Instance.Stage;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.model.TelemetryIds;
import io.contextcore.gateway.model.Timers.Purpose;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ends, what comes after them, and what nobody ends. */
final class LifecycleEndTest {

    private final Lives lives = new Lives();

    @Test
    void a_terminal_phase_ends_it_with_the_last_phase_and_a_completion() {
        lives.tell(opening())
                .tell(order(KEY, T0 + HOUR)
                        .says("order.told", "done")
                        .end(T0 + HOUR)
                        .outcome("done"));

        assertEquals(
                List.of("order story", "order.completed", "order.status new", "order.completed"), lives.spanNames());
        Span completion = lives.spans.get(3);
        assertEquals(TelemetryIds.spanId(KEY, "completion/1"), completion.spanId());
        assertEquals(T0, completion.start());
        assertEquals(T0 + HOUR, completion.end());
        assertEquals(Span.Status.OK, completion.status());
        assertEquals(AttributeValue.of("done"), completion.attributes().get("order.outcome"));
        assertEquals(Stage.ENDED, lives.instance().stage());
        assertNull(lives.instance().phase());
        assertEquals(List.of("order.created", "order.completed"), lives.events());
    }

    @Test
    void a_told_end_ends_it_though_the_phase_is_not_terminal() {
        lives.tell(opening()).tell(order(KEY, T0 + HOUR).end(T0 + HOUR).outcome("deleted"));

        assertEquals(Stage.ENDED, lives.instance().stage());
        assertEquals(T0 + HOUR, lives.instance().endedAt());
    }

    @Test
    void an_end_that_is_older_than_what_is_known_of_the_phase_does_not_end_it() {
        lives.tell(opening())
                .tell(order(KEY, T0 + 2 * HOUR).says("order.told", "packed"))
                .tell(order(KEY, T0 + HOUR).says("order.told", "done").end(T0 + HOUR));

        assertEquals(Stage.OPEN, lives.instance().stage());
    }

    @Test
    void an_end_before_the_start_is_clamped_and_noted() {
        lives.tell(opening())
                .tell(order(KEY, T0 + HOUR).says("order.told", "done").end(T0 - HOUR));

        assertEquals(T0, lives.instance().endedAt());
        assertTrue(lives.notes.contains(Note.END_CLAMPED));
    }

    @Test
    void reopened_it_lives_on_in_the_next_generation_under_the_same_anchor() {
        lives.tell(opening())
                .tell(order(KEY, T0 + HOUR).says("order.told", "done").end(T0 + HOUR))
                .tell(order(KEY, T0 + 2 * HOUR).says("order.told", "new").end(null))
                .tell(order(KEY, T0 + 3 * HOUR).says("order.told", "done").end(T0 + 3 * HOUR));

        assertEquals(2, lives.instance().generation());
        Span second = lives.spans.get(lives.spans.size() - 1);
        assertEquals(TelemetryIds.spanId(KEY, "completion/2"), second.spanId());
        assertEquals(T0 + 2 * HOUR, second.start());
        assertEquals(
                TelemetryIds.spanId(KEY, "completion/1"), second.links().get(0).spanId());
        assertEquals(1, lives.spanNames().stream().filter("order story"::equals).count());
        assertTrue(lives.events().contains("order.reopened"));
    }

    @Test
    void a_generation_inherits_neither_the_end_nor_the_outcome_of_the_one_before() {
        lives.tell(opening())
                .tell(order(KEY, T0 + HOUR)
                        .says("order.told", "done")
                        .end(T0 + HOUR)
                        .outcome("fine"))
                .tell(order(KEY, T0 + 2 * HOUR).says("order.told", "new"))
                .tell(order(KEY, T0 + 3 * HOUR).says("order.told", "done"));

        Span second = lives.spans.get(lives.spans.size() - 1);
        assertEquals(TelemetryIds.spanId(KEY, "completion/2"), second.spanId());
        assertEquals(T0 + 3 * HOUR, second.end());
        assertFalse(second.attributes().containsKey("order.outcome"));
        assertEquals(List.of(), lives.notes);
    }

    @Test
    void a_span_is_sent_once_when_it_ends_inside_its_parents_trace() {
        lives.tell(call("c/1", T0).start(T0).parent("call", "c/0"))
                .tell(call("c/1", T0 + SECOND)
                        .start(T0 + SECOND / 2)
                        .end(T0 + SECOND)
                        .outcome("failed"))
                .tell(call("c/1", T0 + 2 * SECOND).end(T0 + 2 * SECOND));

        assertEquals(1, lives.spans.size());
        Span span = lives.spans.get(0);
        assertEquals("0af7651916cd43dd8448eb211c80319c", span.traceId());
        assertEquals(TelemetryIds.spanId("c/0", "root"), span.parentSpanId());
        assertEquals(T0, span.start());
        assertEquals(T0 + SECOND, span.end());
        assertEquals(Span.Status.error("it failed"), span.status());
        assertEquals(Span.Kind.CLIENT, span.kind());
    }

    @Test
    void an_instance_that_nobody_ends_expires_when_it_was_last_heard_of() {
        lives.tell(call("c/1", T0).start(T0)).tell(call("c/1", T0 + HOUR));
        lives.wake("c/1", Purpose.EXPIRE);

        assertEquals(T0 + HOUR, lives.spans.get(0).end());
        assertEquals(List.of(Note.EXPIRED), lives.notes);
        assertTrue(lives.rows.get("c/1").timers().due().isEmpty());
    }
}
