package io.contextcore.gateway.model;

import io.contextcore.gateway.base.ErrorCode;
import java.util.Arrays;

/**
 * What an expression can see: one slot per variable, and the budget of steps that is left. One scope serves the
 * expressions of one delivery (or one instance's step) on one thread.
 */
public final class Scope {

    private final Object[] values;
    private final Facts facts;
    private int budget;

    /** @param budget comprehension steps and function costs that may still be spent */
    public Scope(int slots, int budget) {
        this(slots, budget, Facts.none());
    }

    /** @param facts what was learnt from earlier deliveries */
    public Scope(int slots, int budget, Facts facts) {
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

    /** @throws EvaluationException if the budget is used up */
    public void spend(int cost) {
        budget -= cost;
        if (budget < 0) {
            throw new EvaluationException(ErrorCode.BUDGET, "iteration budget exceeded", null);
        }
    }
}
