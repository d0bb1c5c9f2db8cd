package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.app.StoredDeliveries;
import io.contextcore.gateway.model.StrictJson;
import io.contextcore.gateway.store.DeadEntry;
import io.contextcore.gateway.store.Salvage;
import io.contextcore.gateway.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What can be done with a data folder. */
@Command(
        name = "store",
        description = {
            "Looks after the data folder of a gateway: `purge` takes from it what should not rest there, `check` and `export`"
                    + " save what is readable of one that does not open any more.",
            "",
            "docs/store.md tells what can be damaged, and what the lines of `export` hold."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "check|export|purge",
        footer = {
            "",
            "  contextcore store check /var/lib/contextcore",
            "  contextcore store export /var/lib/contextcore --to saved.jsonl",
            "  contextcore store purge /var/lib/contextcore --source shop --older-than 24h"
        })
final class StoreCommand {

    @Spec
    private CommandSpec spec;

    private final Surroundings surroundings;

    private StoreCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    static CommandLine create(Surroundings surroundings) {
        return new CommandLine(new StoreCommand(surroundings)).addSubcommand(new StorePurgeCommand(surroundings));
    }

    @Command(
            name = "check",
            description = {
                "Reads every file whole, compares all checksums, and says what is damaged and how much can be read."
            },
            mixinStandardHelpOptions = true,
            footer = {"", "Exit code 0 if the store is whole, else 1."})
    int check(@Parameters(paramLabel = "FOLDER", description = "the gateway's data.folder") Path folder) {
        PrintWriter out = out();
        Path store = surroundings.folder().resolve(folder);
        List<String> damage = asked(() -> Salvage.damage(store));
        damage.forEach(what -> out.println("damaged: " + what));
        try (Salvage salvage = asked(() -> Salvage.open(store, StrictJson::reread))) {
            out.println(told("deliveries", salvage.deliveries(delivery -> {})));
            out.println(told("dead letters", salvage.deadLetters(letter -> {})));
            out.println(told("entries that wait to be sent", salvage.telemetry()));
            out.println(told("instances, aliases, tallies and facts", salvage.rows()));
        }
        out.println(
                damage.isEmpty()
                        ? "the store is whole"
                        : "save what is readable with `contextcore store export`, then restore the folder from a copy, or"
                                + " move it away to begin anew");
        out.flush();
        return damage.isEmpty() ? ExitCode.DONE : ExitCode.NO;
    }

    private static String told(String what, Salvage.Found found) {
        return what + ": " + found.read() + " can be read"
                + (found.unreadable() == 0 ? "" : ", " + found.unreadable() + " make no sense")
                + (found.whole() ? "" : ", some cannot be read");
    }

    @Command(
            name = "export",
            description = {
                "Writes every delivery that can be read as a line of JSON: those that wait, those that were kept after their"
                        + " step, and those among the dead letters."
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Exit code 0 if all could be read and nothing is damaged, else 1; the damage is told on standard error."
            })
    int export(
            @Parameters(paramLabel = "FOLDER", description = "the gateway's data.folder") Path folder,
            @Option(names = "--to", paramLabel = "FILE", description = "a new file (standard output)") @Nullable Path file)
            throws IOException {
        Path store = surroundings.folder().resolve(folder);
        List<String> damage = asked(() -> Salvage.damage(store));
        try (Salvage salvage = asked(() -> Salvage.open(store, StrictJson::reread))) {
            if (file == null) {
                return export(salvage, damage, out());
            }
            Path target = surroundings.folder().resolve(file);
            if (Files.exists(target)) {
                throw new UserError(target + " is there already (expected: the name of a new file)");
            }
            try (PrintWriter lines = new PrintWriter(Files.newBufferedWriter(target, StandardCharsets.UTF_8))) {
                return export(salvage, damage, lines);
            }
        }
    }

    /** What is missing of a damaged log nobody can count: the damage itself says that something is. */
    private int export(Salvage salvage, List<String> damage, PrintWriter lines) {
        long cursor = salvage.cursor();
        Salvage.Found dead = salvage.deadLetters(letter -> deadDelivery(letter, lines::println));
        Salvage.Found waiting = salvage.deliveries(delivery -> lines.println(StoredDeliveries.line(delivery, cursor)));
        lines.flush();
        PrintWriter err = spec.commandLine().getErr();
        if (lines.checkError()) {
            throw new UserError("not everything could be written (expected: room for it)");
        }
        damage.forEach(what -> err.println("damaged: " + what));
        err.println(told("deliveries", waiting) + "; " + told("dead letters", dead));
        err.flush();
        boolean all =
                damage.isEmpty() && waiting.whole() && dead.whole() && waiting.unreadable() + dead.unreadable() == 0;
        return all ? ExitCode.DONE : ExitCode.NO;
    }

    private static void deadDelivery(DeadEntry letter, Consumer<String> lines) {
        if (letter.remains() instanceof DeadEntry.Remains.OfDelivery dead) {
            lines.accept(StoredDeliveries.line(dead.delivery(), letter.head()));
        }
    }

    /** Something asked of the store. */
    private interface Asking<T> {
        T ask();
    }

    private static <T> T asked(Asking<T> asking) {
        try {
            return asking.ask();
        } catch (StoreException e) {
            throw new UserError(String.valueOf(e.getMessage()));
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
