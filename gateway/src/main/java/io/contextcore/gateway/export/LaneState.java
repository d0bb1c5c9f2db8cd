package io.contextcore.gateway.export;

/** What a {@link Lane} is at. */
enum LaneState {
    /** Nothing waits. */
    IDLE,
    /** New entries came; a moment for more. */
    LINGERING,
    /** A worker reads or writes the outbox. */
    AT_STORE,
    /** A request is under way. */
    SENDING,
    /** A failure is waited out. */
    HELD,
    /** The endpoint is left alone. */
    WAITING,
    /** Never moves again. */
    STOPPED;

    /** Whether it only waits, and may begin at once instead. */
    boolean isPause() {
        return this == IDLE || this == LINGERING || this == HELD || this == WAITING;
    }
}
