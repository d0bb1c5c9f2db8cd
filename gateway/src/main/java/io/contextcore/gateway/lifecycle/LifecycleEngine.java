package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.Cell;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.Emission;
import io.contextcore.gateway.model.Identity;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Instance.Stage;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Tally;
import io.contextcore.gateway.model.Timers.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Steps rows. Immutable and pure: the same row, message and time give the same result, byte for byte. */
public final class LifecycleEngine {

    private final Setting setting;

    public LifecycleEngine(LifecycleDefinition.Catalogue lifecycles, Conventions conventions, Limits limits) {
        this.setting = new Setting(lifecycles, conventions, limits);
    }

    /**
     * Steps a message.
     *
     * @param row what is kept under the message's addressee; null: nothing yet
     * @param now the step's time, epoch nanoseconds: the receipt of the delivery that it goes back to
     * @throws StepException if the message can never be stepped
     * @throws io.contextcore.gateway.model.EvaluationException if an expression of the lifecycle has an error
     */
    public StepResult step(@Nullable Row row, Message message, long now) {
        if (message instanceof Message.Learn learn) {
            return StepResult.quiet(learnt(row, learn), List.of());
        }
        if (message instanceof Message.Claim claim) {
            return row instanceof Instance instance
                    ? Joining.meet(setting, instance, claim, now)
                    : Aliases.claim(row, claim);
        }
        if (message instanceof Message.Count count) {
            return TallyStep.count(setting, (Tally) row, count, now);
        }
        if (message instanceof Message.Release release) {
            return Aliases.release(row, release);
        }
        if (row instanceof Row.Alias alias) {
            Reference self = key(message);
            return alias.owner() == null && self != null
                    ? Aliases.key(alias, step(null, message, now), self)
                    : Aliases.address(setting, alias, message, now);
        }
        if (row instanceof Row.Tombstone tombstone) {
            return Tombs.step(setting, tombstone, message, now);
        }
        if (message instanceof Message.Inquiry inquiry) {
            return row instanceof Instance instance
                    ? Aliases.itself(instance, Reference.key(instance.lifecycle(), instance.key()), inquiry)
                    : Aliases.address(setting, null, message, now);
        }
        if (message instanceof Message.Same same) {
            return row instanceof Instance instance
                    ? Joining.meet(setting, instance, same, now)
                    : Joining.late(same.addressee());
        }
        if (message instanceof Message.Absorb absorb) {
            return row == null
                    ? Joining.late(absorb.addressee())
                    : step(row, absorb.owner(), message, now).absorb(absorb);
        }
        if (message instanceof Message.ToChildren children) {
            return toChildren(row, children, now);
        }
        if (message instanceof Message.ParentEnded ended) {
            if (isAnother(row, ended.child())) {
                return wrongLifecycle(Objects.requireNonNull(row));
            }
            return row == null
                    ? StepResult.gone(ended.addressee(), List.of())
                    : step(row, ended.child(), message, now).parentEnded(ended);
        }
        Reference named = key(message);
        if (named != null && !(message instanceof Signal) && isAnother(row, named)) {
            return wrongLifecycle(Objects.requireNonNull(row));
        }
        if (message instanceof Message.LinkBack back) {
            return step(row, back.target(), message, now).linkBack(back);
        }
        if (message instanceof Message.Share share) {
            return row == null && share.bond() != Message.Bond.JOINED
                    ? new StepResult(
                            share.addressee(), null, Emission.none(share.addressee(), ""), List.of(), List.of())
                    : step(row, share.parent(), message, now).share(share);
        }
        Signal signal = (Signal) message;
        if (row == null && signal.target().alias()) {
            return Aliases.address(setting, null, message, now);
        }
        return step(row, signal.target(), message, now).signal(signal);
    }

    /** A fact that was taken back stays as one without a value, so that an older value that comes late does not bring it back. */
    private static Row.Fact learnt(@Nullable Row row, Message.Learn learn) {
        return new Row.Fact(
                learn.addressee(), Cell.merge(row instanceof Row.Fact fact ? fact.value() : null, learn.value()));
    }

    /** The instance that a message names by its key, if it does, and would begin. */
    private static @Nullable Reference key(Message message) {
        Reference named = null;
        if (message instanceof Signal signal) {
            named = signal.target();
        } else if (message instanceof Message.Share share) {
            named = share.parent();
        } else if (message instanceof Message.LinkBack back) {
            named = back.target();
        }
        return named == null || named.alias() ? null : named;
    }

    private static boolean isAnother(@Nullable Row row, Reference named) {
        return row instanceof Instance instance && !instance.lifecycle().equals(named.lifecycle());
    }

    /** What concerns others only is left out: the instance itself was not spoken of. */
    private static StepResult wrongLifecycle(Row row) {
        return new StepResult(row, Emission.none(row.key(), ""), List.of(), List.of(Note.WRONG_LIFECYCLE));
    }

    private StepResult toChildren(@Nullable Row row, Message.ToChildren children, long now) {
        if (isAnother(row, children.parent())) {
            return wrongLifecycle(Objects.requireNonNull(row));
        }
        if (row instanceof Instance instance) {
            return Children.passOn(instance, children);
        }
        return children.parent().alias()
                ? Aliases.address(setting, null, children, now)
                : StepResult.gone(children.addressee(), List.of(Note.NO_CHILDREN));
    }

    private InstanceStep step(@Nullable Row row, Reference target, Message message, long now) {
        Instance instance = (Instance) row;
        boolean onlyNamed = instance != null && instance.stage() == Stage.SHADOW && instance.firstAt() == null;
        if (instance != null
                && onlyNamed
                && message instanceof Signal
                && !instance.lifecycle().equals(target.lifecycle())) {
            instance = null;
        }
        if (instance != null) {
            sameLifecycle(instance.key(), instance.lifecycle(), target);
        }
        Draft draft = instance == null ? Draft.shadow(target, message.origin().source(), now) : Draft.of(instance);
        if (onlyNamed && message instanceof Signal) {
            draft.source = message.origin().source();
        }
        return read(draft, message.origin(), now);
    }

    /** A step of what was kept, perhaps under older mappings. */
    private InstanceStep read(Draft draft, Origin origin, long now) {
        List<StepResult.Note> notes = new ArrayList<>();
        Tolerance.apply(draft, setting, notes);
        InstanceStep step = new InstanceStep(setting, draft, origin, now);
        step.notes.addAll(notes);
        return step;
    }

    /** A key belongs to one lifecycle: the first that tells of it. */
    static void sameLifecycle(String key, String lifecycle, Reference target) {
        if (!lifecycle.equals(target.lifecycle())) {
            throw new StepException(
                    StepException.Code.LIFECYCLE_MISMATCH,
                    "key '" + key + "' is a " + lifecycle + " (expected no signal of lifecycle '" + target.lifecycle()
                            + "')");
        }
    }

    /**
     * Wakes a row for the reason it asked for, with the due time as the step's {@code now}.
     *
     * @param horizon up to where time has passed already, epoch nanoseconds: what is told again and again is not made up for
     *     the time between
     * @param room whether there may be one more tombstone
     */
    public StepResult wake(Row row, Purpose purpose, long due, long horizon, boolean room) {
        if (row instanceof Row.Alias alias) {
            return purpose == Purpose.FORGET ? StepResult.gone(alias.key(), List.of()) : Aliases.giveUp(alias);
        }
        if (row instanceof Row.Tombstone tombstone) {
            return StepResult.gone(tombstone.key(), List.of());
        }
        if (row instanceof Tally tally) {
            return purpose == Purpose.TALLY
                    ? TallyStep.send(setting, tally, due)
                    : TallyStep.repeat(setting, tally, due, horizon);
        }
        Instance instance = (Instance) row;
        Origin origin = new Origin(instance.source(), "timer/" + purpose + "/" + due, 0, "", 0, 0);
        InstanceStep step = read(Draft.of(instance), origin, due);
        return switch (purpose) {
            case ADOPT -> step.adopt();
            case SLICE -> step.slice(due);
            case EXPIRE -> step.expire();
            case ROLL_UP -> step.rollUp();
            case HOLD -> step.release();
            case SNAPSHOT -> step.snapshot(due, horizon);
            case FORGET -> step.forget(due, room);
            case TALLY, TALLY_REPEAT -> throw new IllegalStateException("no instance asks for " + purpose);
        };
    }

    /** The ids of an instance's root span; every lifecycle whose own rule recognises the key, else the derived ids. */
    public List<Identity> identities(String key) {
        List<Identity> outright = setting.lifecycles().byName().values().stream()
                .filter(definition -> Identity.isOutright(definition, key))
                .map(definition -> Identity.of(definition, key))
                .distinct()
                .toList();
        return outright.isEmpty() ? List.of(Identity.derived(key)) : outright;
    }
}
