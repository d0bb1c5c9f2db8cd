package io.contextcore.gateway.base;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong in a file, and where.
 *
 * @param message what is wrong, what was expected, what to do; one line
 * @param sourceLine the text of the line, for the caret; null where there is none to show
 */
public record Problem(
        Location location, String message, @Nullable String sourceLine) {

    /** {@code file:line:column: message}, then the source line with a caret under the column. */
    public String render() {
        String head = location + ": " + message;
        if (sourceLine == null || sourceLine.isBlank()) {
            return head;
        }
        String indent = sourceLine
                .substring(0, Math.min(location.column() - 1, sourceLine.length()))
                .replaceAll("[^\t]", " ");
        return head + "\n    " + sourceLine + "\n    " + indent + "^";
    }
}
