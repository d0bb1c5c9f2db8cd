package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.Emission;
import io.contextcore.gateway.model.Identity;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Timers.Purpose;
import java.util.List;
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
        if (message instanceof Message.Claim claim) {
            return Aliases.claim(row, claim);
        }
        if (row instanceof Row.Alias alias) {
            return Aliases.address(alias, message, setting.limits().waitingSignals(), now);
        }
        if (message instanceof Message.Inquiry inquiry) {
            return row instanceof Instance instance
                    ? Aliases.itself(instance, inquiry)
                    : Aliases.address(null, message, setting.limits().waitingSignals(), now);
        }
        if (message instanceof Message.Share share) {
            return row == null && share.bond() != Message.Bond.JOINED
                    ? new StepResult(
                            share.addressee(), null, Emission.none(share.addressee(), ""), List.of(), List.of())
                    : step(row, share.parent(), message, now).share(share);
        }
        Signal signal = (Signal) message;
        if (row == null && signal.target().alias()) {
            return Aliases.address(null, message, setting.limits().waitingSignals(), now);
        }
        return step(row, signal.target(), message, now).signal(signal);
    }

    private InstanceStep step(@Nullable Row row, Reference target, Message message, long now) {
        Instance instance = (Instance) row;
        if (instance != null && !instance.lifecycle().equals(target.lifecycle())) {
            throw new StepException(
                    StepException.Code.LIFECYCLE_MISMATCH,
                    "key '" + instance.key() + "' is a " + instance.lifecycle() + " (expected no signal of lifecycle '"
                            + target.lifecycle() + "')");
        }
        Draft draft = instance == null ? Draft.shadow(target, message.origin().source(), now) : Draft.of(instance);
        return new InstanceStep(setting, draft, message.origin(), now);
    }

    /**
     * Wakes a row for the reason it asked for, with the due time as the step's {@code now}.
     *
     * @param horizon up to where time has passed already, epoch nanoseconds: what is told again and again is not made up for
     *     the time between
     */
    public StepResult wake(Row row, Purpose purpose, long due, long horizon) {
        if (row instanceof Row.Alias alias) {
            return Aliases.giveUp(alias);
        }
        Instance instance = (Instance) row;
        Origin origin = new Origin(instance.source(), "timer/" + purpose + "/" + due, 0, "", 0, 0);
        InstanceStep step = new InstanceStep(setting, Draft.of(instance), origin, due);
        return switch (purpose) {
            case ADOPT -> step.adopt();
            case SLICE -> step.slice(due);
            case EXPIRE -> step.expire();
            case ROLL_UP -> step.rollUp();
            case HOLD, SNAPSHOT, TALLY, TALLY_REPEAT, FORGET ->
                throw new IllegalStateException("nothing asks for " + purpose);
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
