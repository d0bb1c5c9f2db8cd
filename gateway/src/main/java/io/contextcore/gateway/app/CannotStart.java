package io.contextcore.gateway.app;

/** The gateway cannot start, and the user can mend why. The message is one sentence that names the setting. */
public final class CannotStart extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CannotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
