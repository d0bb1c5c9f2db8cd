package io.contextcore.gateway.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class BalancesTest {

    private static final String LOST = """
            contextcore_requests_total 3.0
            contextcore_requests_open 0.0
            contextcore_deliveries_received_total{outcome="accepted",source="a"} 2.0
            contextcore_deliveries_received_total{outcome="ping",source="a"} 1.0
            contextcore_deliveries_mapped_total{source="a"} 1.0
            contextcore_items_emitted_total{signal="traces"} 4.0
            contextcore_items_delivered_total{signal="traces"} 4.0
            """;

    @Test
    void aDeliveryThatIsNowhereIsToldWithItsBalance() {
        AssertionError error =
                assertThrows(AssertionError.class, () -> Balances.await(() -> LOST, Duration.ofMillis(50)));
        assertTrue(error.getMessage().contains("off by [1.0 in deliveries: "), error.getMessage());
    }

    @Test
    void whatArrivesLateIsWaitedFor() {
        Deque<String> pages = new ArrayDeque<>(
                List.of(LOST, LOST, LOST + "contextcore_deliveries_ignored_total{reason=\"x\"} 1.0\n"));
        Balances.await(() -> pages.size() > 1 ? pages.pop() : pages.peek());
        assertEquals(1, pages.size());
    }
}
