package io.contextcore.gateway.model;

/** A body is no JSON that we take. The message names the place and repeats nothing of the body: it may be told to the sender. */
public final class UnreadableJson extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean overLimit;

    private UnreadableJson(String message, boolean overLimit) {
        super(message, null, false, false);
        this.overLimit = overLimit;
    }

    static UnreadableJson invalid(String message) {
        return new UnreadableJson(message, false);
    }

    static UnreadableJson overLimit(String message) {
        return new UnreadableJson(message, true);
    }

    /** Whether it is JSON, but larger or deeper than a limit allows. */
    public boolean overLimit() {
        return overLimit;
    }
}
