package io.contextcore.gateway.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.model.Timers;
import io.contextcore.gateway.store.Store.Acceptance;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that an earlier version closed is opened with all that is in it. */
final class FormatTest {

    private final ManualClock clock = new ManualClock(Examples.NOW + 1);

    @TempDir
    Path folder;

    @Test
    void aStoreOfFormatOneIsOpenedWithAllThatIsInIt() throws IOException {
        unzip("/store/v1/store.zip");
        try (RocksStore store =
                RocksStore.open(folder, clock, StoreSettings.defaults(), Examples::parse, Metrics.none())) {
            assertEquals(new Store.Recovered(3, 2, 1), store.recovered());
            assertEquals(2, store.cursor());
            assertEquals(Examples.NOW, store.lastNow());
            assertDeliveries(store.deliveries(0, 10));
            assertState(store);
            assertOutbox(store);
            assertEquals(new Acceptance.Duplicate(), StoreContract.await(store.accept(FormatFixture.arrival(1))));
            Acceptance next = StoreContract.await(store.accept(FormatFixture.arrival(6)));
            assertEquals(new Acceptance.Accepted(6, Examples.NOW + 1), next);
        }
    }

    @Test
    void deadLettersOfBeforeTheirBytesWereCountedTakeNoRoom() throws IOException {
        unzip("/store/v1/store.zip");
        long inbox = 3 * (Sizes.INBOX_ENTRY + "{\"number\":3}".length());
        long outbox = 2 * Sizes.OUTBOX_ENTRY + "spans-2".length() + "logs-2".length();
        long room = inbox + outbox + Sizes.INBOX_ENTRY + 100;
        assertEquals(Acceptance.Refused.FULL, acceptWithBudget(room - 1));
        assertInstanceOf(Acceptance.Accepted.class, acceptWithBudget(room));
    }

    private Acceptance acceptWithBudget(long bytes) {
        StoreSettings settings = StoreSettings.defaults().withDiskBudgetBytes(bytes);
        try (RocksStore store = RocksStore.open(folder, clock, settings, Examples::parse, Metrics.none())) {
            return StoreContract.await(store.accept(Examples.sized("another", 100)));
        }
    }

    private static void assertDeliveries(List<Delivery> deliveries) {
        assertEquals(List.of(3L, 4L, 5L), StoreContract.sequences(deliveries));
        assertEquals(
                new Delivery(
                        3,
                        "forge-acme",
                        "forge",
                        "opened",
                        "forge-acme//3",
                        Map.of("x-event", "opened"),
                        Examples.parse("{\"number\":3}".getBytes(StandardCharsets.UTF_8)),
                        Examples.NOW),
                deliveries.get(0));
    }

    private static void assertState(Store store) {
        Timers slice = Timers.none().with(Timers.Purpose.SLICE, Examples.NOW + 1);
        assertEquals(
                asFormatOneHasIt(Examples.instance("forge/example/1", slice)),
                String.valueOf(store.row("forge/example/1")));
        assertEquals(
                asFormatOneHasIt(Examples.shadow("forge/example/2")), String.valueOf(store.row("forge/example/2")));
        assertEquals(asFormatOneHasIt(Examples.alias("alias-1")), String.valueOf(store.row("alias-1")));
        List<Message> messages = new ArrayList<>();
        for (long number : new long[] {2, 3}) {
            Store.QueuedMessage next = store.nextMessage().orElseThrow();
            assertEquals(number, next.number());
            messages.add(next.message());
            store.commit(Examples.commit().message(number).build());
        }
        assertEquals(asFormatOneHasIt(List.of(Examples.claim(), Examples.inquiry())), messages.toString());
        assertEquals(Optional.of(new Store.DueTimer(Examples.NOW, Timers.Purpose.ADOPT, "alias-1")), store.nextTimer());
    }

    /** The first format knew no source of a row or message, and no link that goes both ways. */
    private static String asFormatOneHasIt(Object today) {
        return today.toString().replace("source=forge-acme", "source=").replace("both=true", "both=false");
    }

    private static void assertOutbox(Store store) {
        assertEquals(List.of("spans-2"), StoreContract.payloads(store, TelemetrySignal.TRACES, 1));
        assertEquals(List.of("logs-2"), StoreContract.payloads(store, TelemetrySignal.LOGS, 7));
        List<DeadHead> dead = store.deadLetters(DeadQuery.first(10)).letters();
        assertEquals(
                List.of(DeadKey.Kind.DELIVERY, DeadKey.Kind.LOGS),
                dead.stream().map(letter -> letter.key().kind()).toList());
        assertEquals("no such field", dead.get(0).error());
        assertEquals(
                List.of("forge-acme", ""), dead.stream().map(DeadHead::source).toList(), "of letters that say none");
        assertEquals(1, dead.get(0).attempts());
        DeadEntry.Remains.OfDelivery died = assertInstanceOf(
                DeadEntry.Remains.OfDelivery.class,
                store.deadLetter(dead.get(0).key()).orElseThrow().remains());
        assertEquals("forge-acme//2", died.delivery().id());
        DeadEntry.Remains.OfTelemetry refused = assertInstanceOf(
                DeadEntry.Remains.OfTelemetry.class,
                store.deadLetter(dead.get(1).key()).orElseThrow().remains());
        assertArrayEquals("logs-1".getBytes(StandardCharsets.UTF_8), refused.payload());
    }

    private void unzip(String resource) throws IOException {
        InputStream bytes = getClass().getResourceAsStream(resource);
        assertNotNull(bytes, resource);
        try (ZipInputStream zip = new ZipInputStream(bytes)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
    }
}
