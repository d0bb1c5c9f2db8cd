package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.Deadline;
import io.contextcore.gateway.model.Identity;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Tally;
import io.contextcore.gateway.model.Timers.Purpose;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Steps rows. Pure: the same row, message and time give the same result, byte for byte. From any thread. */
public final class LifecycleEngine {

    private final LifecycleDefinition.Catalogue lifecycles;
    private final Conventions conventions;
    private final Limits limits;
    private final Identities identities = new Identities();

    public LifecycleEngine(LifecycleDefinition.Catalogue lifecycles, Conventions conventions, Limits limits) {
        this.lifecycles = lifecycles;
        this.conventions = conventions;
        this.limits = limits;
    }

    private Setting setting(Deadline deadline) {
        return new Setting(lifecycles, conventions, limits, identities, new Allowance(limits.iterations(), deadline));
    }

    /** The same without a deadline. */
    public StepResult step(@Nullable Row row, Message message, long now) {
        return step(row, message, now, Deadline.none());
    }

    /**
     * Steps a message.
     *
     * @param row what is kept under the message's addressee; null: nothing yet
     * @param now the step's time, epoch nanoseconds: the receipt of the delivery that it goes back to
     * @param deadline of the delivery, or of this message
     * @throws StepException if the message can never be stepped
     * @throws io.contextcore.gateway.model.EvaluationException if an expression of the lifecycle has an error, or all of them
     *     together take too long
     */
    public StepResult step(@Nullable Row row, Message message, long now, Deadline deadline) {
        return message.to(new Turn(setting(deadline), row, now));
    }

    /**
     * What must be kept of a message that could not be stepped, so that the sums stay what those below have told; empty where
     * there is none. It asks no rule, so that none can have an error.
     */
    public Optional<StepResult> untold(@Nullable Row row, Message message, long now) {
        return Untold.keep(setting(Deadline.none()), row, message, now);
    }

    /** The same without a deadline. */
    public StepResult wake(Row row, Purpose purpose, long due, long horizon, boolean room) {
        return wake(row, purpose, due, horizon, room, Deadline.none());
    }

    /**
     * Wakes a row for the reason it asked for, with the due time as the step's {@code now}.
     *
     * @param horizon up to where time has passed already, epoch nanoseconds: what is told again and again is not made up for
     *     the time between
     * @param room whether there may be one more tombstone
     */
    public StepResult wake(Row row, Purpose purpose, long due, long horizon, boolean room, Deadline deadline) {
        Setting setting = setting(deadline);
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
        InstanceStep step = InstanceStep.read(setting, Draft.of(instance), origin, due);
        return switch (purpose) {
            case ADOPT -> step.adopt();
            case SLICE -> step.slice(due);
            case EXPIRE -> step.expire();
            case ROLL_UP -> step.rollUp();
            case OVERDUE -> step.overdue(due);
            case HOLD -> step.release();
            case SNAPSHOT -> step.snapshot(due, horizon);
            case FORGET -> step.forget(due, room);
            case TALLY, TALLY_REPEAT -> throw new IllegalStateException("no instance asks for " + purpose);
        };
    }

    /** The ids of an instance's root span; every lifecycle whose own rule recognises the key, else the derived ids. */
    public List<Identity> identities(String key) {
        List<Identity> outright = lifecycles.byName().values().stream()
                .filter(definition -> Identity.isOutright(definition, key))
                .map(definition -> Identity.of(definition, key))
                .distinct()
                .toList();
        return outright.isEmpty() ? List.of(Identity.derived(key)) : outright;
    }
}
