package io.contextcore.gateway.yaml;

import io.contextcore.gateway.base.Location;

/** Walks a scalar's content and its raw text side by side, to find where in the file a character of the content stands. */
final class RawText {

    private final YamlScalar scalar;
    private int raw;

    private RawText(YamlScalar scalar) {
        this.scalar = scalar;
    }

    static Location place(YamlScalar scalar, int offset) {
        RawText walk = new RawText(scalar);
        int end = Math.min(offset, scalar.text().length());
        for (int i = 0; i < end; i++) {
            walk.find(scalar.text().charAt(i));
            walk.step(scalar.text().charAt(i));
        }
        if (end < scalar.text().length()) {
            walk.find(scalar.text().charAt(end));
        }
        return walk.location();
    }

    /** Skips indentation and line breaks that folding took out. */
    private void find(char wanted) {
        if (!blank(wanted)) {
            while (raw < scalar.raw().length() && blank(scalar.raw().charAt(raw))) {
                raw++;
            }
        }
    }

    private void step(char content) {
        if (raw >= scalar.raw().length()) {
            return;
        }
        char written = scalar.raw().charAt(raw);
        if (written == '\\' && escapes()) {
            raw += escapeLength();
        } else if (written == '\'' && content == '\'' && opened('\'')) {
            raw += 2;
        } else if (blank(content) && !blank(written)) {
            return;
        } else {
            raw++;
        }
    }

    private boolean escapes() {
        return opened('"');
    }

    /** Content of a quoted scalar ends with its closing quote in the raw text; of blocks and plain ones it does not. */
    private boolean opened(char quote) {
        return scalar.quoted()
                && scalar.raw().length() > 0
                && scalar.raw().charAt(scalar.raw().length() - 1) == quote;
    }

    private int escapeLength() {
        if (raw + 1 >= scalar.raw().length()) {
            return 1;
        }
        return switch (scalar.raw().charAt(raw + 1)) {
            case 'x' -> 4;
            case 'u' -> 6;
            case 'U' -> 10;
            default -> 2;
        };
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    private Location location() {
        Location start = scalar.location();
        String passed = scalar.raw().substring(0, Math.min(raw, scalar.raw().length()));
        int lineBreak = passed.lastIndexOf('\n');
        if (lineBreak < 0) {
            return new Location(start.file(), start.line(), start.column() + passed.length());
        }
        int lines = (int) passed.chars().filter(c -> c == '\n').count();
        return new Location(start.file(), start.line() + lines, passed.length() - lineBreak);
    }
}
