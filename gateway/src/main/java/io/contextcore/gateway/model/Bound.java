package io.contextcore.gateway.model;

/** The caps of {@code base.Limits} that end an evaluation, rather than cut what it makes. */
public enum Bound {
    /** Steps of all expressions of one delivery. */
    ITERATIONS("limit-iterations"),
    /** Time of one delivery. */
    TIME("limit-time"),
    /** Length of one text that an expression makes. */
    RESULT_CHARS("limit-result-chars"),
    /** Nesting of JSON that stands in a text. */
    BODY_DEPTH("limit-body-depth"),
    /** Signals that cause signals. */
    HOPS("limit-hops"),
    /** Size of a reply; the delivery itself goes on. */
    REPLY_BYTES("limit-reply-bytes");

    private final String deadLetter;

    Bound(String deadLetter) {
        this.deadLetter = deadLetter;
    }

    /** The code of the dead letter that a delivery becomes. */
    public String deadLetter() {
        return deadLetter;
    }
}
