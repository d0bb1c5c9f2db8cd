package io.contextcore.gateway.base;

import java.util.Locale;

/** How bad a problem is. */
public enum Severity {
    /** The files cannot be used. */
    ERROR,
    /** They can be used; somebody should look at it. */
    WARNING;

    /** As it is written: {@code error}, {@code warning}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
