package io.contextcore.gateway.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.contextcore.gateway.testing.OtlpReceiver.Received;
import io.contextcore.gateway.testing.Promise;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was answered 2xx reaches Tempo and Loki though the gateway is killed again and again, from three sources that also
 * send things twice. {@code -Dkills=200} for more of it; whatever fails names the seed and the kills to run it again with.
 */
class KillIT {

    private static final int KILLS = Integer.getInteger("kills", 10);
    private static final long SEED = Long.getLong("kills.seed", 20260302L);

    private static final String KEY = "contextcore.key";

    @TempDir
    Path folder;

    /**
     * Something that came, and where.
     *
     * @param key of what it belongs to, with the signal: what order holds for. What has no key is alone
     * @param name by which it is known again
     * @param bytes all of it
     * @param life of the process that sent it, and the request's number in it
     */
    private record Item(String key, String name, ByteString bytes, int life, int request) {}

    @Test
    @Promise({"durable-before-answer", "repeats-are-the-same-bytes", "order-per-key"})
    void nothingThatWasAcceptedIsLostAndRepeatsAreTheSameBytes() {
        String replay = "-Dkills.seed=" + SEED + " -Dkills=" + KILLS;
        try {
            System.out.println("KillIT: " + run() + " (" + replay + ")");
        } catch (Exception | AssertionError e) {
            throw new AssertionError(replay + ": " + e.getMessage(), e);
        }
    }

    private String run() throws Exception {
        int shares = Math.max(2, KILLS / 4);
        KillRun calm = KillRun.run(folder.resolve("calm"), shares, 0, SEED);
        KillRun killed = KillRun.run(folder.resolve("killed"), shares, KILLS, SEED);
        List<Item> expected = items(calm.lives());
        List<Item> got = items(killed.lives());

        Names.assertSame(names(expected), names(got), "at the receiver");
        Names.assertSame(names(expected), names(items(List.of(killed.behindCollector()))), "behind the Collector");
        assertEquals(expected.size(), names(expected).size(), "nothing comes twice where nobody is killed");
        assertEquals(0, repeats(expected), "nothing comes twice where nobody is killed");
        assertSameBytes(got);
        assertInOrder(expected, got);
        assertOnlyLastBatchesRepeat(got);
        return killed.answers() + " answers of 2xx, " + killed.redeliveries() + " of them to redeliveries, "
                + names(got).size() + " spans and logs, " + repeats(got) + " repeated, all the same to the byte";
    }

    private static void assertSameBytes(List<Item> items) {
        Map<String, ByteString> first = new HashMap<>();
        for (Item item : items) {
            ByteString before = first.putIfAbsent(item.name(), item.bytes());
            assertTrue(before == null || before.equals(item.bytes()), () -> "two contents of " + item.name());
        }
    }

    /** For each key and signal: what comes first comes first in both. */
    private static void assertInOrder(List<Item> expected, List<Item> got) {
        Map<String, List<String>> right = byKey(expected);
        byKey(got).forEach((key, order) -> assertEquals(right.get(key), order, () -> "order of " + key));
    }

    private static Map<String, List<String>> byKey(List<Item> items) {
        Map<String, Set<String>> seen = new TreeMap<>();
        Map<String, List<String>> order = new TreeMap<>();
        for (Item item : items) {
            if (seen.computeIfAbsent(item.key(), key -> new HashSet<>()).add(item.name())) {
                order.computeIfAbsent(item.key(), key -> new ArrayList<>()).add(item.name());
            }
        }
        return order;
    }

    /** What is repeated was under way at a kill: in its life nothing of the same key was sent after it. */
    private static void assertOnlyLastBatchesRepeat(List<Item> items) {
        Map<String, Item> first = new HashMap<>();
        Map<String, Integer> lastRequest = new LinkedHashMap<>();
        items.forEach(item -> lastRequest.merge(item.key() + "|" + item.life(), item.request(), Math::max));
        for (Item item : items) {
            Item before = first.putIfAbsent(item.name(), item);
            if (before != null) {
                assertTrue(before.life() < item.life(), () -> "twice in one life: " + item.name());
                assertEquals(
                        lastRequest.get(before.key() + "|" + before.life()),
                        before.request(),
                        () -> "repeated though more of its key was sent after it: " + item.name());
                first.put(item.name(), item);
            }
        }
    }

    private static int repeats(List<Item> items) {
        return items.size() - names(items).size();
    }

    private static Set<String> names(List<Item> items) {
        return items.stream().map(Item::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** All but the tallies: what they tell goes by the second at which they tell it. */
    private static List<Item> items(List<List<Received>> lives) {
        List<Item> items = new ArrayList<>();
        for (int life = 0; life < lives.size(); life++) {
            for (int request = 0; request < lives.get(life).size(); request++) {
                Received received = lives.get(life).get(request);
                for (Span span : received.spans()) {
                    items.add(new Item(key(span), Names.of(span), span.toByteString(), life, request));
                }
                for (LogRecord log : received.logs()) {
                    if (!Names.isTally(log)) {
                        items.add(new Item(
                                "log " + Backends.body(log).path(KEY).asText(Backends.hex(log.getSpanId())),
                                Names.of(log),
                                log.toByteString(),
                                life,
                                request));
                    }
                }
            }
        }
        return items;
    }

    private static String key(Span span) {
        String alone = Backends.hex(span.getSpanId());
        return "span " + Backends.attributes(span.getAttributesList()).getOrDefault(KEY, alone);
    }
}
