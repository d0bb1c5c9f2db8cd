package io.contextcore.gateway.app;

import io.contextcore.gateway.base.Location;
import java.util.Optional;

/** The gateway cannot start, and the user can mend why. The message is one sentence that names the setting. */
public final class CannotStart extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String setting;
    private final String reason;

    /** @param setting key of the setting to blame, {@code http.port} */
    CannotStart(String setting, String reason, Throwable cause) {
        this(setting, Optional.empty(), reason, cause);
    }

    /**
     * @param setting key of the setting to blame, {@code http.port}
     * @param saidAt where the user said it
     */
    CannotStart(String setting, Optional<Location> saidAt, String reason, Throwable cause) {
        super(setting + saidAt.map(place -> " (" + place + ")").orElse("") + ": " + reason, cause);
        this.setting = setting;
        this.reason = reason;
    }

    /** Key of the setting to blame, {@code http.port}. */
    public String setting() {
        return setting;
    }

    /** The message without the setting, for a command that has another name for it. */
    public String reason() {
        return reason;
    }
}
