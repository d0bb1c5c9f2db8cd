package io.contextcore.gateway.model;

import java.util.Arrays;

/**
 * What an expression can see: one slot per variable, and the budget of steps that is left. One scope serves the
 * expressions of one delivery (or one instance's step) on one thread.
 */
public final class Scope {

    /** Reading a clock costs more than a step. */
    private static final int STEPS_PER_LOOK = 64;

    private final Object[] values;
    private final Facts facts;
    private final Deadline deadline;
    private int budget;
    private int lookAgain;

    /** @param budget comprehension steps and function costs that may still be spent */
    public Scope(int slots, int budget) {
        this(slots, budget, Facts.none(), Deadline.none());
    }

    /**
     * @param facts what was learnt from earlier deliveries
     * @param deadline looked at while the budget is spent
     */
    public Scope(int slots, int budget, Facts facts, Deadline deadline) {
        this.deadline = deadline;
        this.lookAgain = budget - STEPS_PER_LOOK;
        this.facts = facts;
        this.values = new Object[slots];
        Arrays.fill(values, Nothing.ABSENT);
        this.budget = budget;
    }

    public Object get(int slot) {
        return values[slot];
    }

    public Scope set(int slot, Object value) {
        values[slot] = value;
        return this;
    }

    public Facts facts() {
        return facts;
    }

    /** What may still be spent. */
    public int left() {
        return budget;
    }

    /** @throws EvaluationException if the budget is used up, or the time is */
    public void spend(int cost) {
        if (cost > budget) {
            throw EvaluationException.beyond(Bound.ITERATIONS, "iteration budget exceeded");
        }
        budget -= cost;
        if (budget <= lookAgain) {
            lookAgain = budget - STEPS_PER_LOOK;
            deadline.check();
        }
    }
}
