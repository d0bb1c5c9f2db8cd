package io.contextcore.gateway.intake;

/** Ends the inspection of a request; {@link Door} turns it into a verdict. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String text;

    Refusal(Reason reason, String text) {
        super(text, null, false, false);
        this.reason = reason;
        this.text = text;
    }

    Verdict.Refused verdict() {
        return new Verdict.Refused(reason, text);
    }
}
