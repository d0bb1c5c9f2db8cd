package io.contextcore.gateway.app;

import io.contextcore.gateway.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** Tells the log when the disk begins to take nothing, and when it takes writes again. */
final class Refusals {

    private static final Logger LOG = System.getLogger(Refusals.class.getName());

    private boolean refuses;

    void look(Optional<StoreException> refusal) {
        if (refusal.isPresent() == refuses) {
            return;
        }
        refuses = refusal.isPresent();
        refusal.ifPresentOrElse(
                why -> LOG.log(
                        Level.ERROR,
                        why.getMessage() + ". Requests are answered 503 and what is to be sent waits, until it does."),
                () -> LOG.log(Level.INFO, "The disk takes writes again."));
    }
}
