package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.model.Emission;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step did.
 *
 * @param key of the row
 * @param row its new content; null: it goes, or there was none and there will be none
 * @param emission spans and logs, in the order in which they shall be sent
 * @param messages to other rows, each to be stepped in its own turn
 * @param notes things worth counting, {@link Note}
 */
public record StepResult(String key, @Nullable Row row, Emission emission, List<Message> messages, List<Note> notes) {

    public StepResult {
        messages = List.copyOf(messages);
        notes = List.copyOf(notes);
    }

    StepResult(Row row, Emission emission, List<Message> messages, List<Note> notes) {
        this(row.key(), row, emission, messages, notes);
    }

    /** The row goes, or there is none; nothing is told. */
    static StepResult gone(String key, List<Note> notes) {
        return new StepResult(key, null, Emission.none(key, ""), List.of(), notes);
    }

    static StepResult quiet(Row row, List<Message> messages) {
        return new StepResult(row, Emission.none(row.key(), ""), messages, List.of());
    }

    /** What a step noticed; each is counted under its label. */
    public enum Note {
        /** A phase change was told for a time that was sent already; it took effect at the end of what was sent. */
        PHASE_CLAMPED("phase-clamped"),
        /** An end was told that lies before the start. */
        END_CLAMPED("end-clamped"),
        /** An instance was first seen in mid-life. */
        ADOPTED("adopted"),
        /** An alias that another instance holds already was claimed; the first claim stands. */
        ALIAS_TAKEN("alias-taken"),
        /** A signal waited for an alias that nobody claimed; it became a plain log. */
        UNRESOLVED("unresolved"),
        /** A cap on members, aliases or links was reached; the surplus was left out. */
        CAPPED("capped"),
        /** Nothing was heard for too long; the instance was ended. */
        EXPIRED("expired"),
        /** An ended instance was forgotten. */
        FORGOTTEN("forgotten"),
        /** An ended instance was forgotten for good, since there are too many that are remembered. */
        TOMBSTONES_FULL("tombstones-full"),
        /** Something was told to or of an instance that was forgotten. */
        LATE_FOR_FORGOTTEN("late-for-forgotten"),
        /** Something was told by another instance that takes this one for one of another lifecycle; it is left out. */
        WRONG_LIFECYCLE("wrong-lifecycle"),
        /** An instance turned out to be another one. */
        MOVED("moved"),
        /** Parents form a circle, or a tree is too deep: what is told upwards stops here until a later step. */
        PARENT_CYCLE("parent-cycle"),
        /** An end of its own was told of an instance that had ended with the one above. */
        ENDED_LATE("ended-late"),
        /** A signal went to open children of an instance that has none such. */
        NO_CHILDREN("no-children"),
        /** A tally has too many groups: who would need one more is counted with the surplus. */
        TALLY_CAPPED("tally-capped"),
        /** A rule had an error; the sums that the message brought were kept, and nothing was told of it. */
        UNTOLD("untold"),
        /** A share or a measure is too large or no finite number; it counts as 0. */
        NOT_A_SUM("not-a-sum"),
        /** A value that was kept under older mappings was converted to the type that it has now. */
        STATE_CONVERTED("state-converted"),
        /** A value that was kept under older mappings fits none of the present ones and was left out. */
        STATE_DROPPED("state-dropped");

        private final String label;

        Note(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
