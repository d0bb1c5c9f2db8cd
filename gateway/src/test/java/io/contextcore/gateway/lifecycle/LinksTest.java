package io.contextcore.gateway.lifecycle;

import static io.contextcore.gateway.lifecycle.Lives.HOUR;
import static io.contextcore.gateway.lifecycle.Lives.KEY;
import static io.contextcore.gateway.lifecycle.Lives.T0;
import static io.contextcore.gateway.lifecycle.Lives.opening;
import static io.contextcore.gateway.lifecycle.Lives.order;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.model.TelemetryIds;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Links that are learnt after the anchor was sent, and links back. */
final class LinksTest {

    private final Lives lives = new Lives();

    @Test
    void a_link_alone_is_an_activity_of_its_own() {
        lives.tell(opening()).tell(order(KEY, T0 + HOUR).link("order", "shop/3"));

        Span linked = lives.span("order.linked");
        assertEquals(T0 + HOUR, linked.start());
        assertEquals(TelemetryIds.traceId("shop/3"), linked.links().get(0).traceId());
        assertEquals(
                TelemetryIds.spanId("shop/3", "root"), linked.links().get(0).spanId());
        assertEquals(List.of("order.created"), lives.events(), "no rule asks for links");
    }

    @Test
    void a_link_beside_another_change_rides_on_its_activity() {
        lives.tell(opening())
                .tell(order(KEY, T0 + HOUR).says("order.told", "packed").link("order", "shop/3"));

        assertEquals(1, lives.span("order.status_changed").links().size());
        assertFalse(lives.spanNames().contains("order.linked"));
    }

    @Test
    void a_link_that_is_known_is_told_once() {
        lives.tell(opening().link("order", "shop/3")).tell(order(KEY, T0 + HOUR).link("order", "shop/3"));

        assertEquals(1, lives.spans.size());
    }

    @Test
    void an_ended_one_tells_a_late_link_too() {
        lives.tell(opening())
                .tell(order(KEY, T0 + HOUR).says("order.told", "done").end(T0 + HOUR))
                .tell(order(KEY, T0 + 2 * HOUR).link("order", "shop/3"));

        assertEquals(1, lives.span("order.linked").links().size());
    }

    @Test
    void a_new_parent_is_a_link_of_the_activity_that_tells_of_it() {
        lives.tell(opening()).tell(order(KEY, T0 + HOUR).parent("order", "shop/0"));

        Span.SpanLink link = lives.span("order.updated").links().get(0);
        assertEquals(TelemetryIds.spanId("shop/0", "root"), link.spanId());
        assertEquals(AttributeValue.of("parent"), link.attributes().get("contextcore.link"));
    }

    @Test
    void a_link_that_says_both_comes_back() {
        lives.tell(order("shop/2", T0).start(T0)).tell(opening().linkBoth("order", "shop/2"));

        Span linked = lives.span("order.linked");
        assertEquals(TelemetryIds.traceId("shop/2"), linked.traceId());
        assertEquals(TelemetryIds.spanId(KEY, "root"), linked.links().get(0).spanId());
        assertEquals(
                AttributeValue.of("back"), linked.links().get(0).attributes().get("contextcore.link"));
    }

    @Test
    void a_link_back_to_one_of_another_lifecycle_is_left_out() {
        lives.tell(Lives.call("c/1", T0).start(T0)).tell(opening().linkBoth("order", "c/1"));

        assertEquals(List.of(), ((Instance) lives.rows.get("c/1")).links());
        assertEquals(List.of(Note.WRONG_LIFECYCLE), lives.notes);
    }

    @Test
    void it_comes_back_once_however_often_it_is_told() {
        lives.tell(order("shop/2", T0).start(T0))
                .tell(opening().linkBoth("order", "shop/2"))
                .tell(order(KEY, T0 + HOUR).linkBoth("order", "shop/2"));

        assertEquals(
                1, lives.spanNames().stream().filter("order.linked"::equals).count());
    }

    @Test
    void a_link_back_waits_for_the_anchor_of_the_one_that_it_concerns() {
        lives.tell(opening().linkBoth("order", "shop/2"))
                .tell(order("shop/2", T0 + HOUR).start(T0 + HOUR));

        Span anchor = lives.spans.get(1);
        assertEquals(TelemetryIds.spanId("shop/2", "root"), anchor.spanId());
        assertEquals(TelemetryIds.spanId(KEY, "root"), anchor.links().get(0).spanId());
    }
}
