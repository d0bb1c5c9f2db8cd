package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.model.Deadline;
import io.contextcore.gateway.model.Facts;
import io.contextcore.gateway.model.LifecycleVariable;
import io.contextcore.gateway.model.Scope;
import org.jspecify.annotations.Nullable;

/** What all expressions of one step may take together. Lives for the step. */
final class Allowance {

    private final int budget;
    private final Deadline deadline;
    private @Nullable Scope last;

    /** @param budget steps of expressions */
    Allowance(int budget, Deadline deadline) {
        this.budget = budget;
        this.deadline = deadline;
    }

    /**
     * What an expression sees, with nothing set yet, and what the ones before it have left. One that is given out ends the
     * use of the one before.
     *
     * @throws io.contextcore.gateway.model.EvaluationException if the time is over
     */
    Scope scope() {
        deadline.check();
        int left = last == null ? budget : last.left();
        last = new Scope(LifecycleVariable.values().length, left, Facts.none(), deadline);
        return last;
    }
}
