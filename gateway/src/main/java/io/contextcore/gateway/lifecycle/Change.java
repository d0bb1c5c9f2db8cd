package io.contextcore.gateway.lifecycle;

import java.util.Locale;

/** What a step did to the instance, as the expression variable {@code change} says it. */
enum Change {
    OPENED,
    ADOPTED,
    UPDATED,
    /** An instance has become a child of this one. */
    CHILD_ADDED,
    /** Nothing but links. */
    LINKED,
    /** Nothing but sums over the children. */
    ROLLED_UP,
    ENDED,
    REOPENED,
    EXPIRED,
    /** It turned out to be another instance, which was known longer. */
    MOVED;

    /** What an activity is called that no log rule names: `updated`, unless it was something else that nobody told. */
    String activity() {
        return this == CHILD_ADDED || this == LINKED || this == MOVED ? text() : UPDATED.text();
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
