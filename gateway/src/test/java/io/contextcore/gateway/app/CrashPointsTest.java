package io.contextcore.gateway.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.app.settings.SettingsReader;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.intake.Verdict;
import io.contextcore.gateway.model.Outbox;
import io.contextcore.gateway.model.OutboxEntry;
import io.contextcore.gateway.model.StrictJson;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.pipeline.Plan;
import io.contextcore.gateway.pipeline.Steps;
import io.contextcore.gateway.store.CrashPoints;
import io.contextcore.gateway.store.CrashPoints.Failure;
import io.contextcore.gateway.store.DeadEntry;
import io.contextcore.gateway.store.DeadHead;
import io.contextcore.gateway.store.DeadKey;
import io.contextcore.gateway.store.DeadQuery;
import io.contextcore.gateway.store.Store;
import io.contextcore.gateway.store.Store.Acceptance;
import io.contextcore.gateway.testing.Promise;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process may die before or after any write: whatever the disk holds then leads to the same end. Each such moment of one
 * story is tried, with the mappings that come with the gateway and RocksDB's real files.
 */
@Timeout(600)
class CrashPointsTest {

    private static final long START = 1_772_446_000_000_000_000L;
    private static final int FEWEST_MOMENTS = 40;

    @TempDir
    private Path temp;

    private Plan plan;

    @BeforeEach
    void plan() {
        List<String> sets = List.of(
                "sources.jira.kind=jira",
                "sources.jira.verify=none",
                "sources.claude-code.kind=claude-code",
                "sources.claude-code.verify=none",
                "limits.time=10m");
        Settings settings = SettingsReader.read(
                new SettingsReader.Given(null, sets, temp, Path.of("..", "mappings"), "test"),
                Environment.of(Map.of()));
        plan = Plans.of(settings, Sources.of(settings, BuiltinProgram.of(settings)), "test", Clock.system());
    }

    /** What was there when the process died: the disk, what the receiver had got, and how far the sender had come. */
    private record Crash(
            Failure failure, Path folder, String moment, int act, long time, Map<String, byte[]> received) {}

    /** What is there at the end. */
    private record End(Map<String, String> contents, Map<String, byte[]> received, List<DeadEntry> dead) {}

    /** With each step in a write of its own, and with as many in one as there are. */
    @ParameterizedTest
    @ValueSource(ints = {1, 256})
    @Promise({"step-is-one-write", "delivered-is-one-write"})
    void aProcessThatIsKilledAtAWriteGoesOnToTheSameEnd(int groupSteps) {
        List<CrashStory.Act> story = CrashStory.acts(true);
        End expected = new Life(story, 3, temp.resolve("calm")).live();
        assertRich(expected);
        for (Crash crash : crashes(story, groupSteps, Set.of(Failure.KILLED_BEFORE, Failure.KILLED_AFTER))) {
            assertSame(expected, new Life(story, groupSteps, crash).live(), crash.moment());
        }
    }

    @Test
    @Promise("durable-before-answer")
    void aMachineThatLosesPowerAtAWriteGoesOnToTheSameEnd() {
        int groupSteps = 2;
        List<CrashStory.Act> story = CrashStory.acts(false);
        End expected = withoutTimesOfDeath(new Life(story, 3, temp.resolve("calm")).live());
        for (Crash crash : crashes(story, groupSteps, Set.of(Failure.POWER_CUT))) {
            assertSame(expected, withoutTimesOfDeath(new Life(story, groupSteps, crash).live()), crash.moment());
        }
    }

    private List<Crash> crashes(List<CrashStory.Act> story, int groupSteps, Set<Failure> failures) {
        Life life = new Life(story, groupSteps, temp.resolve("watched"));
        life.wanted = failures;
        life.live();
        assertTrue(life.crashes.size() >= FEWEST_MOMENTS, life.crashes.size() + " moments");
        return life.crashes;
    }

    private static void assertSame(End expected, End end, String moment) {
        assertEquals(Set.of(), different(expected.contents(), end.contents()), moment);
        assertEquals(expected.received().keySet(), end.received().keySet(), moment);
        expected.received()
                .forEach((entry, payload) ->
                        assertArrayEquals(payload, end.received().get(entry), moment));
        assertEquals(
                expected.dead().stream().map(CrashPointsTest::told).toList(),
                end.dead().stream().map(CrashPointsTest::told).toList());
    }

    private static Set<String> different(Map<String, String> one, Map<String, String> other) {
        Set<String> keys = new TreeSet<>(one.keySet());
        keys.addAll(other.keySet());
        keys.removeIf(key -> Objects.equals(one.get(key), other.get(key)));
        return keys;
    }

    private static String told(DeadEntry letter) {
        DeadHead head = letter.head();
        String remains = letter.remains() instanceof DeadEntry.Remains.OfTelemetry refused
                ? HexFormat.of().formatHex(refused.payload())
                : letter.remains().toString();
        return head.key() + " " + head.code() + " " + head.error() + " " + head.source() + " " + head.lane() + " "
                + head.attempts() + " " + remains;
    }

    /** What the receiver refuses once more dies a second time, later than the first. */
    private static End withoutTimesOfDeath(End end) {
        Map<String, String> contents = new TreeMap<>(end.contents());
        contents.keySet().removeIf(key -> key.startsWith("dead_letters "));
        return new End(contents, end.received(), end.dead());
    }

    /** So that the test cannot hold because nothing happened. */
    private static void assertRich(End end) {
        assertEquals(
                Set.of(DeadKey.Kind.DELIVERY, DeadKey.Kind.TRACES, DeadKey.Kind.LOGS),
                end.dead().stream().map(dead -> dead.head().key().kind()).collect(Collectors.toSet()));
        assertEquals(
                1,
                end.dead().stream()
                        .filter(dead -> dead.head().key().kind() == DeadKey.Kind.DELIVERY)
                        .count());
        String told = end.received().values().stream()
                .map(payload -> new String(payload, StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining());
        for (String what : List.of(
                "task.snapshot", "project.snapshot", "task.subtask_completed", "agent.turn.expired", "interrupted")) {
            assertTrue(told.contains(what), what);
        }
        for (String family : List.of("inbox ", "messages ", "outbox ")) {
            assertFalse(end.contents().keySet().stream().anyMatch(key -> key.startsWith(family)), family);
        }
        assertTrue(end.contents().keySet().stream().anyMatch(key -> key.startsWith("timers ")), "timers");
    }

    /** A process: from a disk and a place in the story to the story's end. */
    private final class Life implements Clock {

        private final List<CrashStory.Act> story;
        private final int groupSteps;
        private final Path folder;
        private final Map<String, byte[]> received;
        private final List<Crash> crashes = new ArrayList<>();
        private Set<Failure> wanted = Set.of();
        private int act;
        private long time;

        Life(List<CrashStory.Act> story, int groupSteps, Path folder) {
            this(story, groupSteps, new Crash(Failure.KILLED_BEFORE, folder, "", 0, START, Map.of()));
        }

        Life(List<CrashStory.Act> story, int groupSteps, Crash after) {
            this.story = story;
            this.groupSteps = groupSteps;
            this.folder = after.folder();
            this.act = after.act();
            this.time = after.time();
            this.received = new TreeMap<>(after.received());
        }

        @Override
        public long epochNanos() {
            return time;
        }

        @Override
        public long elapsedNanos() {
            return 0;
        }

        End live() {
            return CrashPoints.watched(folder, groupSteps, this, StrictJson::reread, this::crash, (store, disk) -> {
                for (; act < story.size(); act++) {
                    play(story.get(act), store);
                }
                return new End(disk.contents(), received, dead(store));
            });
        }

        private static List<DeadEntry> dead(Store store) {
            return store.deadLetters(DeadQuery.first(100)).letters().stream()
                    .map(head -> store.deadLetter(head.key()).orElseThrow())
                    .toList();
        }

        private void crash(Failure failure, CrashPoints disk) {
            if (wanted.contains(failure)) {
                String moment = failure + " in act " + act + ", moment " + crashes.size();
                Path copy = disk.copy(failure, temp.resolve("crash-" + crashes.size()));
                crashes.add(new Crash(failure, copy, moment, act, time, Map.copyOf(received)));
            }
        }

        private void play(CrashStory.Act next, Store store) {
            if (next instanceof CrashStory.Send send) {
                send(send, store);
            } else if (next instanceof CrashStory.Settle) {
                Steps.all(store, plan, this);
                export(store.outbox());
            } else if (next instanceof CrashStory.Step) {
                Steps.all(store, plan, this);
            } else if (next instanceof CrashStory.Pass pass) {
                time += pass.time().toNanos();
            }
        }

        /** As a sender does: it knows only what it was answered. */
        private void send(CrashStory.Send send, Store store) {
            Verdict verdict = plan.gates().get(send.request().source()).door().apply(send.request());
            Verdict.Admitted admitted = (Verdict.Admitted) verdict;
            Acceptance answer =
                    store.accept(admitted.arrival()).toCompletableFuture().join();
            assertFalse(answer instanceof Acceptance.Refused, answer::toString);
        }

        private void export(Outbox outbox) {
            for (TelemetrySignal signal : TelemetrySignal.values()) {
                for (int lane = 0; lane < Outbox.LANES; lane++) {
                    for (OutboxEntry entry : outbox.peek(signal, lane, 1_000, Integer.MAX_VALUE)) {
                        receive(outbox, entry);
                    }
                }
            }
        }

        private void receive(Outbox outbox, OutboxEntry entry) {
            if (new String(entry.payload(), StandardCharsets.ISO_8859_1).contains(CrashStory.REFUSED)) {
                outbox.dead(List.of(entry), "invalid-argument");
                return;
            }
            String name = entry.signal() + " " + entry.lane() + " " + entry.sequence();
            byte[] before = received.put(name, entry.payload());
            if (before != null) {
                assertArrayEquals(before, entry.payload(), "a repeat of " + name);
            }
            outbox.delivered(List.of(entry));
        }
    }
}
