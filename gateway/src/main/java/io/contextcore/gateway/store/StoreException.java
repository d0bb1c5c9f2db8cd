package io.contextcore.gateway.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The store cannot be opened, read or written. The message names the folder or the record, and what to do. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean passing;

    /** @param message names the folder or the record, and what to do */
    public StoreException(String message) {
        this(message, null);
    }

    StoreException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    private StoreException(String message, @Nullable Throwable cause, boolean passing) {
        super(message, cause);
        this.passing = passing;
    }

    /** @param what the damage, as far as it is known */
    static StoreException damaged(@Nullable Path folder, String what, @Nullable Throwable cause) {
        return new StoreException(
                "store folder " + folder + " is damaged (" + what
                        + "): it holds accepted deliveries that cannot be read, so it is not opened as if they were not"
                        + " there; `contextcore store check` tells what is readable, `contextcore store export` saves it;"
                        + " then restore the folder from a copy, or move it away to begin anew",
                cause);
    }

    /** The disk does not take a write: nothing of it is kept, and later it may. */
    static StoreException refused(Path folder, String what, @Nullable Throwable cause) {
        return new StoreException(
                "the disk of store folder " + folder + " takes nothing (" + what
                        + "): make room on it, or make it writable; what was accepted is kept",
                cause,
                true);
    }

    /** Whether the disk only takes no write now, so that the same write may be tried again later. */
    public boolean mayPass() {
        return passing;
    }
}
