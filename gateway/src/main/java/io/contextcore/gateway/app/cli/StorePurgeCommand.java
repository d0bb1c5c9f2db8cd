package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.model.StrictJson;
import io.contextcore.gateway.store.Purge;
import io.contextcore.gateway.store.RocksStore;
import io.contextcore.gateway.store.StoreException;
import io.contextcore.gateway.store.StoreSettings;
import io.contextcore.gateway.store.StoreSettings.Archiving;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes what was kept from the disk. */
@Command(
        name = "purge",
        description = {
            "Takes deliveries from the archive and the dead letters, and their bytes from the disk. The gateway must be"
                    + " stopped.",
            "",
            "What waits for its step, and the state of instances, stays. Refused telemetry does not say its tenant: with"
                    + " --tenant it stays too."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "  contextcore store purge /var/lib/contextcore --source shop --older-than 24h",
            "  contextcore store purge /var/lib/contextcore --source shop --tenant acme"
        })
final class StorePurgeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--source", paramLabel = "NAME", description = "only what came from this source")
    private @Nullable String source;

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            description = "only what is of this tenant, as in the delivery's id")
    private @Nullable String tenant;

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            description =
                    "only what was received, or died, before then: 2026-01-31T12:00:00Z, or such as 90m, 12h or 7d")
    private @Nullable String olderThan;

    @Option(names = "--all", description = "all of it")
    private boolean all;

    @Parameters(paramLabel = "FOLDER", description = "the gateway's data.folder")
    private Path data = Path.of("");

    private final Surroundings surroundings;

    StorePurgeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        boolean some = source != null || tenant != null || olderThan != null;
        if (all == some) {
            throw new UserError("what is to go? (expected: --source, --tenant, --older-than, or --all)");
        }
        Path folder = surroundings.shown(data);
        if (!Files.isDirectory(folder.resolve("db"))) {
            throw new UserError("no data folder " + folder + " (expected: the data.folder of a gateway)");
        }
        Long before = olderThan == null ? null : Nanos.of(Since.of("--older-than", olderThan, surroundings.clock()));
        StoreSettings settings = StoreSettings.defaults().withArchive(new Archiving(Long.MAX_VALUE, Long.MAX_VALUE));
        try (RocksStore store =
                RocksStore.open(folder, surroundings.clock(), settings, StrictJson::reread, Metrics.none())) {
            Purge.Gone gone = store.purge(new Purge(source, tenant, before));
            PrintWriter out = spec.commandLine().getOut();
            out.println(gone.archived() + " deliveries of the archive and " + gone.deadLetters()
                    + " dead letters are gone");
            out.flush();
            return ExitCode.DONE;
        } catch (StoreException e) {
            throw new UserError(String.valueOf(e.getMessage()));
        }
    }
}
