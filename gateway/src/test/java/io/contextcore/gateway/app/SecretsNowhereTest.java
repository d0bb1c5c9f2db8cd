package io.contextcore.gateway.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.app.settings.SettingsReader;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.Randomness;
import io.contextcore.gateway.intake.IntakeRequest;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.pipeline.Outcome;
import io.contextcore.gateway.pipeline.Stepped;
import io.contextcore.gateway.testing.Await;
import io.contextcore.gateway.testing.OtlpReceiver;
import io.contextcore.gateway.testing.Promise;
import io.contextcore.gateway.testing.Reply;
import io.contextcore.gateway.testing.Seen;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A session full of secrets, made up here, and the secrets of a source: none is in any byte on disk, sent or answered. */
@Timeout(120)
class SecretsNowhereTest {

    private static final String ALPHABET = "aB3dE5gH7jK9mN1pQ2sT4vW6yZ8";

    /** Of the source; in the session it stands too, as a client may show what it was configured with. */
    private static final String OF_THE_SOURCE = "hook-" + letters(40);

    private static final List<String> FAKES = List.of(
            "ghp_" + letters(36),
            "sk-ant-" + letters(40),
            "AKIA" + "ABCDEFGHIJKLMNOP",
            "glpat-" + letters(20),
            "p4ss-in-a-url-" + letters(6),
            "under-a-name-" + letters(6),
            "in-json-in-a-string-" + letters(6),
            "assigned-" + letters(12));

    /** Stands beside the secrets and is none: where it is found, they would have been found too. */
    private static final String MARKER = "marker-that-is-no-thing-to-hide";

    @RegisterExtension
    final Balanced balanced = new Balanced(watch());

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Seen<String> steps = new Seen<>();

    @Test
    @Promise("secrets-nowhere")
    void noSecretIsInAnyByteOnDiskSentOrAnswered() throws Exception {
        StringBuilder told = new StringBuilder();
        try (GatewayApp app = start("export.file=out.jsonl")) {
            for (String body : session()) {
                HttpResponse<String> answer = post(app, OF_THE_SOURCE, body);
                assertEquals(204, answer.statusCode(), answer.body());
                told.append(answer.body()).append(answer.headers());
            }
            told.append(post(app, "wrong", session().get(0)).body());
            told.append(
                    post(app, OF_THE_SOURCE, session().get(0) + FAKES.get(0)).body());
            steps.until("all steps", all -> all.size() == session().size());
            for (String page : List.of("/metrics", "/status", "/admin/dead-letters", "/health/ready")) {
                told.append(ReloadingShop.get(app.adminPort(), page).body());
            }
        }
        String sent = Files.readString(folder.resolve("out.jsonl"), ISO_8859_1);
        String onDisk = everyByteBelow(folder);
        assertTrue(onDisk.contains(MARKER), "what is no secret can be found on disk");
        assertTrue(sent.contains("execute_tool Bash"), "the session was sent");
        for (String rule :
                List.of("github-token", "anthropic-key", "aws-key-id", "gitlab-token", "url-password", "key")) {
            assertTrue(told.toString().contains("note=\"redacted-" + rule + "\""), rule + " is counted: " + told);
        }
        List<String> all = new ArrayList<>(FAKES);
        all.add(OF_THE_SOURCE);
        for (String secret : all) {
            assertFalse(onDisk.contains(secret), "on disk: " + secret);
            assertFalse(sent.contains(secret), "sent: " + secret);
            assertFalse(told.toString().contains(secret), "answered: " + secret);
        }
    }

    /** The receiver takes nothing of the second session for good, so that it goes to the dead letters. */
    @Test
    @Promise("secrets-nowhere")
    void noSecretIsOnTheWireInADeadLetterOrInTheLog() throws Exception {
        StringBuilder told = new StringBuilder();
        try (LogHeard heard = new LogHeard();
                OtlpReceiver receiver = OtlpReceiver.start()) {
            String endpoint = "export.endpoint=http://127.0.0.1:" + receiver.grpcPort();
            try (GatewayApp app = start(endpoint)) {
                for (String body : session()) {
                    assertEquals(204, post(app, OF_THE_SOURCE, body).statusCode());
                }
                Await.until("telemetry", PATIENCE, () -> !receiver.spans().isEmpty());
            }
            steps.until("all steps", all -> all.size() == session().size());
            receiver.replyWith(request -> new Reply.Status(GrpcStatus.INVALID_ARGUMENT, null));
            try (GatewayApp app = start(endpoint)) {
                for (String body : session()) {
                    assertEquals(
                            204,
                            post(app, OF_THE_SOURCE, body.replace("s-1", "s-2")).statusCode());
                }
                String letters = "/admin/dead-letters";
                Await.until(
                        "dead letters",
                        PATIENCE,
                        () -> ReloadingShop.get(app.adminPort(), letters).body().contains("\"number\":"));
                String list = ReloadingShop.get(app.adminPort(), letters).body();
                told.append(list);
                Matcher number = Pattern.compile("\"number\":(\\d+)").matcher(list);
                while (number.find()) {
                    told.append(ReloadingShop.get(app.adminPort(), letters + "/" + number.group(1))
                            .body());
                }
                for (String page : List.of("/metrics", "/status")) {
                    told.append(ReloadingShop.get(app.adminPort(), page).body());
                }
                post(app, "wrong", session().get(0));
                post(app, OF_THE_SOURCE, session().get(0) + FAKES.get(0));
            }
            for (OtlpReceiver.Received request : receiver.received()) {
                told.append(new String(request.payload(), ISO_8859_1)).append(request.headers());
            }
            told.append(heard.text());
        }
        String all = told + everyByteBelow(folder);
        assertTrue(all.contains(MARKER), "what is no secret can be found");
        for (String secret : FAKES) {
            assertFalse(all.contains(secret), secret);
        }
        assertFalse(all.contains(OF_THE_SOURCE), "the source's");
    }

    /** All that is logged meanwhile, at every level. */
    private static final class LogHeard extends Handler implements AutoCloseable {

        private final Logger ours = Logger.getLogger("io.contextcore");
        private final @Nullable Level before = ours.getLevel();
        private final StringBuffer text = new StringBuffer();

        LogHeard() {
            ours.setLevel(Level.ALL);
            setLevel(Level.ALL);
            ours.addHandler(this);
        }

        @Override
        public void publish(LogRecord heard) {
            text.append(new SimpleFormatter().format(heard)).append(heard.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            ours.removeHandler(this);
            ours.setLevel(before);
        }

        String text() {
            return text.toString();
        }
    }

    /** A prompt, a tool call whose output and input hold secrets in all the places that we know, and the end. */
    private static List<String> session() {
        String inner = "{\\\"a\\\":{\\\"client_secret\\\":\\\"" + FAKES.get(6) + "\\\"}}";
        return List.of(
                event("UserPromptSubmit", "\"prompt\":\"use " + FAKES.get(0) + " and " + FAKES.get(1) + "\""),
                event(
                        "PostToolUse",
                        "\"tool_name\":\"Bash\",\"tool_use_id\":\"toolu_1\",\"duration_ms\":5,\"tool_input\":{\"command\":"
                                + "\"curl https://mira:" + FAKES.get(4) + "@forge.example/x; AWS=" + FAKES.get(2)
                                + "; MY_TOKEN=" + FAKES.get(7) + "\",\"description\":\"" + MARKER
                                + "\"},\"tool_response\":{\"stdout\":\"" + inner + "\",\"stderr\":\"" + FAKES.get(3)
                                + "\",\"password\":\"" + FAKES.get(5) + "\",\"note\":\"Authorization: Bearer "
                                + OF_THE_SOURCE + "\"}"),
                event("Stop", "\"last_assistant_message\":\"The key is " + FAKES.get(1) + "\""));
    }

    private static String event(String name, String members) {
        return "{\"session_id\":\"s-1\",\"prompt_id\":\"p-1\",\"cwd\":\"/home/mira/shop\",\"hook_event_name\":\"" + name
                + "\"," + members + "}";
    }

    private static String letters(int count) {
        return ALPHABET.repeat(2).substring(0, count);
    }

    private static String everyByteBelow(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, ISO_8859_1)).append('\n');
            }
        }
        return all.toString();
    }

    private GatewayApp start(String... more) {
        List<String> sets = new ArrayList<>(List.of(more));
        sets.addAll(List.of(
                "http.host=127.0.0.1",
                "http.port=0",
                "admin.port=0",
                "data.folder=store",
                "sources.agents.kind=claude-code",
                "sources.agents.secret=env:HOOK_SECRET"));
        Settings settings = SettingsReader.read(
                new SettingsReader.Given(null, sets, folder, Path.of("..", "mappings"), "test"),
                Environment.of(Map.of("HOOK_SECRET", OF_THE_SOURCE)));
        assertFalse(settings.toString().contains(OF_THE_SOURCE), "the settings do not print it");
        return GatewayApp.start(new GatewayApp.Parts(
                settings, BuiltinProgram.of(settings), "test", Clock.system(), Randomness.system(), balanced));
    }

    private Watch watch() {
        return new Watch() {
            @Override
            public void answered(IntakeRequest request, Outcome outcome) {}

            @Override
            public void stepped(Delivery delivery, Stepped step) {
                steps.add(delivery.id());
            }
        };
    }

    private HttpResponse<String> post(GatewayApp app, String secret, String body) throws Exception {
        URI url = URI.create("http://127.0.0.1:" + app.intakePort() + "/webhooks/agents");
        return http.send(
                HttpRequest.newBuilder(url)
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + secret)
                        .header("X-Project", "shop")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
