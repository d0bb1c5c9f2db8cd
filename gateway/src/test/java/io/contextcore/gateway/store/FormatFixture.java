package io.contextcore.gateway.store;

import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.model.Arrival;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.model.Timers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the fixture of a format: a closed store folder as a zip, once, by the version that introduced the format. It is
 * then kept for ever and never written again:
 *
 * <pre>java -cp … io.contextcore.gateway.store.FormatFixture src/test/resources/store/v1/store.zip</pre>
 */
final class FormatFixture {

    private FormatFixture() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("fixture");
        ManualClock clock = new ManualClock(Examples.NOW);
        StoreSettings settings = StoreSettings.defaults();
        try (RocksStore store = RocksStore.open(folder, clock, settings, Examples::parse, Metrics.none())) {
            fill(store);
        }
        try (RocksStore store = RocksStore.open(folder, clock, settings, Examples::parse, Metrics.none())) {
            add(store); // after a reopening a part lies in table files, and this in the log
        }
        zip(folder, Path.of(args[0]));
    }

    /** An arrival whose every part is written out, so that the fixture stands on no helper that may change. */
    static Arrival arrival(int number) {
        byte[] body = ("{\"number\":" + number + "}").getBytes(StandardCharsets.UTF_8);
        return new Arrival(
                "forge-acme",
                "forge",
                "opened",
                "forge-acme//" + number,
                null,
                Map.of("x-event", "opened"),
                body,
                Examples.parse(body),
                Examples.HOUR);
    }

    private static void fill(Store store) {
        for (int i = 1; i <= 4; i++) {
            StoreContract.await(store.accept(arrival(i)));
        }
        store.commit(Examples.commit()
                .delivery(1)
                .row(Examples.instance("forge/example/1", Timers.none().with(Timers.Purpose.SLICE, Examples.NOW + 1)))
                .row(Examples.alias("alias-1"))
                .row(Examples.shadow("forge/example/2"))
                .queue(Examples.signal("forge/example/1"))
                .queue(Examples.claim())
                .queue(Examples.inquiry())
                .telemetry(Examples.spans(1, "spans-1"))
                .telemetry(Examples.spans(1, "spans-2"))
                .telemetry(Examples.logs(7, "logs-1"))
                .build());
        store.outbox().delivered(store.outbox().peek(TelemetrySignal.TRACES, 1, 1, 1));
        store.outbox().dead(store.outbox().peek(TelemetrySignal.LOGS, 7, 1, 1), "invalid-argument");
    }

    private static void add(Store store) {
        store.commit(Examples.commit().message(1).build());
        store.commit(
                Examples.commit().delivery(2).dead("mapping", "no such field").build());
        store.commit(Examples.commit().telemetry(Examples.logs(7, "logs-2")).build());
        StoreContract.await(store.accept(arrival(5)));
    }

    private static void zip(Path folder, Path to) throws IOException {
        try (OutputStream file = Files.newOutputStream(to);
                ZipOutputStream zip = new ZipOutputStream(file);
                Stream<Path> walk = Files.walk(folder)) {
            List<Path> files = walk.filter(Files::isRegularFile)
                    .filter(path -> !path.getFileName().toString().matches("LOG.*|LOCK|lock"))
                    .sorted()
                    .toList();
            for (Path path : files) {
                zip.putNextEntry(new ZipEntry(folder.relativize(path).toString().replace('\\', '/')));
                Files.copy(path, zip);
                zip.closeEntry();
            }
        }
    }
}
