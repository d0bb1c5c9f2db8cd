package io.contextcore.gateway.load;

import io.contextcore.gateway.testing.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Signed webhooks at full rate against the assembled application: accepted durably, mapped, stepped, exported to a real Collector.
 * Beside it, in the same run, the same bodies as log records to a Collector that keeps them in a queue on disk. Client, gateway
 * and Collectors share the machine.
 *
 * <pre>make load ARGS="--deliveries 200000 --bytes 8192"</pre>
 */
public final class LoadMain {

    private static final String USAGE = """
            --deliveries N    how many are measured (200000)
            --warm N          how many are sent before, so that the JVM has compiled what it runs (150000)
            --bytes N         size of each body (8192)
            --connections N   that stay open (64)
            --rate N          deliveries begun in a second; 0: as many as get answers (0)
            --open N          issues that are open before the measuring begins (0)
            --sources LIST    github,jira,claude-code
            --minutes N       for so long, in runs of --deliveries, with what is alive in the heap after each (0: one run)
            --beside N        deliveries to each Collector with a queue on disk; 0: none (30000)
            """;

    private static final int THREADS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    /** To ask for metrics costs what a few deliveries cost. */
    private static final Duration EVERY = Duration.ofMillis(200);

    /** Deliveries a second: answered with 2xx, and with all of it at the Collector. */
    private record Rates(double accepted, double finished) {}

    private final int deliveries;
    private final int warm;
    private final int bytes;
    private final int connections;
    private final int rate;
    private final int open;
    private final int minutes;
    private final int beside;
    private final List<Story> stories;
    private final Path folder;

    private LoadMain(List<String> arguments) throws IOException {
        this.deliveries = option(arguments, "--deliveries", 200_000);
        this.warm = option(arguments, "--warm", 150_000);
        this.bytes = option(arguments, "--bytes", 8_192);
        this.connections = option(arguments, "--connections", 64);
        this.rate = option(arguments, "--rate", 0);
        this.open = option(arguments, "--open", 0);
        this.minutes = option(arguments, "--minutes", 0);
        this.beside = option(arguments, "--beside", 30_000);
        List<String> sources =
                List.of(text(arguments, "--sources", "github,jira,claude-code").split(","));
        this.stories = Story.ALL.stream()
                .filter(story -> sources.contains(story.source()))
                .toList();
        this.folder = Files.createTempDirectory("contextcore-load");
    }

    public static void main(String[] arguments) throws Exception {
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.print(USAGE);
            return;
        }
        new LoadMain(List.of(arguments)).run();
    }

    private void run() throws Exception {
        print(
                "%,d bytes, %s, %d connections, %s",
                bytes,
                stories.stream().map(Story::source).toList(),
                connections,
                rate == 0 ? "full rate" : rate + "/s");
        try (Collectors sink = Collectors.sink(folder)) {
            Rates gateway = gateway(sink);
            if (beside > 0) {
                compare(gateway, sink, true);
                compare(gateway, sink, false);
            }
        }
    }

    private Rates gateway(Collectors sink) throws Exception {
        long started = System.nanoTime();
        try (GatewayProcess gateway = GatewayProcess.serve(folder, settings(sink), environment())) {
            print(
                    "start to ready       %.2f s, resident %d MB",
                    (System.nanoTime() - started) / 1e9, Usage.residentMegabytes(gateway.pid()));
            if (open > 0) {
                new Client(gateway.port(), connections, Double.POSITIVE_INFINITY)
                        .send(
                                Traffic.webhooks(
                                        List.of(Story.GITHUB), 0, GatewayProcess.SECRET, "open-", 1_000_000, true),
                                0,
                                open);
                gateway.awaitDrained(PATIENCE, EVERY);
                print("open                 %,d issues", open);
            }
            Traffic traffic = Traffic.webhooks(stories, bytes, GatewayProcess.SECRET, "load-", 0, false);
            Client client = new Client(gateway.port(), connections, rate == 0 ? Double.POSITIVE_INFINITY : rate);
            if (warm > 0) {
                client.send(traffic, 0, warm);
                gateway.awaitDrained(PATIENCE, EVERY);
            }
            int sent = warm + goOn(gateway, traffic, client);
            return measure(gateway, sink, traffic, client, sent);
        }
    }

    /** @return how many were sent */
    private int goOn(GatewayProcess gateway, Traffic traffic, Client client) throws Exception {
        long from = System.nanoTime();
        int sent = 0;
        while (System.nanoTime() - from < TimeUnit.MINUTES.toNanos(minutes)) {
            Client.Result result = client.send(traffic, warm + sent, deliveries);
            gateway.awaitDrained(PATIENCE, EVERY);
            sent += deliveries;
            print(
                    "after %5.1f min      %,d sent, %d refused, live objects %.1f MB, resident %d MB",
                    (System.nanoTime() - from) / 60e9,
                    sent,
                    result.other(),
                    gateway.liveBytes() / 1e6,
                    Usage.residentMegabytes(gateway.pid()));
        }
        return sent;
    }

    private Rates measure(GatewayProcess gateway, Collectors sink, Traffic traffic, Client client, int sent)
            throws Exception {
        double items = gateway.metric("contextcore_items_delivered_total");
        Usage before = Usage.ofJava(gateway.pid());
        Usage sinkBefore = Usage.of(sink.pid());
        Usage own = Usage.of(ProcessHandle.current().pid());
        long from = System.nanoTime();
        Client.Result result = client.send(traffic, sent, deliveries);
        double queued = gateway.metric("contextcore_deliveries_queued");
        double waiting = gateway.metric("contextcore_items_waiting");
        gateway.awaitDrained(PATIENCE, EVERY);
        double drained = (System.nanoTime() - from) / 1e9;
        Usage used = Usage.ofJava(gateway.pid()).since(before);
        print("accepted             %,d of %,d, %,.0f/s", result.good(), deliveries, result.perSecond());
        print(
                "answer               p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms",
                result.quantile(0.5), result.quantile(0.99), result.quantile(0.999));
        print("at the last answer   %,.0f deliveries to step, %,.0f spans and logs to send", queued, waiting);
        print(
                "all at the Collector %.1f s after the first request: %,.0f/s; %,.0f spans and logs",
                drained, result.good() / drained, gateway.metric("contextcore_items_delivered_total") - items);
        print(
                "lost                 %.0f dead deliveries, %.0f dead spans and logs",
                gateway.metric("contextcore_deliveries_dead_total"), gateway.metric("contextcore_items_dead_total"));
        print(
                "processor            %.0f us for a delivery; Collector %.0f us, client %.0f us",
                used.cpuNanos() / 1e3 / deliveries,
                Usage.of(sink.pid()).since(sinkBefore).cpuNanos() / 1e3 / deliveries,
                Usage.of(ProcessHandle.current().pid()).since(own).cpuNanos() / 1e3 / deliveries);
        used.threads().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(THREADS)
                .forEach(thread -> print("  %-18s %.0f us", thread.getKey(), thread.getValue() / 1e3 / deliveries));
        print("allocated            %.1f KB for a delivery", used.allocatedBytes() / 1e3 / deliveries);
        print(
                "memory               resident %d MB, live objects %d MB",
                Usage.residentMegabytes(gateway.pid()), gateway.liveBytes() / 1_000_000);
        return new Rates(result.perSecond(), result.good() / drained);
    }

    private void compare(Rates gateway, Collectors sink, boolean fsync) throws IOException {
        try (Collectors collector = Collectors.queueing(folder, fsync, sink)) {
            Traffic traffic = Traffic.logRecords(stories, bytes);
            Client client = new Client(collector.port(), connections, Double.POSITIVE_INFINITY);
            client.send(traffic, 0, beside / 10);
            Usage before = Usage.of(collector.pid());
            Client.Result result = client.send(traffic, beside / 10, beside);
            Usage used = Usage.of(collector.pid()).since(before);
            print(
                    "Collector's queue    %s: %,.0f/s (the gateway accepts %.1f times that, and finishes %.1f times), p50 %.2f ms, p99 %.2f ms, processor %.0f us, %d refused",
                    fsync ? "with fsync" : "without fsync",
                    result.perSecond(),
                    gateway.accepted() / result.perSecond(),
                    gateway.finished() / result.perSecond(),
                    result.quantile(0.5),
                    result.quantile(0.99),
                    used.cpuNanos() / 1e3 / beside,
                    result.other());
        }
    }

    private Path settings(Collectors sink) throws IOException {
        StringBuilder settings =
                new StringBuilder("export: {endpoint: \"http://127.0.0.1:" + sink.port() + "\"}\nsources:\n");
        for (Story story : stories) {
            settings.append("  " + story.source() + ": {kind: " + story.source() + ", secret: env:LOAD_SECRET}\n");
        }
        return Files.writeString(folder.resolve("gateway.yaml"), settings);
    }

    /** {@code LOAD_JAVA_OPTS} are options for the gateway's JVM. */
    private static Map<String, String> environment() {
        return Map.of(
                "LOAD_SECRET",
                GatewayProcess.SECRET,
                "CONTEXTCORE_JAVA_OPTS",
                System.getenv().getOrDefault("LOAD_JAVA_OPTS", ""));
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static int option(List<String> arguments, String name, int otherwise) {
        return Integer.parseInt(text(arguments, name, String.valueOf(otherwise)));
    }

    private static String text(List<String> arguments, String name, String otherwise) {
        int at = arguments.indexOf(name);
        return at < 0 ? otherwise : arguments.get(at + 1);
    }
}
