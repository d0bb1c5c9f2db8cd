package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Emission;
import io.contextcore.gateway.model.LifecycleDefinition.Times;
import io.contextcore.gateway.model.Link;
import io.contextcore.gateway.model.LogRecord;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.OwnAttribute;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Row.Alias;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Timers;
import io.contextcore.gateway.model.Timers.Purpose;
import io.contextcore.gateway.model.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The step of an alias: it forwards to its owner, and keeps what comes before the owner is known. */
final class Aliases {

    /** Keeps the numbers of inquiries apart from those of claims in the origins of one step's messages. */
    private static final int INQUIRY = 1_000;

    private Aliases() {}

    /** The first claim stands; what waited goes to the owner. */
    static StepResult claim(@Nullable Row row, Message.Claim claim) {
        if (row != null && !(row instanceof Alias)) {
            return taken(row);
        }
        Alias known = (Alias) row;
        if (known != null && known.owner() != null) {
            boolean same = known.owner().equals(claim.owner());
            boolean handedOver = claim.origin().key().equals(known.owner().name());
            return same || handedOver
                    ? StepResult.quiet(
                            new Alias(claim.alias(), claim.owner(), List.of(), known.firstSeen(), Timers.none()),
                            List.of())
                    : taken(known);
        }
        List<Message> answers = new ArrayList<>();
        if (known != null) {
            known.waiting().forEach(message -> answers.add(answer(claim.owner(), message, answers.size())));
        }
        long firstSeen = known == null ? claim.receivedNanos() : known.firstSeen();
        return StepResult.quiet(new Alias(claim.alias(), claim.owner(), List.of(), firstSeen, Timers.none()), answers);
    }

    /** Another instance holds it. */
    static StepResult taken(Row row) {
        return new StepResult(row, nothing(row), List.of(), List.of(Note.ALIAS_TAKEN));
    }

    /** Its owner is forgotten: the alias goes with what is left of that. */
    static StepResult release(@Nullable Row row, Message.Release release) {
        if (!(row instanceof Alias known) || !release.owner().equals(known.owner())) {
            return row == null ? StepResult.gone(release.alias(), List.of()) : StepResult.quiet(row, List.of());
        }
        return release.until() <= release.receivedNanos()
                ? StepResult.gone(known.key(), List.of())
                : StepResult.quiet(known.withTimers(Timers.none().with(Purpose.FORGET, release.until())), List.of());
    }

    /**
     * Somebody addresses by key what others have named as an alias: it is a key, and what waited is for the instance.
     *
     * @param born the step of the instance
     */
    static StepResult key(Alias known, StepResult born, Reference self) {
        List<Message> messages = new ArrayList<>(born.messages());
        known.waiting().forEach(message -> messages.add(answer(self, message, messages.size())));
        return new StepResult(born.key(), born.row(), born.emission(), messages, born.notes());
    }

    /** Answers a signal or an inquiry, or keeps it until the alias is claimed. */
    static StepResult address(Setting setting, @Nullable Alias known, Message message, long now) {
        if (known != null && known.owner() != null) {
            return Joining.isKnown(known, message)
                    ? StepResult.quiet(known, List.of())
                    : StepResult.quiet(used(setting, known, message, now), List.of(answer(known.owner(), message, 0)));
        }
        int cap = setting.limits().waitingSignals();
        List<Message> waiting = new ArrayList<>(known == null ? List.of() : known.waiting());
        waiting.removeIf(earlier -> asksTheSame(earlier, message));
        if (waiting.size() >= cap) {
            throw new StepException(
                    StepException.Code.WAITING_FULL,
                    "alias '" + message.addressee() + "': " + waiting.size()
                            + " messages wait for its owner already (expected at most " + cap + ")");
        }
        waiting.add(message);
        long firstSeen = known == null ? now : known.firstSeen();
        Timers timers = Timers.none().with(Purpose.ADOPT, now + Waking.PATIENCE_NANOS);
        return StepResult.quiet(new Alias(message.addressee(), null, waiting, firstSeen, timers), List.of());
    }

    /** An alias that was let go of, and is used, stays as long as what it wakes up. */
    private static Alias used(Setting setting, Alias known, Message message, long now) {
        Long due = known.timers().due().get(Purpose.FORGET);
        if (due == null || known.owner() == null || !(message instanceof Signal)) {
            return known;
        }
        Times times = setting.definition(known.owner().lifecycle()).times();
        long again = times.forgetNanos() == null ? due : now + times.forgetNanos() + times.tombstoneNanos();
        return known.withTimers(Timers.none().with(Purpose.FORGET, Math.max(due, again)));
    }

    /** An instance that asks again (each of its deliveries does) needs one answer only. */
    private static boolean asksTheSame(Message earlier, Message later) {
        return earlier instanceof Message.Inquiry first
                && later instanceof Message.Inquiry second
                && first.reply().target().equals(second.reply().target())
                && first.reply().links().equals(second.reply().links())
                && (first.reply().parent() == null) == (second.reply().parent() == null);
    }

    /** The alias that is asked for is the key of an instance: it is its own owner. */
    static StepResult itself(Row row, Reference self, Message.Inquiry inquiry) {
        return StepResult.quiet(row, List.of(resolve(inquiry, self)));
    }

    /**
     * Nobody claimed the alias in time: what waited becomes plain logs, and the alias goes. Logs go where their source's go,
     * and a step has one source: where several wait, the others have their turn at the same time.
     */
    static StepResult giveUp(Alias alias) {
        if (alias.waiting().isEmpty()) {
            return StepResult.gone(alias.key(), List.of());
        }
        String source = alias.waiting().get(0).origin().source();
        List<Message> others = alias.waiting().stream()
                .filter(message -> !message.origin().source().equals(source))
                .toList();
        List<LogRecord> logs = alias.waiting().stream()
                .filter(message -> message.origin().source().equals(source))
                .map(Aliases::signal)
                .flatMap(Optional::stream)
                .map(signal -> unresolved(alias.key(), signal))
                .toList();
        List<Note> notes = logs.stream().map(log -> Note.UNRESOLVED).toList();
        @Nullable Alias left = others.isEmpty() ? null : new Alias(alias.key(), null, others, alias.firstSeen(), alias.timers());
        return new StepResult(alias.key(), left, new Emission(alias.key(), source, List.of(), logs), List.of(), notes);
    }

    /** What was said of the instance that the alias stood for; empty for what only concerns others. */
    private static Optional<Signal> signal(Message message) {
        if (message instanceof Signal signal) {
            return Optional.of(signal);
        }
        if (message instanceof Message.Inquiry inquiry) {
            return Optional.of(inquiry.reply());
        }
        return message instanceof Message.ToChildren children ? Optional.of(children.signal()) : Optional.empty();
    }

    /** Takes the references by alias out of a signal: each becomes an inquiry whose answer comes back as a signal. */
    static Inquiries inquiries(Signal signal) {
        List<Message> asked = new ArrayList<>();
        List<Link> links = new ArrayList<>();
        for (Link link : signal.links()) {
            if (link.target().alias()) {
                asked.add(inquiry(signal, link.target().name(), null, List.of(link), asked.size()));
            } else {
                links.add(link);
            }
        }
        Told<Reference> parent = signal.parent();
        if (parent != null && parent.value() != null && parent.value().alias()) {
            asked.add(inquiry(signal, parent.value().name(), parent, List.of(), asked.size()));
            parent = null;
        }
        return new Inquiries(asked.isEmpty() ? signal : signal.withReferences(parent, links), asked);
    }

    /**
     * A signal that names others by key only, and what is to be asked.
     *
     * @param asked inquiries, to be sent after the signal was stepped
     */
    record Inquiries(Signal signal, List<Message> asked) {}

    private static Message inquiry(
            Signal signal, String alias, @Nullable Told<Reference> parent, List<Link> links, int n) {
        Reference asking = signal.target();
        return new Message.Inquiry(
                alias,
                new Signal(
                        asking,
                        signal.at(),
                        null,
                        null,
                        null,
                        null,
                        parent,
                        new TreeMap<>(),
                        new TreeMap<>(),
                        List.of(),
                        links,
                        signal.receivedNanos(),
                        signal.origin().next(asking.name(), INQUIRY + n)));
    }

    private static Message answer(Reference owner, Message message, int n) {
        if (message instanceof Message.Inquiry inquiry) {
            return resolve(inquiry, owner);
        }
        return message.forwarded(owner, message.origin().next(message.addressee(), n));
    }

    private static Signal resolve(Message.Inquiry inquiry, Reference owner) {
        Signal reply = inquiry.reply();
        Told<Reference> parent = reply.parent() == null ? null : Told.of(owner);
        List<Link> links = reply.links().stream().map(link -> link.to(owner)).toList();
        Origin origin = reply.origin().next(inquiry.alias(), reply.origin().n());
        return reply.withReferences(parent, links).to(reply.target(), origin);
    }

    private static LogRecord unresolved(String alias, Signal signal) {
        SortedMap<String, AttributeValue> body = new TreeMap<>();
        signal.attributes().forEach((name, told) -> {
            if (told.value() != null) {
                body.put(name, told.value());
            }
        });
        SortedMap<String, AttributeValue> attributes = new TreeMap<>();
        attributes.put(OwnAttribute.UNRESOLVED.attribute(), AttributeValue.of(alias));
        body.putAll(attributes);
        return new LogRecord(
                signal.at(),
                signal.receivedNanos(),
                LogRecord.Severity.WARN,
                signal.target().lifecycle() + ".unresolved",
                null,
                null,
                attributes,
                body);
    }

    private static Emission nothing(Row row) {
        return Emission.none(row.key(), "");
    }
}
