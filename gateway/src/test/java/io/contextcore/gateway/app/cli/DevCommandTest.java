package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DevCommandTest {

    private static final Pattern URL = Pattern.compile("webhooks   (http://127\\.0\\.0\\.1:\\d+)/");
    private static final Pattern SECRET = Pattern.compile("-hmac (\\S+) ");

    @TempDir
    private Path folder;

    @BeforeEach
    void aShop() throws IOException {
        Shop.write(folder.resolve("mappings"));
    }

    /** Runs {@code dev} in a thread of its own until the test has seen enough. */
    private final class Dev implements AutoCloseable {

        private final Screen screen = new Screen();
        private final Thread thread;

        private Dev(String... more) {
            this(new Cli(folder), more);
        }

        private Dev(Cli cli, String... more) {
            String[] all = new String[7 + more.length];
            System.arraycopy(
                    new String[] {
                        "dev",
                        "--port",
                        "0",
                        "--admin-port",
                        "0",
                        "--mappings",
                        folder.resolve("mappings").toString()
                    },
                    0,
                    all,
                    0,
                    7);
            System.arraycopy(more, 0, all, 7, more.length);
            CommandLine line = Commands.create(cli.surroundings());
            line.setOut(new PrintWriter(screen, true));
            line.setErr(new PrintWriter(screen, true));
            thread = new Thread(() -> line.execute(all), "dev");
            thread.start();
        }

        @Override
        public void close() {
            thread.interrupt();
            try {
                thread.join(TimeUnit.SECONDS.toMillis(60));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What was printed; can wait for a text. */
    private static final class Screen extends StringWriter {

        private String wanted = "waiting for";
        private CountDownLatch seen = new CountDownLatch(1);

        @Override
        public void flush() {
            synchronized (this) {
                if (toString().contains(wanted)) {
                    seen.countDown();
                }
            }
        }

        private String await(String text) throws InterruptedException {
            synchronized (this) {
                wanted = text;
                seen = new CountDownLatch(1);
            }
            flush();
            assertTrue(seen.await(60, TimeUnit.SECONDS), () -> "never printed '" + text + "':\n" + this);
            return toString();
        }
    }

    @Test
    void theExampleGoesThroughRealHttpAndIsShownAsItGoesBy() throws Exception {
        try (Dev dev = new Dev("--example")) {
            String text = dev.screen.await("waiting for yours");
            assertTrue(text.contains("shop  order  mapped by shop.order"), text);
            assertTrue(text.contains("span order A lamp"), text);
            assertTrue(text.contains("log  order.created"), text);
        }
        Path telemetry = folder.resolve(".local/share/contextcore/dev/telemetry.jsonl");
        assertTrue(Files.readString(telemetry).startsWith("{\"resource"), telemetry.toString());
    }

    @Test
    void itPrintsCommandsToPasteAndThePrintedSecretWorks() throws Exception {
        try (Dev dev = new Dev("--data", "kept")) {
            String text = dev.screen.await("waiting for the first event");
            String url = first(URL, text);
            String secret = first(SECRET, text);
            assertTrue(text.contains("shopctl hook " + url + "/webhooks/shop " + secret + " "), text);
            assertTrue(
                    text.contains(
                            "contextcore send shop --url " + url + " --data " + folder.resolve("kept") + " --example"),
                    text);
            Cli cli = new Cli(folder);
            Cli.Result sent =
                    cli.run("send", "shop", "--mappings", "mappings", "--url", url, "--data", "kept", "--example");
            assertEquals(ExitCode.DONE, sent.exitCode(), sent.out() + sent.err());
            assertTrue(sent.out().startsWith("202 {\"id\":"), sent.out());
            dev.screen.await("mapped by shop.order");
            Cli.Result wrong = new Cli(folder)
                    .input("{}")
                    .run(
                            "send",
                            "shop",
                            "-",
                            "--event",
                            "order",
                            "--mappings",
                            "mappings",
                            "--url",
                            url,
                            "--secret",
                            "wrong");
            assertEquals(ExitCode.NO, wrong.exitCode());
            assertTrue(wrong.out().startsWith("401 "), wrong.out());
            dev.screen.await("refused: unverified");
            Cli.Result again = new Cli(folder)
                    .input("{\"id\": 1}")
                    .run(
                            "send",
                            "shop",
                            "-",
                            "--event",
                            "hello",
                            "--mappings",
                            "mappings",
                            "--url",
                            url,
                            "--secret",
                            secret);
            assertEquals(ExitCode.DONE, again.exitCode(), again.out());
            dev.screen.await("ping received");
        }
    }

    @Test
    void aPingAfterTheExampleStillWaitsForTheFirstEvent() throws Exception {
        try (Dev dev = new Dev("--data", "kept", "--example")) {
            String url = first(URL, dev.screen.await("waiting for yours"));
            assertEquals(ExitCode.DONE, send(url, "hello", "{\"id\": 1}").exitCode());
            dev.screen.await("ping received, waiting for the first event");
            assertEquals(
                    ExitCode.DONE,
                    send(url, "order", "{\"id\": 7, \"title\": \"Mine\"}").exitCode());
            dev.screen.await("span order Mine");
            assertEquals(ExitCode.DONE, send(url, "hello", "{\"id\": 2}").exitCode());
            dev.screen.await("ping received" + System.lineSeparator());
        }
    }

    @Test
    void whatASenderWroteCannotMoveTheCursor() throws Exception {
        try (Dev dev = new Dev("--data", "kept")) {
            String url = first(URL, dev.screen.await("waiting for the first event"));
            send(url, "order", "{\"id\": 7, \"title\": \"\\u001b[2JMine\"}");
            dev.screen.await("span order \ufffd[2JMine");
        }
    }

    @Test
    void secretsAreMadeOnceAndKeptForTheirOwnerOnly() throws Exception {
        String first;
        try (Dev dev = new Dev("--data", "kept")) {
            first = first(SECRET, dev.screen.await("waiting for the first event"));
        }
        Path secrets = folder.resolve("kept").resolve("secrets");
        if (Files.getFileStore(secrets).supportsFileAttributeView("posix")) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)));
        }
        try (Dev dev = new Dev("--data", "kept")) {
            assertEquals(first, first(SECRET, dev.screen.await("waiting for the first event")));
        }
        try (Dev dev = new Dev("--data", "kept", "--secret", "shop=given")) {
            assertEquals("given", first(SECRET, dev.screen.await("waiting for the first event")));
        }
        assertNotEquals("given", first);
        assertEquals("shop=given\n", Files.readString(secrets));
    }

    @Test
    void aCollectorThatIsNamedTakesThePlaceOfTheFile() throws Exception {
        Cli cli = new Cli(folder).variables(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"));
        try (Dev dev = new Dev(cli, "--data", "kept")) {
            String text = dev.screen.await("waiting for the first event");
            assertTrue(text.contains("telemetry  to the Collector at http://127.0.0.1:1"), text);
        }
        try (Dev dev = new Dev(cli, "--data", "kept", "--out", "lines.jsonl")) {
            String text = dev.screen.await("waiting for the first event");
            assertTrue(text.contains("OTLP/JSON lines in " + folder.resolve("lines.jsonl")), text);
        }
    }

    @Test
    void aTemporaryFolderIsGoneAtTheEnd() throws Exception {
        String text;
        try (Dev dev = new Dev("--temp")) {
            text = dev.screen.await("waiting for the first event");
        }
        assertTrue(Files.notExists(Path.of(first(Pattern.compile("data       (\\S+)  \\(removed"), text))), text);
    }

    @Test
    void aTakenPortNamesItsOption() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            Cli.Result result = new Cli(folder)
                    .run(
                            "dev",
                            "--mappings",
                            "mappings",
                            "--temp",
                            "--admin-port",
                            "0",
                            "--port",
                            "" + taken.getLocalPort());
            assertEquals(ExitCode.NO, result.exitCode());
            assertTrue(result.err().startsWith("--port: cannot listen on 127.0.0.1:"), result.err());
        }
    }

    @Test
    void aFolderOfMappingsMayHaveACommaInItsName() throws Exception {
        Shop.write(folder.resolve("ours, theirs"));
        Cli.Result result = new Cli(folder).run("dev", "--mappings", "ours, theirs", "--temp", "--secret", "shpo=x");
        assertTrue(result.err().contains("(expected one of shop, nearest: shop)"), result.err());
    }

    @Test
    void aSecretForNoSourceIsAUserError() {
        Cli.Result result = new Cli(folder).run("dev", "--mappings", "mappings", "--temp", "--secret", "shpo=x");
        assertEquals(ExitCode.NO, result.exitCode());
        assertTrue(
                result.err().contains("--secret shpo: no such source (expected one of shop, nearest: shop)"),
                result.err());
    }

    private Cli.Result send(String url, String event, String payload) {
        return new Cli(folder)
                .input(payload)
                .run("send", "shop", "-", "--event", event, "--mappings", "mappings", "--url", url, "--data", "kept");
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertTrue(matcher.find(), text);
        return matcher.group(1);
    }
}
