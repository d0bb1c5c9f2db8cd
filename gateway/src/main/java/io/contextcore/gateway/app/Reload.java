package io.contextcore.gateway.app;

import io.contextcore.gateway.base.Problem;
import java.util.List;
import java.util.Locale;

/**
 * What became of a wish to read the mappings again.
 *
 * @param problems why it was refused; warnings otherwise
 * @param renewed names of the sources that are not as they were: another secret, say
 */
record Reload(Cause cause, Result result, long atNanos, List<Problem> problems, List<String> renewed) {

    /** Who wished it. */
    enum Cause {
        /** {@code POST /admin/reload}. */
        HTTP,
        /** SIGHUP. */
        SIGNAL,
        /** A file has changed. */
        WATCH;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How it ended; the label of the metric. */
    enum Result {
        /** The new files are in use. */
        LOADED,
        /** The files say what is in use already. */
        UNCHANGED,
        /** Something is wrong with the files; what was in use stays in use. */
        REFUSED,
        /** The gateway has a bug; what was in use stays in use. */
        FAILED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isGood() {
            return this == LOADED || this == UNCHANGED;
        }
    }
}
