package io.contextcore.gateway.model;

import com.fasterxml.jackson.core.JsonPointer;

/**
 * How old the requests of a source may be, by a time that the sender signed.
 *
 * @param where what the time is in
 * @param at where in it: a number of seconds or milliseconds since 1970, or an RFC 3339 text
 * @param withinNanos most that it may lie back
 */
public record Age(Where where, JsonPointer at, long withinNanos) {

    /** What holds the time. */
    public enum Where {
        /** The claims of the token that proves the request. */
        TOKEN,
        /** The body, which a signature covers. */
        BODY
    }
}
