package io.contextcore.gateway.app.cli;

import java.util.regex.Pattern;

/**
 * Text that somebody else wrote, fit for a terminal: what would move the cursor, change colours, break the line or turn the
 * direction of writing (ECMA-48 control functions; Unicode's line separators and bidirectional controls) is shown as the
 * replacement character.
 */
final class Plain {

    private static final Pattern UNFIT =
            Pattern.compile("[\\p{Cc}\\x{2028}\\x{2029}\\x{200e}\\x{200f}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]");
    private static final String REPLACEMENT = "\ufffd";

    private Plain() {}

    /** In one line. */
    static String text(String text) {
        return UNFIT.matcher(text).replaceAll(REPLACEMENT);
    }
}
