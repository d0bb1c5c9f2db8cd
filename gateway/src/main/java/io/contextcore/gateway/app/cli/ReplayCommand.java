package io.contextcore.gateway.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.app.check.Replay;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.StrictJson;
import io.contextcore.gateway.store.Archived;
import io.contextcore.gateway.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares mappings over deliveries that were kept. */
@Command(
        name = "replay",
        description = {
            "Plays deliveries that a gateway kept (data.archive) through two folders of mappings, both from an empty state,"
                    + " and shows what comes out of one and not of the other.",
            "",
            "Nothing is kept or sent, and a gateway that uses the data folder is not disturbed. What began before the first"
                    + " delivery is not known: such instances are adopted, and counted."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Exit code 0 if nothing differs, else 1.",
            "",
            "  contextcore replay --since 24h --source shop --mappings new-mappings/ --dry-run",
            "  contextcore replay --from kept.jsonl --mappings new/ --against old/ --dry-run"
        })
final class ReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--mappings",
            required = true,
            paramLabel = "FOLDER",
            description = "the new mappings; may be given often, `builtin` are those that come with the gateway")
    private List<Path> mappings = List.of();

    @Option(
            names = "--against",
            paramLabel = "FOLDER",
            description = "the old mappings (those that come with the gateway); may be given often")
    private List<Path> against = List.of();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "only deliveries since then: 2026-01-31T12:00:00Z, or how long ago, such as 90m, 12h or 7d")
    private @Nullable String since;

    @Option(names = "--source", paramLabel = "NAME", description = "only deliveries of this source")
    private @Nullable String source;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = "contextcore-data",
            description = "the data folder (${DEFAULT-VALUE})")
    private Path data = Path.of("contextcore-data");

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "deliveries as JSON lines instead (docs/store.md); `-` reads standard input")
    private @Nullable String from;

    @Option(
            names = "--show",
            paramLabel = "N",
            defaultValue = "20",
            description = "differences that are shown (${DEFAULT-VALUE}); all are counted")
    private int show;

    @Option(names = "--dry-run", description = "say that only differences are wanted: there is no other kind of replay")
    private boolean dryRun;

    private final Surroundings surroundings;

    ReplayCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (!dryRun) {
            throw new UserError("a replay only shows what would differ (expected: --dry-run)");
        }
        Replay before = new Replay(Mappings.load(surroundings, against), Limits.defaults());
        Replay after = new Replay(Mappings.load(surroundings, mappings), Limits.defaults());
        PrintWriter out = spec.commandLine().getOut();
        ReplayReport report = new ReplayReport(out, spec.commandLine().getErr(), show);
        deliveries(delivery -> report.delivery(delivery, before.play(delivery), after.play(delivery)));
        report.end(before.counts(), after.counts());
        out.flush();
        return report.isSame() ? ExitCode.DONE : ExitCode.NO;
    }

    private void deliveries(Consumer<Delivery> visitor) {
        Long nanos = since == null ? null : Nanos.of(Since.of("--since", since, surroundings.clock()));
        Archived.Wanted wanted = new Archived.Wanted(source, nanos);
        if (from != null) {
            lines(from, wanted, visitor);
            return;
        }
        Path folder = surroundings.shown(data);
        if (!Files.isDirectory(folder.resolve("db"))) {
            throw new UserError("no data folder " + folder + " (expected: --data FOLDER, or --from FILE)");
        }
        try {
            Archived.read(folder, StrictJson::reread, wanted, visitor);
        } catch (StoreException e) {
            throw new UserError(String.valueOf(e.getMessage()));
        }
    }

    private void lines(String file, Archived.Wanted wanted, Consumer<Delivery> visitor) {
        InOrder inOrder = new InOrder(visitor);
        try (Reader reader = file.equals("-")
                        ? new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8)
                        : Files.newBufferedReader(surroundings.shown(Path.of(file)));
                BufferedReader lines = new BufferedReader(reader)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    line(file + ":" + number, line, wanted, inOrder);
                }
            }
        } catch (IOException e) {
            throw new UserError("cannot read " + file + ": " + e.getMessage());
        }
        inOrder.end();
    }

    /** What is no delivery (a dead letter of another kind, say) is passed over. */
    private static void line(String at, String line, Archived.Wanted wanted, InOrder inOrder) {
        try {
            JsonNode json = DeliveryJson.parse(line);
            if (DeliveryJson.isDelivery(json)) {
                Delivery delivery = DeliveryJson.read(json);
                if (wanted.wants(delivery)) {
                    inOrder.take(delivery, DeliveryJson.isDead(json));
                }
            }
        } catch (DeliveryJson.NoDelivery e) {
            throw new UserError("no delivery: " + e.getMessage() + " (expected a JSON object) at " + at);
        }
    }

    /** An export tells the dead first, and those that were kept once more in their place: each is played once, there. */
    private static final class InOrder {

        private final Consumer<Delivery> visitor;
        private final TreeMap<Long, Delivery> held = new TreeMap<>();

        InOrder(Consumer<Delivery> visitor) {
            this.visitor = visitor;
        }

        void take(Delivery delivery, boolean dead) {
            if (dead) {
                held.put(delivery.sequence(), delivery);
                return;
            }
            while (!held.isEmpty() && held.firstKey() < delivery.sequence()) {
                visitor.accept(held.pollFirstEntry().getValue());
            }
            held.remove(delivery.sequence());
            visitor.accept(delivery);
        }

        void end() {
            held.values().forEach(visitor);
        }
    }

    /** One figure of both. */
    static String figure(String name, ToLongFunction<Replay.Counts> figure, Replay.Counts before, Replay.Counts after) {
        long was = figure.applyAsLong(before);
        long is = figure.applyAsLong(after);
        return "  " + name + " ".repeat(Math.max(1, 22 - name.length())) + (was == is ? is : was + " -> " + is);
    }
}
