package io.contextcore.gateway.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process, and so those that it starts, may hear of. */
public final class Signals {

    private static final String IGNORED = "SigIgn:";

    private Signals() {}

    /** Whether whoever started the tests ignores SIGHUP, as nohup does: then nobody below hears it. Known on Linux only. */
    public static boolean hangUpIsIgnored() {
        Path status = Path.of("/proc/self/status");
        try {
            return Files.exists(status)
                    && Files.readAllLines(status).stream()
                            .filter(line -> line.startsWith(IGNORED))
                            .map(line -> line.substring(IGNORED.length()).strip())
                            .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & 1) == 1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
