package io.contextcore.gateway.lifecycle;

/** A message cannot be stepped, whatever is tried: it goes to the dead letters under a code of its own. */
public final class StepException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Code code;

    StepException(Code code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    /** Why it cannot be stepped. */
    public enum Code {
        /** The key belongs to another lifecycle. */
        LIFECYCLE_MISMATCH("lifecycle-mismatch"),
        /** Too many signals wait for the same unclaimed alias. */
        WAITING_FULL("waiting-full"),
        /** The state is of a lifecycle that the mappings do not have any more. */
        UNKNOWN_LIFECYCLE("unknown-lifecycle");

        private final String label;

        Code(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
