package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleDefinition.Derived;
import io.contextcore.gateway.model.Nothing;
import org.jspecify.annotations.Nullable;

/** What has not been answered for too long: attributes that become true as time passes. Lives for one look at an instance. */
final class Overdue {

    private final Draft draft;
    private final LifecycleDefinition definition;
    private final long now;
    private @Nullable Long next;

    Overdue(Draft draft, LifecycleDefinition definition, long now) {
        this.draft = draft;
        this.definition = definition;
        this.now = now;
    }

    /**
     * The value of a derived attribute: where it waits, true after the wait, and absent before. It waits from when the newest
     * was told of what it reads, so that the order in which it is told changes nothing; what is told again afterwards does not
     * begin it anew.
     */
    Object value(Derived rule, Object result) {
        Long wait = rule.overdueNanos();
        if (wait == null) {
            return result;
        }
        long told = View.toldAt(draft, definition, rule.attribute());
        if (!Boolean.TRUE.equals(result) || told == Long.MIN_VALUE) {
            return Nothing.ABSENT;
        }
        if (draft.derived.containsKey(rule.attribute())) {
            return true;
        }
        long due = told > Long.MAX_VALUE - wait ? Long.MAX_VALUE : told + wait;
        if (due <= now) {
            return true;
        }
        next = next == null ? due : Math.min(next, due);
        return Nothing.ABSENT;
    }

    /** When the next becomes true if nothing more is told; null: none waits. */
    @Nullable Long next() {
        return next;
    }
}
