package io.contextcore.gateway.store;

/** The column families. Their names are part of the format. */
enum Family {
    /** Format, and one record of progress per writer. */
    META("meta"),
    /** Accepted deliveries, by sequence: those that wait for their step, and before them the archive. */
    INBOX("inbox"),
    /** Rows of the state table, by key. */
    ROWS("rows"),
    /** Messages that wait for their step, by number. */
    MESSAGES("messages"),
    /** Due times of rows, in the order of execution. */
    TIMERS("timers"),
    /** Encoded telemetry, by signal, lane and sequence. */
    OUTBOX("outbox"),
    /** What could not be stepped or sent. */
    DEAD_LETTERS("dead_letters"),
    /** Hashes of delivery ids. */
    SEEN("seen"),
    /** The same, by the time at which they are forgotten. */
    SEEN_BY_TIME("seen_by_time");

    private final String label;

    Family(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Whether keys that do not exist are often asked for, so that a bloom filter pays. */
    boolean askedForMissing() {
        return this == ROWS || this == SEEN;
    }
}
