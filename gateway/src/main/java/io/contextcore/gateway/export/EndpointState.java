package io.contextcore.gateway.export;

import java.util.Locale;

/** Whether the receiver of a signal is sent to. The order is that of the metric's values, from 0. */
public enum EndpointState {
    /** Every lane sends. */
    CLOSED,
    /** One request is under way to see whether the receiver has come back; nothing else is sent. */
    HALF_OPEN,
    /** Nothing is sent. */
    OPEN;

    /** As pages show it: {@code half-open}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
