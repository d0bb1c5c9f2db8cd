package io.contextcore.gateway.lifecycle;

import static io.contextcore.gateway.lifecycle.Lives.HOUR;
import static io.contextcore.gateway.lifecycle.Lives.KEY;
import static io.contextcore.gateway.lifecycle.Lives.T0;
import static io.contextcore.gateway.lifecycle.Lives.opening;
import static io.contextcore.gateway.lifecycle.Lives.order;
import static io.contextcore.gateway.lifecycle.Lives.orderAlias;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.model.TelemetryIds;
import io.contextcore.gateway.model.Timers.Purpose;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Links, parents and aliases. */
final class LifecycleReferencesTest {

    private final Lives lives = new Lives();

    @Test
    void links_and_the_parent_ride_on_the_anchor_and_later_ones_on_an_activity() {
        lives.tell(opening().parent("order", "shop/0").link("order", "shop/2"))
                .tell(order(KEY, T0 + HOUR).link("order", "shop/3"));

        assertEquals(
                List.of(TelemetryIds.spanId("shop/2", "root"), TelemetryIds.spanId("shop/0", "root")),
                lives.span("order story").links().stream()
                        .map(Span.SpanLink::spanId)
                        .toList());
        assertEquals(
                TelemetryIds.traceId("shop/3"),
                lives.spans.get(1).links().get(0).traceId());
    }

    @Test
    void an_alias_forwards_to_the_instance_that_claimed_it() {
        lives.tell(opening().alias("TEA-1")).tell(orderAlias("TEA-1", T0 + HOUR).says("order.told", "packed"));

        Origin first = new Origin("src", "src//d2", 2, "", 0, 0);
        assertEquals("packed", lives.instance().phase().value());
        assertEquals(
                TelemetryIds.spanId(KEY, TelemetryIds.activityPart(first.next("TEA-1", 0))),
                lives.span("order.status_changed").spanId());
    }

    @Test
    void what_nobody_claims_is_told_where_its_own_source_tells() {
        for (String source : List.of("east", "west", "east")) {
            int number = lives.steps;
            Origin from = new Origin(source, source + "//" + number, number, "", 0, 0);
            lives.deliver(
                    orderAlias("TEA-1", T0).says("order.title", source + number).build(from, T0), T0);
        }
        long due = lives.due("TEA-1", Purpose.ADOPT);

        StepResult first = lives.engine.wake(lives.rows.get("TEA-1"), Purpose.ADOPT, due, due, true);
        assertEquals("east", first.emission().source());
        assertEquals(2, first.emission().logs().size());
        assertEquals(due, first.row().timers().due().get(Purpose.ADOPT), "the others have their turn at once");

        StepResult second = lives.engine.wake(first.row(), Purpose.ADOPT, due, due, true);
        assertEquals("west", second.emission().source());
        assertEquals(1, second.emission().logs().size());
        assertNull(second.row());
    }

    @Test
    void a_signal_to_an_alias_waits_for_its_owner() {
        lives.tell(orderAlias("TEA-1", T0 + HOUR).says("order.told", "packed"));
        assertEquals(List.of(), lives.spans);

        lives.tell(opening().alias("TEA-1"), T0 + 2 * HOUR);

        assertEquals("packed", lives.instance().phase().value());
        assertEquals(
                List.of(),
                assertInstanceOf(Row.Alias.class, lives.rows.get("TEA-1")).waiting());
    }

    @Test
    void an_alias_that_nobody_claims_becomes_a_plain_log_after_a_day() {
        lives.tell(orderAlias("TEA-1", T0).says("order.told", "packed"));
        lives.wake("TEA-1", Purpose.ADOPT);

        assertEquals(List.of("order.unresolved"), lives.events());
        assertEquals(AttributeValue.of("TEA-1"), lives.logs.get(0).attributes().get("contextcore.unresolved"));
        assertNull(lives.logs.get(0).traceId());
        assertEquals(List.of(Note.UNRESOLVED), lives.notes);
    }

    @Test
    void a_parent_and_a_link_by_alias_come_once_their_owner_is_known() {
        lives.tell(opening().linkAlias("order", "MATE-2").parentAlias("order", "MATE-2"));
        assertEquals(List.of(), lives.span("order story").links());

        lives.tell(order("shop/2", T0 + HOUR).start(T0 + HOUR).alias("MATE-2"));

        assertEquals("shop/2", lives.instance().parent().value().name());
        assertEquals(
                List.of("shop/2"),
                lives.instance().links().stream()
                        .map(link -> link.target().name())
                        .toList());
        Span linked = lives.spans.stream()
                .filter(span ->
                        span.name().equals("order.updated") && !span.links().isEmpty())
                .findFirst()
                .orElseThrow();
        assertEquals(
                TelemetryIds.spanId("shop/2", "root"), linked.links().get(0).spanId());
        assertEquals(
                lives.spans.size(),
                lives.spans.stream().map(Span::spanId).distinct().count());
    }

    @Test
    void a_link_by_the_alias_of_a_known_owner_is_resolved_at_once() {
        lives.tell(order("shop/2", T0).start(T0).alias("MATE-2")).tell(opening().linkAlias("order", "MATE-2"));

        assertEquals("shop/2", lives.instance().links().get(0).target().name());
    }

    @Test
    void the_first_claim_of_an_alias_stands() {
        lives.tell(opening().alias("TEA-1")).tell(order("shop/2", T0).start(T0).alias("TEA-1"));

        assertEquals(KEY, ((Row.Alias) lives.rows.get("TEA-1")).owner().name());
        assertEquals(List.of(Note.ALIAS_TAKEN), lives.notes);
    }
}
