package io.contextcore.gateway.bench;

import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Told;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is told of tasks that have numbers. */
final class Tasks {

    static final long START = IssueFixture.RECEIVED;
    private static final long MILLISECOND = 1_000_000;

    private Tasks() {}

    /** When a signal comes in, by the number of the signal. */
    static long at(long sequence) {
        return START + sequence * MILLISECOND;
    }

    /**
     * A whole task, as a source tells it at each change.
     *
     * @param parent its number; null: none
     */
    static Signal signal(long sequence, int number, @Nullable Integer parent, String status, double points) {
        SortedMap<String, Told<AttributeValue>> attributes = new TreeMap<>();
        attributes.put("task.story_points", Told.of(new AttributeValue.Real(points)));
        tell(attributes, "project.id", "bench");
        tell(attributes, "task.id", "acme/shop#" + number);
        tell(attributes, "task.title", "Checkout asks for the address twice");
        tell(attributes, "task.type", "story");
        tell(attributes, "task.source_status", status);
        tell(attributes, "task.assignee", "sam");
        tell(attributes, "task.url", "https://github.com/acme/shop/issues/" + number);
        return new Signal(
                Reference.key("task", key(number)),
                at(sequence),
                START,
                null,
                null,
                null,
                parent == null ? null : Told.of(Reference.key("task", key(parent))),
                attributes,
                new TreeMap<>(),
                List.of(),
                List.of(),
                at(sequence),
                new Origin("github", "github//" + sequence, sequence, "", 0, 0));
    }

    private static String key(int number) {
        return "github/github.com/700100200/" + number;
    }

    private static void tell(SortedMap<String, Told<AttributeValue>> attributes, String name, String value) {
        attributes.put(name, Told.of(AttributeValue.of(value)));
    }
}
