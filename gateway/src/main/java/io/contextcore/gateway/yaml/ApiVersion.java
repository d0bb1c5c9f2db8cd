package io.contextcore.gateway.yaml;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Problems;
import java.util.Optional;

/**
 * The first line of every file of the language: which version of the language it is written in. A file without it is read
 * as one of this version, so that all that is wrong in it is told at once; of another version nothing is understood.
 */
public final class ApiVersion {

    /** The key, which is the first one of its file. */
    public static final String KEY = "apiVersion";

    /** The only version there is. */
    public static final String KNOWN = "contextcore.io/v1";

    /** How forms of files declare it. That it is there, and first, is {@link #check}'s to say. */
    public static final Form.Key DECLARED =
            Form.Key.optional(KEY, Shape.words(KNOWN), "version of the language; the first line of the file");

    private ApiVersion() {}

    /** Complains where the version is missing, is not first, or is none that we know. False: the rest cannot be understood. */
    public static boolean check(YamlMapping root, Problems problems) {
        Optional<YamlNode> value = root.get(KEY);
        if (value.isEmpty()) {
            problems.add(
                    ErrorCode.FILE_VERSION,
                    root.location(),
                    "the file does not say its version (expected the first line `" + KEY + ": " + KNOWN + "`)");
            return true;
        }
        YamlScalar first = root.entries().get(0).key();
        if (!first.text().equals(KEY)) {
            problems.add(
                    ErrorCode.FILE_VERSION,
                    first.location(),
                    "'" + first.text() + "' stands before '" + KEY + "' (expected after it)");
        }
        if (value.get() instanceof YamlScalar version && version.text().equals(KNOWN)) {
            return true;
        }
        problems.add(
                ErrorCode.FILE_VERSION,
                value.get().location(),
                KEY + ": " + value.get().describe() + " is unknown here (expected " + KNOWN
                        + "; a file of a newer version needs a newer gateway)");
        return false;
    }

    /** What a file starts with beside its version: the key that says what it is. */
    public static Optional<YamlMapping.Entry> head(YamlMapping root) {
        return root.entries().stream()
                .filter(entry -> !entry.key().text().equals(KEY))
                .findFirst();
    }
}
