package io.contextcore.gateway.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.contextcore.gateway.model.Arrival;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Cell;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Kin;
import io.contextcore.gateway.model.Link;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Tally;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.model.Timers;
import io.contextcore.gateway.model.Told;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Values to put into a store, with every member filled. */
final class Examples {

    static final long NOW = 1_790_000_000_000_000_000L;
    static final long HOUR = 3_600_000_000_000L;

    private static final JsonMapper JSON = new JsonMapper();

    private Examples() {}

    static JsonNode parse(byte[] stored) {
        try {
            return stored.length == 0 ? MissingNode.getInstance() : JSON.readTree(stored);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Arrival arrival(String id) {
        return arrival(id, "{\"number\":9007199254740993,\"text\":\"größer 🙂\",\"id\":\"" + id + "\"}");
    }

    static Arrival arrival(String id, String body) {
        byte[] stored = body.getBytes(StandardCharsets.UTF_8);
        return new Arrival(
                "forge-acme", "forge", "opened", id, null, Map.of("x-event", "opened"), stored, parse(stored), HOUR);
    }

    static Arrival remembered(String id, long windowNanos) {
        Arrival plain = arrival(id);
        return new Arrival(
                plain.source(),
                plain.kind(),
                plain.event(),
                plain.id(),
                plain.sameEvent(),
                plain.headers(),
                plain.stored(),
                plain.body(),
                windowNanos);
    }

    /** An arrival that tells of an event which may be told under other ids too. */
    static Arrival telling(String id, String event) {
        Arrival plain = arrival(id);
        return new Arrival(
                plain.source(),
                plain.kind(),
                plain.event(),
                plain.id(),
                event,
                plain.headers(),
                plain.stored(),
                plain.body(),
                plain.duplicateWindowNanos());
    }

    /** An arrival with a body of exactly so many bytes. */
    static Arrival sized(String id, int bytes) {
        return arrival(id, "\"" + "x".repeat(bytes - 2) + "\"");
    }

    static Origin origin() {
        return new Origin("forge-acme", "forge-acme//d-1", 7, "forge/example/1", 2, 3);
    }

    static Signal signal(String key) {
        return new Signal(
                Reference.key("job", key),
                NOW,
                NOW - HOUR,
                NOW - 1,
                Told.of(NOW + 1),
                Told.nothing(),
                Told.of(Reference.alias("job", "parent")),
                new TreeMap<>(Map.of(
                        "a.text", Told.of(AttributeValue.of("größer")),
                        "a.none", Told.nothing(),
                        "a.real", Told.of(new AttributeValue.Real(2.0)))),
                new TreeMap<>(Map.of("a.set", new TreeMap<>(Map.of("in", true, "out", false)))),
                List.of("alias-1", "alias-2"),
                List.of(link()),
                NOW + 2,
                origin());
    }

    /** A signal that says nothing but whom it concerns. */
    static Signal bareSignal(String key) {
        return new Signal(
                Reference.key("job", key),
                NOW,
                null,
                null,
                null,
                null,
                null,
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(),
                List.of(),
                NOW,
                origin());
    }

    static Message claim() {
        return new Message.Claim("alias-1", Reference.key("job", "forge/example/1"), NOW, NOW, origin());
    }

    static Message inquiry() {
        return new Message.Inquiry("alias-2", bareSignal("asker"));
    }

    private static Link link() {
        return new Link(Reference.key("run", "run-1"), new TreeMap<>(Map.of("kind", AttributeValue.of("cause"))), true);
    }

    static Instance instance(String key, Timers timers) {
        return new Instance(
                key,
                "job",
                "forge-acme",
                Instance.Stage.OPEN,
                2,
                true,
                NOW,
                NOW + 1,
                NOW - 5,
                NOW - 6,
                NOW - 7,
                NOW - 8,
                NOW - 9,
                new Cell<>(NOW, NOW + 3, 4),
                new Cell<>(null, NOW + 4, 5),
                new Cell<>(Reference.key("job", "forge/example/parent"), NOW + 5, 6),
                new TreeMap<>(Map.of(
                        "text", new Cell<>(AttributeValue.of("v"), NOW, 1),
                        "int", new Cell<>(AttributeValue.of(Long.MIN_VALUE), NOW, 1),
                        "real", new Cell<>(new AttributeValue.Real(0.1), NOW, 1),
                        "flag", new Cell<>(AttributeValue.of(false), NOW, 1),
                        "texts", new Cell<>(new AttributeValue.Texts(List.of("b", "a")), NOW, 1),
                        "gone", new Cell<>(null, NOW, 1))),
                new TreeMap<>(Map.of(
                        "set",
                        new TreeMap<>(Map.of("in", new Cell<>(true, NOW, 1), "removed", new Cell<>(null, NOW, 2))))),
                new TreeMap<>(Map.of("derived", AttributeValue.of(3))),
                new Instance.Phase("open", NOW - 10, 3),
                List.of("alias-1"),
                List.of(link()),
                Kin.none(),
                List.of(),
                false,
                timers);
    }

    /** A shadow: nothing that may be missing is there. */
    static Instance shadow(String key) {
        return new Instance(
                key,
                "job",
                "forge-acme",
                Instance.Stage.SHADOW,
                1,
                false,
                NOW,
                NOW,
                NOW,
                null,
                NOW,
                null,
                null,
                null,
                null,
                null,
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                null,
                List.of(),
                List.of(),
                Kin.none(),
                List.of(),
                false,
                Timers.none());
    }

    /** An instance with somebody above and below, counted in a tally. */
    static Instance related(String key) {
        Instance alone = instance(key, Timers.none());
        return new Instance(
                key,
                alone.lifecycle(),
                alone.source(),
                Instance.Stage.ENDED,
                alone.generation(),
                alone.adopted(),
                alone.firstSeen(),
                alone.lastSeen(),
                null,
                alone.start(),
                alone.generationStart(),
                alone.since(),
                alone.endedAt(),
                alone.end(),
                alone.outcome(),
                alone.parent(),
                alone.attributes(),
                alone.sets(),
                alone.derived(),
                null,
                alone.aliases(),
                alone.links(),
                new Kin(
                        new Kin.Membership(reference("forge/example/parent"), true, labels(), numbers()),
                        3,
                        numbers(),
                        List.of(new Kin.Child(reference("forge/example/child"), labels())),
                        new Kin.RolledUp(NOW - 1, labels()),
                        new Kin.EndedAbove(NOW - 2, "interrupted")),
                List.of(entry()),
                true,
                Timers.none().with(Timers.Purpose.HOLD, NOW + 5));
    }

    static Tally tally(String into) {
        return new Tally(
                Tally.key("job", "forge.snapshot", into),
                "forge-acme",
                "job",
                "forge.snapshot",
                labels(),
                new TreeMap<>(Map.of(
                        Tally.groupKey(labels()),
                        new Tally.Group(labels(), 2, numbers(), true),
                        "",
                        new Tally.Group(new TreeMap<>(), 0, new TreeMap<>(), false))),
                NOW,
                Timers.none().with(Timers.Purpose.TALLY, NOW + 60).with(Timers.Purpose.TALLY_REPEAT, NOW + 300));
    }

    static Row.Tombstone tombstone(String key) {
        Timers timers = Timers.none().with(Timers.Purpose.FORGET, NOW + 1);
        return new Row.Tombstone(key, "job", "forge-acme", 3, NOW - 3, NOW - 2, NOW - 1, timers);
    }

    static Row.Fact fact(String key) {
        return new Row.Fact(Row.Fact.key("statuses", key), new Cell<>(AttributeValue.of("done"), NOW, 7));
    }

    /** One of each message that goes between rows. */
    static List<Message> messages() {
        Reference owner = reference("forge/example/1");
        Reference other = reference("forge/example/2");
        return List.of(
                new Message.Share(owner, other, Message.Bond.JOINED, true, labels(), numbers(), NOW, NOW + 1, origin()),
                new Message.Share(
                        owner, other, Message.Bond.LEFT, false, new TreeMap<>(), numbers(), NOW, NOW + 1, origin()),
                new Message.Share(owner, other, Message.Bond.KEPT, true, labels(), new TreeMap<>(), 1, 2, origin()),
                new Message.ToChildren(owner, labels(), signal("")),
                new Message.LinkBack(owner, link(), NOW, NOW + 1, origin()),
                new Message.Same(owner, other, NOW - 9, NOW, NOW + 1, origin()),
                new Message.Absorb(owner, related("forge/example/2"), NOW, NOW + 1, origin()),
                new Message.Count("job", entry(), -1, NOW, NOW + 1, origin()),
                new Message.ParentEnded(owner, "interrupted", NOW - 1, NOW, origin()),
                new Message.Release("alias-1", owner, NOW + 7, NOW + 1, origin()),
                new Message.Learn("statuses", "3", new Cell<>(AttributeValue.of("done"), NOW, 7), origin()),
                new Message.Learn("statuses", "4", new Cell<>(null, NOW, 7), origin()));
    }

    private static Tally.Entry entry() {
        return new Tally.Entry(
                Tally.key("job", "forge.snapshot", "x"), "forge.snapshot", labels(), labels(), numbers());
    }

    private static Reference reference(String key) {
        return Reference.key("job", key);
    }

    private static TreeMap<String, AttributeValue> labels() {
        return new TreeMap<>(Map.of("label", AttributeValue.of("v"), "number", AttributeValue.of(-1)));
    }

    private static TreeMap<String, Long> numbers() {
        return new TreeMap<>(Map.of("sum", -1_500_000L, "other", Long.MAX_VALUE));
    }

    static Row.Alias alias(String name) {
        return new Row.Alias(
                name,
                null,
                List.of(signal("one"), inquiry()),
                NOW,
                Timers.none().with(Timers.Purpose.ADOPT, NOW));
    }

    static Commit.Telemetry spans(int lane, String payload) {
        return new Commit.Telemetry(
                TelemetrySignal.TRACES, lane, "forge-acme", payload.getBytes(StandardCharsets.UTF_8), 2);
    }

    static Commit.Telemetry logs(int lane, String payload) {
        return new Commit.Telemetry(
                TelemetrySignal.LOGS, lane, "forge-acme", payload.getBytes(StandardCharsets.UTF_8), 1);
    }

    /** A commit that changes nothing yet. */
    static CommitBuilder commit() {
        return new CommitBuilder();
    }

    /** Builds a commit of the parts that a test speaks of. */
    static final class CommitBuilder {
        private long now = NOW;
        private Long delivery;
        private Long message;
        private final List<Row> rows = new ArrayList<>();
        private final List<String> removed = new ArrayList<>();
        private final List<Message> messages = new ArrayList<>();
        private final List<Commit.Telemetry> telemetry = new ArrayList<>();
        private Commit.DeadLetter dead;

        CommitBuilder now(long nanos) {
            now = nanos;
            return this;
        }

        CommitBuilder delivery(long sequence) {
            delivery = sequence;
            return this;
        }

        CommitBuilder message(long number) {
            message = number;
            return this;
        }

        CommitBuilder row(Row row) {
            rows.add(row);
            return this;
        }

        CommitBuilder remove(String key) {
            removed.add(key);
            return this;
        }

        CommitBuilder queue(Message queued) {
            messages.add(queued);
            return this;
        }

        CommitBuilder telemetry(Commit.Telemetry item) {
            telemetry.add(item);
            return this;
        }

        CommitBuilder dead(String code, String error) {
            return dead(new Commit.DeadLetter(code, error));
        }

        CommitBuilder dead(Commit.DeadLetter letter) {
            dead = letter;
            return this;
        }

        Commit build() {
            return new Commit(now, delivery, message, rows, removed, messages, telemetry, dead);
        }
    }
}
