package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Nanos;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time as people give it: {@code 2026-01-31T12:00:00Z}, or how long ago: {@code 90m}, {@code 12h}, {@code 7d}. */
final class Since {

    private static final Pattern AGO = Pattern.compile("([0-9]{1,9})([smhd])");

    private Since() {}

    /** @throws UserError if it is neither */
    static Instant of(String option, String text, Clock clock) {
        Instant now = Nanos.toInstant(clock.epochNanos());
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            return now.minusSeconds(
                    Long.parseLong(ago.group(1)) * seconds(ago.group(2).charAt(0)));
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new UserError(option + ": '" + text + "' is no time (expected: 2026-01-31T12:00:00Z, or how long ago,"
                    + " such as 90m, 12h or 7d)");
        }
    }

    private static long seconds(char unit) {
        return switch (unit) {
            case 's' -> 1;
            case 'm' -> 60;
            case 'h' -> 3_600;
            default -> 86_400;
        };
    }
}
