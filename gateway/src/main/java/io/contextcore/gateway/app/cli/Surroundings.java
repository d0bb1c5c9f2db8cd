package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.Randomness;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What a command finds around it.
 *
 * @param version of the gateway
 * @param mappings the mappings that come with the gateway
 * @param folder where the command runs: relative paths start here
 * @param home folder of the user
 * @param in standard input
 * @param terminal whether somebody looks at the output, so that colour helps
 */
public record Surroundings(
        String version,
        Path mappings,
        Path folder,
        Path home,
        Environment environment,
        Clock clock,
        Randomness randomness,
        InputStream in,
        boolean terminal) {

    /** Colour for people only, and not for those who declined it (no-color.org). */
    boolean colour() {
        String declined = environment.get("NO_COLOR");
        return terminal && (declined == null || declined.isEmpty()) && !"dumb".equals(environment.get("TERM"));
    }

    /** Folder of {@code contextcore dev}, one per user (XDG Base Directory Specification where it is followed). */
    Path devFolder() {
        String data = environment.get("XDG_DATA_HOME");
        Path base = data == null || data.isBlank() ? home.resolve(".local").resolve("share") : Path.of(data);
        return base.resolve("contextcore").resolve("dev");
    }

    /** How the user calls this program: by its name where the PATH has it, else by the place of its start script. */
    String command() {
        String path = environment.get("PATH");
        boolean known = path != null
                && Arrays.stream(path.split(File.pathSeparator))
                        .anyMatch(entry -> Files.isExecutable(Path.of(entry, "contextcore")));
        Path script = mappings.resolveSibling("bin").resolve("contextcore").toAbsolutePath();
        return known || !Files.isExecutable(script) ? "contextcore" : Shell.quoted(script.toString());
    }

    /** A path that the user gave, as messages show it and as it can be opened. */
    Path shown(Path given) {
        Path current = Path.of("").toAbsolutePath();
        return folder.equals(current) ? given : folder.resolve(given);
    }
}
