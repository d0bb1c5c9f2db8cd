package io.contextcore.gateway.store;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.store.Store.Acceptance;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A store in a process of its own, that a test can kill. It accepts for ever and prints each sequence that it promised. */
final class StoreProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader promised;

    private StoreProcess(Process process) {
        this.process = process;
        this.promised = process.inputReader(StandardCharsets.UTF_8);
    }

    static StoreProcess start(Path folder) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + Files.createDirectories(temporary(folder)),
                "-cp",
                System.getProperty("java.class.path"),
                StoreProcess.class.getName(),
                folder.toString());
        return new StoreProcess(new ProcessBuilder(command)
                .redirectError(
                        ProcessBuilder.Redirect.to(Path.of(folder + ".err").toFile()))
                .start());
    }

    /** Where a process of this folder has its temporary files. */
    static Path temporary(Path folder) {
        return Path.of(folder + ".tmp");
    }

    /** The next sequence that was promised; null at the process's end. */
    Long promised() throws IOException {
        String line = promised.readLine();
        return line == null ? null : Long.valueOf(line);
    }

    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly(); // unlike Process.destroyForcibly, leaves the pipe open
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] args) {
        RocksStore store = RocksStore.open(
                Path.of(args[0]), Clock.system(), StoreSettings.defaults(), Examples::parse, Metrics.none());
        for (long i = 1; ; i++) {
            store.accept(Examples.arrival("id-" + i)).thenAccept(answer -> {
                if (answer instanceof Acceptance.Accepted accepted) {
                    System.out.println(accepted.sequence());
                }
            });
            if (i % 50 == 0) {
                StoreContract.await(store.accept(Examples.arrival("pause-" + i)));
            }
        }
    }
}
