package io.contextcore.gateway.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts and sums of instances by group: a row of its own, fed by the differences that instances tell.
 *
 * @param key {@link #key(String, String, String)}
 * @param source name of the source that began it
 * @param lifecycle whose instances are counted; its definition tells the rest
 * @param event event name of the log records that it sends
 * @param common attributes that all groups share: those that pick the tally
 * @param groups by {@link #groupKey}; capped by {@code Limits.tallyGroups}
 * @param sentAt when groups that changed were last sent, epoch nanoseconds; null: never
 */
public record Tally(
        String key,
        String source,
        String lifecycle,
        String event,
        SortedMap<String, AttributeValue> common,
        SortedMap<String, Group> groups,
        @Nullable Long sentAt,
        Timers timers)
        implements Row {

    public Tally {
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
    }

    /** Name of a tally's row. Not even a strange key of an instance begins like it. */
    public static String key(String lifecycle, String event, String into) {
        return "tally\n" + lifecycle + "\n" + event + "\n" + into;
    }

    /** The same text for the same values, another for others. */
    public static String groupKey(SortedMap<String, AttributeValue> group) {
        StringBuilder text = new StringBuilder();
        group.forEach((name, value) -> {
            String plain = value.toString();
            text.append(name).append('=').append(plain.length()).append(':').append(plain);
        });
        return text.toString();
    }

    @Override
    public Tally withTimers(Timers changed) {
        return new Tally(key, source, lifecycle, event, common, groups, sentAt, changed);
    }

    /**
     * A group.
     *
     * @param values of the attributes that it is grouped by; one that its members do not have is missing
     * @param members number of instances in it
     * @param sums by measure, in millionths
     * @param changed since it was last sent
     */
    public record Group(
            SortedMap<String, AttributeValue> values, long members, SortedMap<String, Long> sums, boolean changed) {}

    /**
     * What an instance counts for in a tally: it remembers that, and tells differences.
     *
     * @param tally key of the row
     * @param common {@link Tally#common()}
     * @param group values of the attributes that it is grouped by
     * @param amounts by measure, in millionths
     */
    public record Entry(
            String tally,
            String event,
            SortedMap<String, AttributeValue> common,
            SortedMap<String, AttributeValue> group,
            SortedMap<String, Long> amounts) {}
}
