package io.contextcore.gateway.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.contextcore.gateway.mapping.CallKind;
import io.contextcore.gateway.model.Api;
import io.contextcore.gateway.model.Api.Route;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of the table: which call each makes, and what it says where it makes none. */
class CallCommandsTest {

    @TempDir
    private Path folder;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private volatile ToIntFunction<String> status = body -> 202;
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
        keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
        byte[] answer = "{\"id\":\"native//1\"}".getBytes(UTF_8);
        exchange.sendResponseHeaders(status.applyAsInt(body), answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Cli cli() {
        return new Cli(folder)
                .variables(Map.of("CONTEXTCORE_URL", url(), "CONTEXTCORE_TOKEN", "t", "CONTEXTCORE_PROJECT", "shop"));
    }

    private void makes(String call, String... arguments) {
        Cli.Result result = cli().run(arguments);
        assertEquals("", result.err());
        assertEquals(ExitCode.DONE, result.exitCode());
        assertEquals("{\"id\":\"native//1\"}", result.out().strip());
        assertEquals(List.of("POST /v1/calls Bearer t " + call), requests);
    }

    @Test
    void aTaskStartsWithWhatTheOptionsSayAndTheProjectOfTheEnvironment() {
        makes(
                "{\"call\":\"task.start\",\"id\":\"T-1\",\"project\":\"shop\",\"title\":\"Cart\",\"points\":2.5,"
                        + "\"labels\":[\"a\",\"b\"],\"at\":\"2026-01-05T09:00:00Z\"}",
                "task",
                "start",
                "T-1",
                "--title",
                "Cart",
                "--points",
                "2.5",
                "--labels",
                "a",
                "--labels",
                "b",
                "--at",
                "2026-01-05T09:00:00Z");
    }

    @Test
    void anEmptyTextSaysThatThereIsNone() {
        makes("{\"call\":\"task.update\",\"id\":\"T-1\",\"assignee\":null}", "task", "update", "T-1", "--assignee", "");
    }

    @Test
    void anOperandMayBeANumber() {
        makes("{\"call\":\"task.progress\",\"id\":\"T-1\",\"percent\":60}", "task", "progress", "T-1", "60");
    }

    @Test
    void aFileIsLookedForBeforeItIsSaidToBeThere() throws IOException {
        Cli.Result result = cli().run("task", "deliver", "T-1", "--delivered", "path:docs/a.md");
        assertEquals(ExitCode.NO, result.exitCode());
        assertTrue(result.err().startsWith("there is no file docs/a.md"), result.err());
        assertEquals(List.of(), requests);

        Files.createDirectories(folder.resolve("docs"));
        Files.writeString(folder.resolve("docs/a.md"), "a");
        makes(
                "{\"call\":\"task.deliver\",\"id\":\"T-1\",\"delivered\":[\"path:docs/a.md\",\"release\"]}",
                "task",
                "deliver",
                "T-1",
                "--delivered",
                "path:docs/a.md",
                "--delivered",
                "release");
    }

    @Test
    void optionsGoBeforeTheEnvironmentAndAPathIsWhereTheCallsAre() {
        Cli.Result result = cli().run(
                        "event", "demo.shown", "--gateway", url() + "/till/", "--token", "other", "--project", "till");

        assertEquals(ExitCode.DONE, result.exitCode(), result.err());
        assertEquals(
                List.of(
                        "POST /till/calls Bearer other {\"call\":\"event\",\"event\":\"demo.shown\",\"project\":\"till\"}"),
                requests);
    }

    @Test
    void aRefusalGoesToStandardErrorAndIsNoSuccess() {
        status = body -> 400;
        Cli.Result result = cli().run("task", "complete", "T-1");

        assertEquals(ExitCode.NO, result.exitCode());
        assertEquals("", result.out());
        assertEquals("{\"id\":\"native//1\"}", result.err().strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "task progress T-1 much | percent: 'much' does not fit (expected a number)",
                "task status T-1 ready | status: 'ready' does not fit (expected one of pending, in_progress",
                "task complete T-1 --at yesterday | at: 'yesterday' does not fit (expected a time, RFC 3339",
                "task complete T-1 --gateway a:b:c | 'a:b:c' is no address",
            })
    void whatDoesNotFitIsToldBeforeAnythingIsSent(String arguments, String error) {
        Cli.Result result = cli().run(arguments.split(" "));

        assertEquals(ExitCode.NO, result.exitCode());
        assertTrue(result.err().startsWith(error), result.err());
        assertEquals(List.of(), requests);
    }

    @Test
    void withoutAProjectItSaysWhereOneIsExpected() {
        Cli.Result result = new Cli(folder).run("task", "start", "T-1", "--token", "t", "--gateway", url());

        assertEquals(ExitCode.NO, result.exitCode());
        assertEquals(
                "nothing is said of project (expected: --project, or $CONTEXTCORE_PROJECT)",
                result.err().strip());
    }

    @Test
    void withoutATokenItSaysWhereOneIsExpected() {
        Cli.Result result = new Cli(folder).run("task", "complete", "T-1", "--gateway", url());

        assertEquals(ExitCode.NO, result.exitCode());
        assertTrue(result.err().startsWith("no token (expected: --token, $CONTEXTCORE_TOKEN, or "), result.err());
    }

    @Test
    void theSecretOfADevThatRanBeforeIsTheToken() throws IOException {
        Files.writeString(folder.resolve("secrets"), "native=kept\n");
        Cli.Result result =
                new Cli(folder).run("task", "complete", "T-1", "--gateway", url(), "--data", folder.toString());

        assertEquals(ExitCode.DONE, result.exitCode(), result.err());
        assertEquals(List.of("POST /v1/calls Bearer kept {\"call\":\"task.complete\",\"id\":\"T-1\"}"), requests);
    }

    static Stream<Route> routes() {
        return CallKind.in(Cli.MAPPINGS).stream().flatMap(kind -> kind.api().routes().stream());
    }

    @ParameterizedTest
    @MethodSource("routes")
    void theExampleOfEachCommandMakesItsCall(Route route) throws IOException {
        Files.createDirectories(folder.resolve("docs"));
        Files.writeString(folder.resolve("docs/checkout.md"), "a");
        Cli.Result result = cli().run(words(CallCommand.example(route).strip().substring("contextcore ".length())));

        assertEquals(ExitCode.DONE, result.exitCode(), result.err());
        assertTrue(
                requests.get(0).startsWith("POST /v1/calls Bearer t {\"call\":\"" + route.call() + "\""),
                requests.toString());
    }

    /** As a shell would part them: quotes hold a word together. */
    private static String[] words(String line) {
        return Pattern.compile("'([^']*)'|\\S+")
                .matcher(line)
                .results()
                .map(word -> word.group(1) == null ? word.group() : word.group(1))
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void everyRouteHasACommandOfItsOwnThatSaysWhatItMeans(Route route) {
        List<String> words = Stream.concat(
                        route.command().stream().filter(word -> Api.name(word).isEmpty()), Stream.of("--help"))
                .toList();
        Cli.Result result = cli().run(words.toArray(String[]::new));

        assertEquals(ExitCode.DONE, result.exitCode());
        String help = result.out().replaceAll("\\s+", " ");
        assertTrue(help.contains(route.meaning()), help);
    }

    @Test
    void aBatchGoesInPiecesWhoseKeysAreThoseOfTheFileAndTellsHowFarItIs() throws IOException {
        Files.writeString(folder.resolve("history.jsonl"), lines(450));
        Cli.Result first = cli().run("batch", "history.jsonl");
        Cli.Result again = cli().run("batch", "history.jsonl");

        assertEquals(ExitCode.DONE, first.exitCode(), first.err());
        assertEquals(
                "200 of 450 calls are kept\n400 of 450 calls are kept\n450 of 450 calls are kept\n",
                first.err().replace("\r", ""));
        assertEquals(first.err(), again.err());
        assertEquals(6, keys.size());
        assertEquals(keys.subList(0, 3), keys.subList(3, 6));
        assertEquals(3, Set.copyOf(keys).size());
        assertTrue(requests.get(0).startsWith("POST /v1/calls Bearer t [{\"call\":\"task.complete\",\"id\":\"T-0\"},"));
    }

    @Test
    void aBatchThatIsRefusedSaysHowFarItCame() throws IOException {
        status = body -> body.contains("T-200\"") ? 503 : 202;
        Cli.Result result = cli().input(lines(250)).run("batch", "-");

        assertEquals(ExitCode.NO, result.exitCode());
        assertTrue(result.err().contains("200 of 250 calls are kept"), result.err());
        assertTrue(result.err().contains("stopped at call 200 of 250"), result.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'' | no call in -", "not a call | no call: "})
    void aFileWithoutCallsIsNoBatch(String text, String error) {
        Cli.Result result = cli().input(text).run("batch", "-");

        assertEquals(ExitCode.NO, result.exitCode());
        assertTrue(result.err().startsWith(error), result.err());
    }

    @Test
    void aFolderThatCannotBeReadHasNoCallsAndTheOtherCommandsAreThere() throws IOException {
        Path mappings = Files.createDirectories(folder.resolve("mappings"));
        Files.writeString(mappings.resolve("broken.yaml"), "apiVersion: contextcore.io/v1\nkind: a\napi: {\n");

        assertEquals(List.of(), CallKind.in(mappings));
        assertEquals(List.of(), CallKind.in(folder.resolve("nowhere")));
        assertFalse(CallKind.in(Cli.MAPPINGS).isEmpty());
    }

    private static String lines(int count) {
        return String.join(
                "\n",
                IntStream.range(0, count)
                        .mapToObj(i -> "{\"call\":\"task.complete\",\"id\":\"T-" + i + "\"}")
                        .toList());
    }
}
