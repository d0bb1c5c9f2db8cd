package io.contextcore.gateway.base;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong in a file, and where.
 *
 * @param message what is wrong, what was expected, the nearest valid name; one line
 * @param sourceLine the text of the line, for the caret; null where there is none to show
 */
public record Problem(
        ErrorCode code,
        Severity severity,
        Location location,
        String message,
        @Nullable String sourceLine) {

    /** Whether it keeps the files from being used. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** {@code file:line:column: code message}, then the source line with a caret under the column. */
    public String render() {
        String head = location + ": " + (severity == Severity.WARNING ? "warning " : "") + code + " " + message;
        if (sourceLine == null || sourceLine.isBlank()) {
            return head;
        }
        return head + "\n    " + sourceLine + "\n    " + caret(sourceLine);
    }

    /** Whitespace that takes as much room as the line up to the column, tabs kept, and the caret. */
    private String caret(String line) {
        String before = line.substring(0, Math.max(0, Math.min(location.column() - 1, line.length())));
        StringBuilder indent = new StringBuilder();
        before.codePoints().forEach(c -> indent.append(c == '\t' ? '\t' : ' '));
        return indent + "^";
    }
}
