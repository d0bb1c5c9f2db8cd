package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.Cell;
import io.contextcore.gateway.model.Emission;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Instance.Stage;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Tally;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a message comes to at the row that it is addressed to. Lives for the step. */
final class Turn implements Message.Cases<StepResult> {

    private final Setting setting;
    private final @Nullable Row row;
    private final long now;

    /** @param row what is kept under the message's addressee; null: nothing yet */
    Turn(Setting setting, @Nullable Row row, long now) {
        this.setting = setting;
        this.row = row;
        this.now = now;
    }

    /** A fact that was taken back stays as one without a value, so that an older value that comes late does not bring it back. */
    @Override
    public StepResult learn(Message.Learn learn) {
        Row.Fact fact = new Row.Fact(
                learn.addressee(), Cell.merge(row instanceof Row.Fact known ? known.value() : null, learn.value()));
        return StepResult.quiet(fact, List.of());
    }

    @Override
    public StepResult count(Message.Count count) {
        return TallyStep.count(setting, (Tally) row, count, now);
    }

    @Override
    public StepResult claim(Message.Claim claim) {
        return row instanceof Instance known ? Joining.meet(setting, known, claim, now) : Aliases.claim(row, claim);
    }

    @Override
    public StepResult release(Message.Release release) {
        return Aliases.release(row, release);
    }

    @Override
    public StepResult inquiry(Message.Inquiry inquiry) {
        return atInstance(
                inquiry,
                null,
                () -> row instanceof Instance known
                        ? Aliases.itself(known, Reference.key(known.lifecycle(), known.key()), inquiry)
                        : Aliases.address(setting, null, inquiry, now));
    }

    @Override
    public StepResult signal(Signal signal) {
        return atInstance(signal, signal.target(), () -> {
            if (row == null && signal.target().alias()) {
                return Aliases.address(setting, null, signal, now);
            }
            return signal.origin().hops() > 0 && isAnother(signal.target())
                    ? wrongLifecycle()
                    : step(signal.target(), signal).signal(signal);
        });
    }

    @Override
    public StepResult share(Message.Share share) {
        return atInstance(share, share.parent(), () -> {
            if (isAnother(share.parent())) {
                return wrongLifecycle();
            }
            return row == null && share.bond() != Message.Bond.JOINED
                    ? StepResult.gone(share.addressee(), List.of())
                    : step(share.parent(), share).share(share);
        });
    }

    @Override
    public StepResult linkBack(Message.LinkBack back) {
        return atInstance(
                back,
                back.target(),
                () -> isAnother(back.target())
                        ? wrongLifecycle()
                        : step(back.target(), back).linkBack(back));
    }

    @Override
    public StepResult toChildren(Message.ToChildren children) {
        return atInstance(children, null, () -> {
            if (isAnother(children.parent())) {
                return wrongLifecycle();
            }
            if (row instanceof Instance known) {
                return Children.passOn(known, children);
            }
            return children.parent().alias()
                    ? Aliases.address(setting, null, children, now)
                    : StepResult.gone(children.addressee(), List.of(Note.NO_CHILDREN));
        });
    }

    @Override
    public StepResult parentEnded(Message.ParentEnded ended) {
        return atInstance(ended, null, () -> {
            if (isAnother(ended.child())) {
                return wrongLifecycle();
            }
            return row == null
                    ? StepResult.gone(ended.addressee(), List.of())
                    : step(ended.child(), ended).parentEnded(ended);
        });
    }

    @Override
    public StepResult same(Message.Same same) {
        return atInstance(
                same,
                null,
                () -> row instanceof Instance known
                        ? Joining.meet(setting, known, same, now)
                        : Joining.late(same.addressee()));
    }

    @Override
    public StepResult absorb(Message.Absorb absorb) {
        return atInstance(
                absorb,
                null,
                () -> row == null
                        ? Joining.late(absorb.addressee())
                        : step(absorb.owner(), absorb).absorb(absorb));
    }

    /**
     * An alias forwards or keeps what is meant for an instance; for what is left of a forgotten one most of it comes too late.
     *
     * @param begun the instance that the message would begin if it names it by its key; null: it begins none
     */
    private StepResult atInstance(Message message, @Nullable Reference begun, Supplier<StepResult> step) {
        if (row instanceof Row.Alias alias) {
            return alias.owner() == null && begun != null && !begun.alias()
                    ? Aliases.key(alias, message.to(new Turn(setting, null, now)), begun)
                    : Aliases.address(setting, alias, message, now);
        }
        return row instanceof Row.Tombstone tombstone ? Tombs.step(setting, tombstone, message, now) : step.get();
    }

    private boolean isAnother(Reference named) {
        return row instanceof Instance known && !known.lifecycle().equals(named.lifecycle());
    }

    /** What concerns others only is left out: the instance itself was not spoken of. */
    private StepResult wrongLifecycle() {
        Instance known = (Instance) Objects.requireNonNull(row);
        return new StepResult(known, Emission.none(known.key(), ""), List.of(), List.of(Note.WRONG_LIFECYCLE));
    }

    private InstanceStep step(Reference target, Message message) {
        Instance known = (Instance) row;
        boolean onlyNamed = known != null && known.stage() == Stage.SHADOW && known.firstAt() == null;
        if (onlyNamed && message instanceof Signal && isAnother(target)) {
            known = null;
        }
        if (known != null) {
            sameLifecycle(known.key(), known.lifecycle(), target);
        }
        Draft draft = known == null ? Draft.shadow(target, message.origin().source(), now) : Draft.of(known);
        if (onlyNamed && message instanceof Signal) {
            draft.source = message.origin().source();
        }
        return InstanceStep.read(setting, draft, message.origin(), now);
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
}
