package io.contextcore.gateway.app.settings;

import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.base.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads secrets: {@code file:/run/secrets/x} (the file's text without the white space round it), {@code env:NAME}, or the
 * secret itself. Problems never repeat a secret.
 */
final class SecretReader implements Secrets {

    static final String FILE = "file:";
    private static final String VARIABLE = "env:";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    private final Environment environment;
    private final Problems problems;
    private final Set<Path> files = new TreeSet<>();

    SecretReader(Environment environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    /** The files that secrets were read from so far. */
    Set<Path> files() {
        return Set.copyOf(files);
    }

    /** Whether it can be a secret, wherever that is; a problem tells what is missing. */
    static boolean hasForm(String text, Location at, Problems problems) {
        String missing = text.isBlank()
                ? "the secret is blank (expected: at least one visible character)"
                : text.startsWith(FILE) && text.substring(FILE.length()).isBlank()
                        ? "the secret names no file (expected: `file:` and a path)"
                        : text.startsWith(VARIABLE)
                                        && !NAME.matcher(text.substring(VARIABLE.length()))
                                                .matches()
                                ? "the secret names no environment variable (expected: `env:` and letters, digits, '_')"
                                : "";
        if (missing.isEmpty()) {
            return true;
        }
        problems.add(ErrorCode.SECRET_UNREADABLE, at, missing);
        return false;
    }

    @Override
    public Optional<Secret> read(String text, Location at, Path folder) {
        if (!hasForm(text, at, problems)) {
            return Optional.empty();
        }
        if (text.startsWith(FILE)) {
            return fromFile(folder.resolve(text.substring(FILE.length())), at);
        }
        if (text.startsWith(VARIABLE)) {
            return fromVariable(text.substring(VARIABLE.length()), at);
        }
        return Optional.of(Secret.of(text));
    }

    private Optional<Secret> fromFile(Path file, Location at) {
        files.add(file);
        try {
            return secret(Files.readString(file).strip(), "the secret's file is empty: " + file, at);
        } catch (IOException e) {
            problems.add(
                    ErrorCode.SECRET_UNREADABLE,
                    at,
                    "the secret's file cannot be read: " + file + " (expected: a readable text file)");
            return Optional.empty();
        }
    }

    private Optional<Secret> fromVariable(String name, Location at) {
        String value = environment.get(name);
        if (value == null) {
            problems.add(ErrorCode.SECRET_UNREADABLE, at, "the secret's environment variable is not set: " + name);
            return Optional.empty();
        }
        return secret(value, "the secret's environment variable is blank: " + name, at);
    }

    private Optional<Secret> secret(String value, String problem, Location at) {
        if (value.isBlank()) {
            problems.add(ErrorCode.SECRET_UNREADABLE, at, problem + " (expected: at least one visible character)");
            return Optional.empty();
        }
        return Optional.of(Secret.of(value));
    }
}
