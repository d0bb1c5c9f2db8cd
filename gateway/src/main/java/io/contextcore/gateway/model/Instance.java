package io.contextcore.gateway.model;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The state of one lifecycle's instance.
 *
 * @param key names it for ever
 * @param source name of the source that told of it first: its telemetry goes where that one's goes
 * @param stage where it stands
 * @param generation 1 for the first life, one more after each reopening
 * @param adopted first seen in mid-life
 * @param firstSeen receipt of the first signal, epoch nanoseconds
 * @param lastSeen receipt of the last signal
 * @param firstAt earliest event time seen; null where only others have named it: then it never opens by itself
 * @param start beginning of the lifecycle as far as known; null in a shadow that knows none
 * @param generationStart beginning of this generation
 * @param since told beginning of the present phase; null where nobody told
 * @param endedAt when this generation ended; null while it is open
 * @param end converging: the told end
 * @param outcome converging: the told outcome
 * @param parent converging: the instance above
 * @param attributes converging, by name; the derived ones are not here
 * @param sets converging, by name, then member
 * @param derived the derived attributes as last computed
 * @param phase the open phase; null if there is none. Of an ended one: the phase that was sent beyond the end
 * @param aliases names claimed so far
 * @param links links told so far, those that came back from others included
 * @param kin those above and below
 * @param entries what it counts for in the tallies of its lifecycle, in their order
 * @param held it has ended, and its span waits for its parent
 */
public record Instance(
        String key,
        String lifecycle,
        String source,
        Stage stage,
        int generation,
        boolean adopted,
        long firstSeen,
        long lastSeen,
        @Nullable Long firstAt,
        @Nullable Long start,
        long generationStart,
        @Nullable Long since,
        @Nullable Long endedAt,
        @Nullable Cell<Long> end,
        @Nullable Cell<String> outcome,
        @Nullable Cell<Reference> parent,
        SortedMap<String, Cell<AttributeValue>> attributes,
        SortedMap<String, SortedMap<String, Cell<Boolean>>> sets,
        SortedMap<String, AttributeValue> derived,
        @Nullable Phase phase,
        List<String> aliases,
        List<Link> links,
        Kin kin,
        List<Tally.Entry> entries,
        boolean held,
        Timers timers)
        implements Row {

    @Override
    public Instance withTimers(Timers changed) {
        return new Instance(
                key,
                lifecycle,
                source,
                stage,
                generation,
                adopted,
                firstSeen,
                lastSeen,
                firstAt,
                start,
                generationStart,
                since,
                endedAt,
                end,
                outcome,
                parent,
                attributes,
                sets,
                derived,
                phase,
                aliases,
                links,
                kin,
                entries,
                held,
                changed);
    }

    /** Where an instance stands. */
    public enum Stage {
        /** Named, not opened: no telemetry yet. */
        SHADOW,
        OPEN,
        ENDED
    }

    /**
     * The interval in which the phase attribute keeps its value.
     *
     * @param value of the phase attribute
     * @param start of what was not sent yet: the phase's beginning, or the end of its last slice; epoch nanoseconds
     * @param slice number of slices sent
     */
    public record Phase(String value, long start, int slice) {}
}
