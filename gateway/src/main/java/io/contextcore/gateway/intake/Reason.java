package io.contextcore.gateway.intake;

import java.util.Locale;

/** Why a request is refused for good. The sender must change something before it tries again. */
public enum Reason {
    /** No source has this name. */
    UNKNOWN_SOURCE,
    /** The method is not the one that the path takes. */
    METHOD,
    /** The time that the sender signed is not recent, or not there. */
    TOO_OLD,
    /** No secret of the source fits the request. */
    UNVERIFIED,
    /** Neither JSON nor a form where the kind takes forms; or a content encoding, or a charset other than UTF-8. */
    CONTENT_TYPE,
    /** The body is larger than the cap. */
    TOO_LARGE,
    /** The body is empty and the kind wants one. */
    EMPTY,
    /** The body is not JSON in UTF-8. */
    UNREADABLE,
    /** The body is JSON, but over a structural limit. */
    OVER_LIMIT,
    /** The body is no call that the API takes. */
    INVALID,
    /** Event name, delivery id or tenant are not texts that can be kept. */
    UNIDENTIFIED,
    /** The source takes no requests from where this one comes from. */
    FORBIDDEN,
    /** The sender took too long. */
    TOO_SLOW,
    /** The sender sends too much. */
    TOO_MANY;

    /** As it stands in answers and metrics: {@code unknown-source}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
