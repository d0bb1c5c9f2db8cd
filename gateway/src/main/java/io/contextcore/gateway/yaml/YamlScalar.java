package io.contextcore.gateway.yaml;

import io.contextcore.gateway.base.Location;

/**
 * A single value.
 *
 * @param text the content, with quotes, escapes and folding undone
 * @param quoted whether it was written in quotes or as a block, so that it can only be meant as text
 * @param location first character of the content, behind an opening quote or a block's header
 * @param raw the file's text from {@code location} to the end of the scalar
 */
public record YamlScalar(String text, boolean quoted, Location location, String raw) implements YamlNode {

    /** A value that stands in no file, from an environment variable say: any type may be read from it. */
    public static YamlScalar given(String text, Location location) {
        return new YamlScalar(text, true, location, text);
    }

    /** A plain scalar on one line. */
    public static YamlScalar plain(String text, Location location) {
        return new YamlScalar(text, false, location, text);
    }

    /** Place in the file of the character at {@code offset} of {@link #text}, as well as quoting and folding allow. */
    public Location at(int offset) {
        return RawText.place(this, offset);
    }

    @Override
    public String describe() {
        return "'" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'";
    }
}
