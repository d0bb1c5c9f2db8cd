package io.contextcore.gateway.app.cli;

/** Something that the user can mend: printed as one sentence, without a stack trace. */
final class UserError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UserError(String message) {
        super(message, null, false, false);
    }
}
