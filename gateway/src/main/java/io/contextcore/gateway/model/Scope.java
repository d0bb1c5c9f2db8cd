package io.contextcore.gateway.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What an expression can see: one slot per variable, and the budget of steps that is left. One scope serves the
 * expressions of one delivery (or one instance's step) on one thread.
 */
public final class Scope {

    private static final Object[] NO_LOCALS = {};
    private static final int FIRST_LOCALS = 4;
    private static final int FIRST_CHARS = 96;

    /** Reading a clock costs more than a step. */
    private static final int STEPS_PER_LOOK = 64;

    /** What an item counts beside a character, where values are gone through; and how much of that is one step. */
    public static final int ITEM = 64;

    public static final int UNITS_PER_STEP = 1024;

    private final Object[] values;
    private final Facts facts;
    private final Deadline deadline;
    private Object[] locals = NO_LOCALS;
    private int base;
    private int top;
    private int budget;
    private int lookAgain;
    private long units;
    private @Nullable StringBuilder text;

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

    /**
     * Begins an expression, within others perhaps: room for what its comprehensions count with.
     *
     * @param count how many locals it has
     * @return what to give to {@link #leave} when it is done
     */
    public int enter(int count) {
        int outer = base;
        base = top;
        top += count;
        if (top > locals.length) {
            locals = Arrays.copyOf(locals, Math.max(FIRST_LOCALS, 2 * top));
        }
        return outer;
    }

    /** Ends the expression that began last. */
    public void leave(int outer) {
        top = base;
        base = outer;
    }

    /** What the expression that runs keeps there. */
    public Object local(int at) {
        return locals[base + at];
    }

    public void local(int at, Object value) {
        locals[base + at] = value;
    }

    /** Where texts are put together: whoever appends to it takes away what he appended, however he ends. */
    public StringBuilder text() {
        StringBuilder shared = text;
        if (shared == null) {
            shared = new StringBuilder(FIRST_CHARS);
            text = shared;
        }
        return shared;
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

    /**
     * Spends for going through a part of a value; what is less than a step is remembered.
     *
     * @param count characters or bytes, and {@link #ITEM} for each item
     * @throws EvaluationException if the budget is used up, or the time is
     */
    public void touch(long count) {
        units += count;
        if (units >= UNITS_PER_STEP) {
            long steps = units / UNITS_PER_STEP;
            units %= UNITS_PER_STEP;
            spend((int) Math.min(Integer.MAX_VALUE, steps));
        }
    }
}
