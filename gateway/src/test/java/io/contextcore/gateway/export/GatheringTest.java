package io.contextcore.gateway.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.testing.OtlpReceiver;
import io.contextcore.gateway.testing.Wait;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a lane begins its next request. */
class GatheringTest {

    private static final Backoff QUICK = new Backoff(1_000_000, 2_000_000, 5_000_000);

    private final Vertx vertx = Vertx.vertx();
    private final Rig rig = new Rig(vertx);

    @AfterEach
    void close() {
        rig.close();
        Wait.until(vertx.close());
    }

    @Test
    void aLaneThatHasJustBegunGathersWhatComesUntilItIsTimeOrAllMustGo() {
        OtlpReceiver receiver = rig.open("grpc", Map.of());
        Exporter exporter = rig.run(options(1, Duration.ofMinutes(10)));
        for (String name : List.of("a", "b", "c")) {
            rig.outbox.append(TelemetrySignal.TRACES, 1, Payloads.span(name), 1);
        }

        Wait.until(exporter.drain(Duration.ofMinutes(1).toNanos()));

        assertEquals(
                List.of(List.of("a", "b", "c")),
                receiver.received().stream()
                        .map(request ->
                                request.spans().stream().map(Span::getName).toList())
                        .toList());
    }

    @Test
    void theTimeSinceTheLastRequestCountsAndALonelyEntryWaitsForCompanyOnlyBriefly() {
        ExportOptions gathering = options(5, Duration.ofMillis(100));

        assertEquals(100, gathering.companyMillis(0));
        assertEquals(60, gathering.companyMillis(40_000_000));
        assertEquals(5, gathering.companyMillis(98_000_000));
        assertEquals(5, gathering.companyMillis(Duration.ofDays(1).toNanos()));
    }

    private static ExportOptions options(long lingerMillis, Duration gather) {
        return new ExportOptions(512, 1_000_000, 2_000_000, lingerMillis, gather.toMillis(), QUICK, 0, 5);
    }
}
