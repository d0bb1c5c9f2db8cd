package io.contextcore.gateway.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.testing.Caps;
import io.contextcore.gateway.testing.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Senders that hold connections without using them, or use them too much. */
@Timeout(60)
final class ConnectionsTest {

    private static final String REQUEST = "POST /webhooks/forge HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}";
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final Intake intake = new Intake();

    @AfterEach
    void stop() throws Exception {
        intake.close();
    }

    @Test
    @Promise("slow-senders-keep-nobody-out")
    void aHeadThatComesDropByDropIsNotWaitedFor() throws Exception {
        IntakeServer server = intake.started(listen(LONG, LONG, SHORT, 100));
        try (Wire wire = new Wire(server.port())) {
            wire.send("POST /webhooks/forge HTTP/1.1\r\n");
            assertTrue(endsWhileDripping(wire, "x-a: 1\r\n"));
        }
        assertEquals(1, intake.metrics.of(Metric.CONNECTIONS_CLOSED, "head_time"));
        assertEquals(Map.of(), intake.metrics.received());
    }

    @Test
    void theNextHeadMayTakeAsLongAsAConnectionMayIdle() throws Exception {
        IntakeServer server = intake.started(listen(LONG, SHORT, LONG, 100));
        try (Wire wire = new Wire(server.port())) {
            assertTrue(wire.send(REQUEST).answer().startsWith("http/1.1 202"));
            assertTrue(wire.send(REQUEST).answer().startsWith("http/1.1 202"));
            wire.send("POST /webhooks/forge HTTP/1.1\r\n");
            assertTrue(endsWhileDripping(wire, "x-a: 1\r\n"));
        }
        assertEquals(1, intake.metrics.of(Metric.CONNECTIONS_CLOSED, "idle_time"));
        assertEquals(Map.of("forge accepted", 2L), intake.metrics.received());
    }

    @Test
    @Promise("slow-senders-keep-nobody-out")
    void aBodyThatComesDropByDropIsNotWaitedFor() throws Exception {
        IntakeServer server = intake.started(listen(SHORT, LONG, LONG, 100));
        try (Wire wire = new Wire(server.port())) {
            wire.send("POST /webhooks/forge HTTP/1.1\r\nhost: x\r\ncontent-length: 200000\r\n\r\n");
            assertTrue(endsWhileDripping(wire, "x"));
        }
        assertEquals(Map.of("forge too-slow", 1L), intake.metrics.received());
        assertTrue(intake.receiver.received.isEmpty());
    }

    @Test
    void oneConnectionMoreThanMayBeIsClosedUnanswered() throws Exception {
        IntakeServer server = intake.started(listen(LONG, LONG, LONG, 2));
        try (Wire first = new Wire(server.port());
                Wire second = new Wire(server.port())) {
            assertTrue(first.send(REQUEST).answer().startsWith("http/1.1 202"));
            assertTrue(second.send(REQUEST).answer().startsWith("http/1.1 202"));
            try (Wire third = new Wire(server.port())) {
                assertTrue(third.closes());
            }
            assertTrue(first.send(REQUEST).answer().startsWith("http/1.1 202"), "the others go on");
        }
        assertEquals(1, intake.metrics.of(Metric.CONNECTIONS_CLOSED, "connections"));
        assertTrue(comesInAgain(server.port()), "and those that go make room");
    }

    @Test
    void oneConnectionMoreOfAnAddressThanMayBeIsClosedUnanswered() throws Exception {
        IntakeServer server = intake.started(listen(LONG, LONG, LONG, 100), Caps.with("addressConnections", 2));
        try (Wire first = new Wire(server.port());
                Wire second = new Wire(server.port())) {
            assertTrue(first.send(REQUEST).answer().startsWith("http/1.1 202"));
            assertTrue(second.send(REQUEST).answer().startsWith("http/1.1 202"));
            try (Wire third = new Wire(server.port())) {
                assertTrue(third.closes());
            }
            assertTrue(first.send(REQUEST).answer().startsWith("http/1.1 202"), "the others go on");
        }
        assertEquals(1, intake.metrics.of(Metric.CONNECTIONS_CLOSED, "address_connections"));
        assertTrue(comesInAgain(server.port()), "and those that go make room");
    }

    @Test
    void anAddressIsForgottenWithItsLastConnectionAndOthersHaveTheirOwnCount() {
        OpenConnections open = new OpenConnections(3, 1, Optional::of, intake.metrics);
        assertEquals(Optional.empty(), open.opened("a"));
        assertEquals(Optional.of(OpenConnections.Limit.ADDRESS_CONNECTIONS), open.opened("a"));
        assertEquals(Optional.empty(), open.opened("b"));
        assertEquals(Optional.of(OpenConnections.Limit.CONNECTIONS), open.opened("c"));
        open.closed("c");
        open.closed("a");
        assertEquals(Optional.of(OpenConnections.Limit.ADDRESS_CONNECTIONS), open.opened("a"), "one is still there");
        open.closed("a");
        open.closed("a");
        assertEquals(Optional.empty(), open.opened("a"));
    }

    /** Slow connections take no thread and no room that a good sender needs. */
    @Test
    @Promise("slow-senders-keep-nobody-out")
    void manySlowSendersKeepNobodyOut() throws Exception {
        IntakeServer server = intake.started(listen(LONG, LONG, Duration.ofSeconds(3), 500));
        Wire[] slow = new Wire[400];
        for (int i = 0; i < slow.length; i++) {
            slow[i] = new Wire(server.port());
            slow[i].send("POST /webhooks/forge HTTP/1.1\r\nx-slow: ");
        }
        try (Wire good = new Wire(server.port())) {
            assertTrue(good.send(REQUEST).answer().startsWith("http/1.1 202"));
        }
        for (Wire wire : slow) {
            assertTrue(wire.closes());
            wire.close();
        }
        assertEquals(Map.of("forge accepted", 1L), intake.metrics.received());
    }

    @Test
    void anAddressThatSendsTooMuchIsToldSo() throws Exception {
        IntakeServer server = intake.started(listen(LONG, LONG, LONG, 100), Caps.with("addressRequests", 3));
        try (Wire wire = new Wire(server.port())) {
            for (int i = 0; i < 3; i++) {
                assertTrue(wire.send(REQUEST).answer().startsWith("http/1.1 202"));
            }
            String answer = wire.send(REQUEST).answer();
            assertTrue(answer.startsWith("http/1.1 429"), answer);
            assertTrue(answer.contains("retry-after: 10\r\n"), answer);
        }
        assertEquals(3, intake.receiver.received.size());
        assertEquals(Map.of("forge accepted", 3L, "forge too-many", 1L), intake.metrics.received());
    }

    private static Listen listen(Duration body, Duration idle, Duration head, int connections) {
        return new Listen("127.0.0.1", 0, 1, body, idle, head, connections, Duration.ofSeconds(1));
    }

    /** Whether the other side ends it although a byte comes now and then. */
    private static boolean endsWhileDripping(Wire wire, String drop) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < deadline) {
            try {
                wire.send(drop);
            } catch (IOException closed) {
                return true;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return false;
    }

    private static boolean comesInAgain(int port) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < deadline) {
            try (Wire wire = new Wire(port)) {
                if (wire.send(REQUEST).answer().startsWith("http/1.1 202")) {
                    return true;
                }
            } catch (IOException closed) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
        return false;
    }
}
