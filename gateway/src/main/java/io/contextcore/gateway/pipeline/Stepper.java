package io.contextcore.gateway.pipeline;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.lifecycle.LifecycleEngine;
import io.contextcore.gateway.lifecycle.StepException;
import io.contextcore.gateway.lifecycle.StepResult;
import io.contextcore.gateway.mapping.Evaluation;
import io.contextcore.gateway.model.Bound;
import io.contextcore.gateway.model.Deadline;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Emission;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Facts;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Outbox;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.model.Timers;
import io.contextcore.gateway.store.Commit;
import io.contextcore.gateway.store.Commit.DeadLetter;
import io.contextcore.gateway.store.DeadHead;
import io.contextcore.gateway.store.Store.DueTimer;
import io.contextcore.gateway.store.Store.QueuedMessage;
import io.contextcore.gateway.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Computes steps: mapping, lifecycle, encoding. Pure but for the deadline, so that a step that was lost in a crash is redone
 * to the same bytes.
 * What cannot be stepped becomes a dead letter and never stops the others.
 */
public final class Stepper {

    /** A timer that could not be stepped is tried again after a day. */
    private static final long RETRY_NANOS = 86_400_000_000_000L;

    private static final String FACTS_FULL = "facts-full";

    private final Mapping mapping;
    private final LifecycleEngine lifecycle;
    private final Encoding encoding;
    private final Limits limits;
    private final Supplier<Deadline> deadlines;

    /** @param deadlines the time that may be taken by what is stepped now: a delivery, a message, a timer */
    public Stepper(
            Mapping mapping,
            LifecycleEngine lifecycle,
            Encoding encoding,
            Limits limits,
            Supplier<Deadline> deadlines) {
        this.deadlines = deadlines;
        this.mapping = mapping;
        this.lifecycle = lifecycle;
        this.encoding = encoding;
        this.limits = limits;
    }

    /** What a delivery means. */
    @FunctionalInterface
    public interface Mapping {
        Evaluation evaluate(Delivery delivery, Facts facts, Deadline deadline);
    }

    /** Rows as they were before the step. */
    @FunctionalInterface
    public interface Rows {
        @Nullable Row row(String key);
    }

    /**
     * The signals of one delivery commit or die together.
     *
     * @param facts how many there are
     */
    public Stepped delivery(Delivery delivery, long facts, Rows rows) {
        return again(delivery, delivery.receivedNanos(), facts, rows);
    }

    /**
     * The same later than at its receipt.
     *
     * @param now not before what was stepped already
     */
    public Stepped again(Delivery delivery, long now, long facts, Rows rows) {
        Work work = new Work(rows);
        Deadline deadline = deadlines.get();
        work.roomForFacts = limits.facts() - facts;
        DeadLetter dead = work.attempt(() -> {
            Evaluation evaluation = mapping.evaluate(delivery, facts(rows), deadline);
            work.evaluation = evaluation;
            work.notes.addAll(evaluation.notes());
            work.emissions.addAll(evaluation.emissions());
            for (Message message : evaluation.messages()) {
                deadline.check();
                work.step(message, now, deadline);
            }
        });
        return work.stepped(now, delivery.sequence(), null, dead);
    }

    /** @param now {@code now} of the step that sent the message */
    public Stepped message(QueuedMessage queued, long now, Rows rows) {
        Work work = new Work(rows);
        Message message = queued.message();
        Deadline deadline = deadlines.get();
        DeadLetter dead = message.origin().hops() > limits.hops()
                ? new DeadLetter(
                        Bound.HOPS.deadLetter(),
                        "more than " + limits.hops() + " hops at '" + message.addressee() + "'")
                : work.attempt(() -> work.step(message, now, deadline));
        if (dead != null && work.attempt(() -> work.untold(message, now)) == null && work.changesRows()) {
            dead = untold(dead);
        }
        return work.stepped(now, null, queued.number(), dead);
    }

    /** A record of what was not told: what the message brought is kept, so it is no message that could be stepped again. */
    private static DeadLetter untold(DeadLetter dead) {
        return new DeadLetter(DeadHead.UNTOLD, dead.code() + ": " + dead.error());
    }

    /**
     * @param horizon up to where time has passed already
     * @param tombstones how many there are
     * @throws IllegalStateException if the row is gone, which nothing does while it has a timer
     */
    public Stepped timer(DueTimer timer, long horizon, long tombstones, Rows rows) {
        Work work = new Work(rows);
        Row row = rows.row(timer.key());
        if (row == null) {
            throw new IllegalStateException("timer " + timer + " has no row");
        }
        boolean room = tombstones < limits.tombstones();
        Deadline deadline = deadlines.get();
        DeadLetter dead = work.attempt(
                () -> work.keep(lifecycle.wake(row, timer.purpose(), timer.dueNanos(), horizon, room, deadline)));
        if (dead != null) {
            work.rows.put(row.key(), Optional.of(row.withTimers(later(row.timers(), timer))));
        }
        return work.stepped(timer.dueNanos(), null, null, dead == null ? null : dead.ofTimer(timer));
    }

    /** What ends or begins something is tried again, since the mappings may be mended by then; the others come by anyway. */
    private static Timers later(Timers timers, DueTimer failed) {
        return switch (failed.purpose()) {
            case ADOPT, EXPIRE, HOLD, FORGET -> timers.with(failed.purpose(), failed.dueNanos() + RETRY_NANOS);
            case SLICE, SNAPSHOT, ROLL_UP, OVERDUE, TALLY, TALLY_REPEAT -> timers.without(failed.purpose());
        };
    }

    /** What was learnt, as the rows have it. */
    static Facts facts(Rows rows) {
        return (table, key) -> rows.row(Row.Fact.key(table, key)) instanceof Row.Fact fact
                ? fact.value().value()
                : null;
    }

    /** Every error has a code; one that is none of ours is a bug, and is kept with its type so that it can be found. */
    private static DeadLetter deadLetter(Throwable e) {
        if (e instanceof EvaluationException error) {
            Bound bound = error.bound();
            return new DeadLetter(bound == null ? "mapping" : bound.deadLetter(), error.tell());
        }
        if (e instanceof StepException error) {
            return new DeadLetter(error.code().label(), String.valueOf(error.getMessage()));
        }
        StackTraceElement[] trace = e.getStackTrace();
        return new DeadLetter("internal", e + (trace.length == 0 ? "" : " in " + trace[0]));
    }

    /** What one step has done so far. */
    private final class Work {

        private final Rows before;
        private final Map<String, Optional<Row>> rows = new LinkedHashMap<>();
        private final List<Message> messages = new ArrayList<>();
        private final List<Emission> emissions = new ArrayList<>();
        private final List<Commit.Telemetry> telemetry = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private @Nullable Evaluation evaluation;
        private long roomForFacts;

        private Work(Rows before) {
            this.before = before;
        }

        /**
         * Does a step and encodes what it made. Whatever is wrong with the step itself makes it a dead letter; a store that
         * cannot be read is nothing that this delivery could be blamed for, and stops the sequencer.
         */
        private @Nullable DeadLetter attempt(Runnable step) {
            try {
                step.run();
                encode();
                return null;
            } catch (StoreException e) {
                throw e;
            } catch (RuntimeException | StackOverflowError | AssertionError e) {
                forget();
                return deadLetter(e);
            }
        }

        private void step(Message message, long now, Deadline deadline) {
            Row row = row(message.addressee());
            if (row == null && message instanceof Message.Learn) {
                if (roomForFacts <= 0) {
                    notes.add(FACTS_FULL);
                    return;
                }
                roomForFacts--;
            }
            keep(lifecycle.step(row, message, now, deadline));
        }

        /** What must be kept of a message that could not be stepped. */
        private void untold(Message message, long now) {
            lifecycle.untold(row(message.addressee()), message, now).ifPresent(this::keep);
        }

        private boolean changesRows() {
            return !rows.isEmpty();
        }

        private @Nullable Row row(String key) {
            Optional<Row> changed = rows.get(key);
            return changed == null ? before.row(key) : changed.orElse(null);
        }

        private void keep(StepResult result) {
            rows.put(result.key(), Optional.ofNullable(result.row()));
            messages.addAll(result.messages());
            result.notes().forEach(note -> notes.add(note.label()));
            if (!result.emission().isEmpty()) {
                emissions.add(result.emission());
            }
        }

        private void forget() {
            evaluation = null;
            rows.clear();
            messages.clear();
            emissions.clear();
            telemetry.clear();
            notes.clear();
        }

        private void encode() {
            for (Emission emission : emissions) {
                int lane = Outbox.laneOf(emission.key());
                if (!emission.spans().isEmpty()) {
                    byte[] payload = encoding.traces().apply(emission.spans());
                    telemetry.add(new Commit.Telemetry(
                            TelemetrySignal.TRACES,
                            lane,
                            emission.source(),
                            payload,
                            emission.spans().size()));
                }
                if (!emission.logs().isEmpty()) {
                    byte[] payload = encoding.logs().apply(emission.logs());
                    telemetry.add(new Commit.Telemetry(
                            TelemetrySignal.LOGS,
                            lane,
                            emission.source(),
                            payload,
                            emission.logs().size()));
                }
            }
        }

        private Stepped stepped(long now, @Nullable Long delivery, @Nullable Long message, @Nullable DeadLetter dead) {
            return new Stepped(
                    new Commit(now, delivery, message, kept(), removed(), messages, telemetry, dead),
                    evaluation,
                    emissions,
                    notes);
        }

        private List<Row> kept() {
            return rows.values().stream().flatMap(Optional::stream).toList();
        }

        private List<String> removed() {
            return rows.entrySet().stream()
                    .filter(row -> row.getValue().isEmpty())
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }
}
