package io.contextcore.gateway.model;

/** What the expressions of a lifecycle file can see; the slot of each is its ordinal. */
public enum LifecycleVariable {
    /** String: the instance's key. */
    KEY("key"),
    /** String or absent: the parent's key. */
    PARENT("parent"),
    /** Map: the attributes before this delivery. */
    BEFORE("before"),
    /** Map: the attributes after this delivery. */
    AFTER("after"),
    /** The same as {@link #AFTER}: for names and ids, where there is no before. */
    ATTRIBUTES("attributes"),
    /** String: opened, adopted, updated, linked, child_added, rolled_up, ended, reopened, expired, moved. */
    CHANGE("change"),
    /** String or absent: the phase that a phase span tells of. */
    PHASE("phase"),
    /** String or absent: how the instance ended. */
    OUTCOME("outcome"),
    /** Map: the attributes of a child, for its share in a roll-up. */
    CHILD("child");

    private final String variable;

    LifecycleVariable(String variable) {
        this.variable = variable;
    }

    public String variable() {
        return variable;
    }
}
