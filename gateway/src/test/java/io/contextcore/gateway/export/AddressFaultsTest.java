package io.contextcore.gateway.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.model.OutboxEntry;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.testing.Certificate;
import io.contextcore.gateway.testing.NameServer;
import io.contextcore.gateway.testing.OtlpReceiver;
import io.contextcore.gateway.testing.Promise;
import io.contextcore.gateway.testing.Wait;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A receiver's name and certificate: what does not fit is waited for, and nothing is sent meanwhile. */
class AddressFaultsTest {

    private static final TelemetrySignal TRACES = TelemetrySignal.TRACES;

    @TempDir
    static Path folder;

    private static NameServer names;
    private static Vertx vertx;

    private final Rig rig = new Rig(vertx);

    @BeforeAll
    static void start() {
        names = NameServer.start();
        vertx = Vertx.vertx(new VertxOptions()
                .setAddressResolverOptions(OtlpSenders.resolver()
                        .setServers(List.of(names.address()))
                        .setCacheMaxTimeToLive(0)
                        .setCacheNegativeTimeToLive(0)));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @AfterAll
    static void stop() {
        Wait.until(vertx.close());
        names.close();
    }

    @Test
    void nothingIsSentToACertificateOfAnotherHost() throws Exception {
        Certificate elsewhere = Certificate.make(folderOf("elsewhere"), "elsewhere.test");
        assertNothingIsSentTo(elsewhere, "grpc");
        assertNothingIsSentTo(elsewhere, "http");
    }

    @Test
    void nothingIsSentToACertificateThatExpiredThoughItsAuthorityIsTrusted() throws Exception {
        Certificate expired = Certificate.makeExpired(folderOf("expired"));
        assertNothingIsSentTo(expired, "grpc");
        assertNothingIsSentTo(expired, "http");
    }

    private void assertNothingIsSentTo(Certificate certificate, String transport) {
        try (Rig secured = new Rig(vertx)) {
            OtlpReceiver target = secured.keep(OtlpReceiver.startTls(certificate));
            secured.connect(
                    transport,
                    "https://localhost:" + Rig.port(target, transport),
                    Map.of("CERTIFICATE", certificate.pem().toString()));
            secured.outbox.append(TRACES, 0, Payloads.span("a"), 1);
            secured.run();

            secured.metrics.await(Metric.EXPORTS, 2, "traces", "retry");
            assertEquals(1, secured.outbox.waitingItems(TRACES));
            assertEquals(List.of(), target.received());
        }
    }

    /** Nobody listens at 127.0.0.2. */
    @ParameterizedTest
    @CsvSource({
        "grpc, 127.0.0.1, 127.0.0.2",
        "http, 127.0.0.1, 127.0.0.2",
        "grpc, 127.0.0.2, 127.0.0.1",
        "http, 127.0.0.2, 127.0.0.1"
    })
    @Promise("any-address")
    void aNameThatResolvesToNothingAndThenToOneThatIsDeadAndOneThatLivesIsWaitedFor(
            String transport, String first, String second) {
        String name = transport + "-" + first.replace('.', '-') + ".test";
        OtlpReceiver target = rig.keep(OtlpReceiver.start(vertx));
        rig.connect(transport, "http://" + name + ":" + Rig.port(target, transport), Map.of());
        OutboxEntry entry = rig.outbox.append(TRACES, 0, Payloads.span("a"), 1);
        rig.run();
        rig.metrics.await(Metric.EXPORTS, 1, "traces", "retry");

        names.put(name, first, second);

        assertEquals(List.of(entry), rig.outbox.deliveries().untilSize(1));
    }

    private static Path folderOf(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }
}
