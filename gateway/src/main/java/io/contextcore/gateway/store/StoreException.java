package io.contextcore.gateway.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The store cannot be opened, read or written. The message names the folder or the record, and what to do. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message names the folder or the record, and what to do */
    public StoreException(String message) {
        super(message);
    }

    StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** @param what the damage, as far as it is known */
    static StoreException damaged(@Nullable Path folder, String what, @Nullable Throwable cause) {
        return new StoreException(
                "store folder " + folder + " is damaged (" + what
                        + "): it holds accepted deliveries that cannot be read, so"
                        + " it is not opened as if they were not there; restore it from a copy, or move it away to begin"
                        + " anew",
                cause);
    }
}
