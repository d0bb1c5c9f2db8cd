package io.contextcore.gateway.lifecycle;

import java.util.Locale;

/** What a step did to the instance, as the expression variable {@code change} says it. */
enum Change {
    OPENED,
    ADOPTED,
    UPDATED,
    ENDED,
    REOPENED,
    EXPIRED;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
