package io.contextcore.gateway.app.settings;

import java.util.Locale;

/** How much the gateway says about itself on the console. */
public enum LogLevel {
    DEBUG,
    INFO,
    WARNING,
    ERROR;

    /** As settings write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
