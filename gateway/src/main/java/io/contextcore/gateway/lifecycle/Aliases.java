package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Emission;
import io.contextcore.gateway.model.LogRecord;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Row.Alias;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Timers;
import io.contextcore.gateway.model.Timers.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The step of an alias: it forwards to its owner, and keeps what comes before the owner is known. */
final class Aliases {

    private Aliases() {}

    /** The first claim stands; what waited goes to the owner. */
    static StepResult claim(@Nullable Row row, Message.Claim claim) {
        if (row != null && !(row instanceof Alias)) {
            return new StepResult(row, nothing(row), List.of(), List.of(Note.ALIAS_TAKEN));
        }
        Alias known = (Alias) row;
        if (known != null && known.owner() != null) {
            boolean same = known.owner().equals(claim.owner());
            return new StepResult(known, nothing(known), List.of(), same ? List.of() : List.of(Note.ALIAS_TAKEN));
        }
        List<Message> forwarded = new ArrayList<>();
        if (known != null) {
            known.waiting().forEach(signal -> forwarded.add(to(claim.owner(), signal, forwarded.size())));
        }
        long firstSeen = known == null ? claim.receivedNanos() : known.firstSeen();
        return StepResult.quiet(
                new Alias(claim.alias(), claim.owner(), List.of(), firstSeen, Timers.none()), forwarded);
    }

    /** Passes a signal on, or keeps it until the alias is claimed. */
    static StepResult signal(@Nullable Alias known, Signal signal, int cap, long now) {
        if (known != null && known.owner() != null) {
            return StepResult.quiet(known, List.of(to(known.owner(), signal, 0)));
        }
        List<Signal> waiting = new ArrayList<>(known == null ? List.of() : known.waiting());
        if (waiting.size() >= cap) {
            throw new StepException(
                    StepException.Code.WAITING_FULL,
                    "alias '" + signal.addressee() + "': " + waiting.size()
                            + " signals wait for its owner already (expected at most " + cap + ")");
        }
        waiting.add(signal);
        long firstSeen = known == null ? now : known.firstSeen();
        Timers timers = Timers.none().with(Purpose.ADOPT, now + Waking.PATIENCE_NANOS);
        return StepResult.quiet(new Alias(signal.addressee(), null, waiting, firstSeen, timers), List.of());
    }

    /** Nobody claimed the alias in time: what waited becomes plain logs. */
    static StepResult giveUp(Alias alias) {
        List<LogRecord> logs = alias.waiting().stream().map(Aliases::unresolved).toList();
        List<Note> notes = logs.stream().map(log -> Note.UNRESOLVED).toList();
        Alias emptied = new Alias(alias.key(), null, List.of(), alias.firstSeen(), Timers.none());
        return new StepResult(emptied, new Emission(alias.key(), List.of(), logs), List.of(), notes);
    }

    private static LogRecord unresolved(Signal signal) {
        SortedMap<String, AttributeValue> body = new TreeMap<>();
        signal.attributes().forEach((name, told) -> {
            if (told.value() != null) {
                body.put(name, told.value());
            }
        });
        body.put("contextcore.unresolved", AttributeValue.of(signal.addressee()));
        return new LogRecord(
                signal.at(),
                signal.receivedNanos(),
                LogRecord.Severity.WARN,
                signal.target().lifecycle() + ".unresolved",
                null,
                null,
                new TreeMap<>(body.subMap("contextcore.unresolved", "contextcore.unresolved\0")),
                body);
    }

    private static Signal to(Reference owner, Signal signal, int n) {
        return new Signal(
                owner,
                signal.at(),
                signal.start(),
                signal.since(),
                signal.end(),
                signal.outcome(),
                signal.parent(),
                signal.attributes(),
                signal.sets(),
                signal.aliases(),
                signal.links(),
                signal.receivedNanos(),
                signal.origin().next(signal.addressee(), n));
    }

    private static Emission nothing(Row row) {
        return new Emission(row.key(), List.of(), List.of());
    }
}
