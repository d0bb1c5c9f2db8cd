package io.contextcore.gateway.app.tracing;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.app.settings.TracingSettings;
import io.contextcore.gateway.app.settings.TracingSettings.SamplerName;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.export.SendResult;
import io.contextcore.gateway.export.Sender;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.otlp.Resource;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StuckReceiverTest {

    /** Takes a request and never answers it. */
    private static final class Stuck implements Sender {
        private final List<byte[]> requests = new CopyOnWriteArrayList<>();

        @Override
        public Future<SendResult> send(TelemetrySignal signal, byte[] payload, Map<String, Secret> headers) {
            requests.add(payload);
            return Promise.<SendResult>promise().future();
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }

    @Test
    void neitherTheWorkNorTheStopWaitsForWhoTakesNoSpans() {
        Stuck stuck = new Stuck();
        TracingSettings settings =
                new TracingSettings(true, SamplerName.ALWAYS_ON, 1, Duration.ofMillis(1), 4, 2, Duration.ofHours(1));
        OwnSpans spans = new OwnSpans(
                settings, "test", Clock.system(), new OtlpSpanExporter(stuck, new Resource(new TreeMap<>()), "test"));
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            for (int i = 0; i < 1_000; i++) {
                spans.accept("shop", "shop//" + i, Map.of(), 0).end("accepted");
                spans.step("shop", "shop//" + i, i).end("mapped");
                spans.export("traces", 1, () -> LongStream.of(1)).end("delivered");
            }
            spans.close(Duration.ofMillis(100));
        });
        assertTrue(stuck.requests.size() >= 1, "it was tried");
    }
}
