package io.contextcore.gateway.app.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.app.check.CheckRun;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.mapping.ProgramLoader;
import io.contextcore.gateway.model.StrictJson;
import io.contextcore.gateway.model.UnreadableJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceDraftTest {

    private static final Path MAPPINGS = Path.of("..", "mappings");
    private static final int SAMPLES = 150;

    private static final String ISSUE = """
            {"object_kind": "issue", "project": {"path_with_namespace": "acme/till"}, "object_attributes": {"id": 60231,
             "iid": 17, "title": "The drawer opens twice", "state": "opened", "created_at": "2026-03-02 09:00:00 UTC",
             "updated_at": "2026-03-02 09:30:00 UTC", "closed_at": null, "url": "https://git.example.org/issues/17"}}
            """;

    /** What of our mappings a draft needs: a program of it is made many times. */
    @TempDir
    private Path ours;

    @TempDir
    private Path folder;

    @BeforeEach
    void whatADraftNeeds() throws IOException {
        for (String file : List.of("conventions.yaml", "redaction.yaml", "lifecycles/task.yaml", "tables/task.yaml")) {
            Files.createDirectories(ours.resolve(file).getParent());
            Files.copy(MAPPINGS.resolve(file), ours.resolve(file));
        }
    }

    @Test
    void anObjectWithIdTitleAndStateMovesTheLifecycleThatSaysSo() {
        SourceDraft draft = draft("gitlab", ISSUE, Map.of(), "");
        String mapping = draft.files().get("issue.yaml");
        assertTrue(mapping.contains("events: [issue]\nwhen: has(payload.object_attributes.id)\n"), mapping);
        assertTrue(mapping.contains("key: gitlab/${item.id}\n"), mapping);
        assertTrue(mapping.contains("    at: ${item.updated_at}\n    start: ${item.created_at}\n"), mapping);
        assertTrue(mapping.contains("    end: ${item.closed_at}\n"), mapping);
        assertTrue(mapping.contains("task.id: ${text(item.iid)}\n"), mapping);
        assertTrue(mapping.contains("${lookup('gitlab.source_status', item.state, 'pending')}"), mapping);
        assertTrue(draft.files().get("issue.schema.yaml").contains("closed_at: \"time | null\""), draft::toString);
        assertTrue(draft.files().get("tables.yaml").contains("    opened: pending\n"), draft::toString);
        prove(draft);
        assertTrue(read("issue.test.yaml").contains("name: task task"), read("issue.test.yaml"));
        assertTrue(read("issue.test.yaml").contains("received: 2026-03-02T09:30:01Z"), read("issue.test.yaml"));
    }

    @Test
    void aWordThatNobodyKnowsIsARowOfTheTable() {
        SourceDraft draft = draft("shop", "{\"id\": 7, \"title\": \"A lamp\", \"status\": \"12:30\"}", Map.of(), "");
        String tables = draft.files().get("tables.yaml");
        assertTrue(tables.contains("    \"12:30\": pending\n"), tables);
        prove(draft);
    }

    @Test
    void theEventTheIdAndTheProofAreFoundAmongTheHeaders() {
        SourceDraft draft = draft(
                "gitlab",
                ISSUE,
                Map.of("X-Gitlab-Event", "Issue Hook", "X-Gitlab-Token", "s3cret", "X-Gitlab-Event-UUID", "d-1"),
                "");
        String kind = draft.files().get("kind.yaml");
        assertTrue(kind.contains("- token: {header: X-Gitlab-Token}\n"), kind);
        assertTrue(kind.contains("event: headers['x-gitlab-event']\n"), kind);
        assertTrue(kind.contains("delivery_id: headers['x-gitlab-event-uuid']\n"), kind);
        assertEquals("Issue Hook", draft.event());
        assertFalse(draft.files().toString().contains("s3cret"), draft::toString);
        prove(draft);
    }

    @Test
    void aSignatureIsAnHmacAndABearerAToken() {
        String signed = draft("shop", "{}", Map.of("X-Shop-Signature-256", "sha256=00"), "")
                .files()
                .get("kind.yaml");
        assertTrue(signed.contains("- hmac: {header: X-Shop-Signature-256, methods: [sha256]}"), signed);
        String bearer = draft("shop", "{}", Map.of("authorization", "Bearer abc"), "")
                .files()
                .get("kind.yaml");
        assertTrue(bearer.contains("- token: {header: Authorization, scheme: Bearer}"), bearer);
        String nothing = draft("shop-floor", "{}", Map.of(), "").files().get("kind.yaml");
        assertTrue(nothing.contains("- token: {header: X-Shop-Floor-Token}"), nothing);
    }

    @Test
    void anEventThatIsGivenIsReadWhereTheSampleSaysItElseFromAHeader() {
        String member = draft("shop", "{\"what\": \"order\", \"type\": \"x\"}", Map.of(), "order")
                .files()
                .get("kind.yaml");
        assertTrue(member.contains("event: payload.what\n"), member);
        SourceDraft header = draft("shop", "{\"type\": \"x\"}", Map.of(), "order");
        assertTrue(header.files().get("kind.yaml").contains("event: headers['x-shop-event']\n"), header::toString);
        prove(header);
    }

    @Test
    void whatFitsNoLifecycleIsALogOfItsMembers() {
        SourceDraft draft = draft(
                "meter",
                "{\"reading\": {\"value\": 1.5, \"unit\": \"kWh\", \"ok\": true, \"n\": 7}, \"api_token\": \"s3cret\"}",
                Map.of(),
                "");
        String mapping = draft.files().get("event.yaml");
        assertTrue(mapping.contains("events: \"*\"\nlogs:\n  - event: meter.received\n"), mapping);
        assertTrue(mapping.contains("meter.reading.value: ${payload.reading.value}\n"), mapping);
        assertFalse(mapping.contains("api_token"), mapping);
        assertTrue(draft.files().get("event.schema.yaml").contains("value: number"), draft::toString);
        prove(draft);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\": {\"b\": {\"c\": {\"d\": {\"e\": {\"id\": 1, \"title\": \"t\", \"state\": \"s\"}}}}}}",
                "{\"items\": [{\"id\": 1}], \"none\": [], \"nested\": [[1, [2]]]}",
                "{\"yes\": 1, \"no\": \"no\", \"12:30\": \"1e3\", \"null\": null, \"1\": \"~\", \"in\": true, \"size\": \"x\"}",
                "{\"big\": 18446744073709551616, \"uint\": 18446744073709551615, \"least\": -9223372036854775808, \"f\": 1e300}",
                "{\"größe\": \"groß\", \"名前\": \"注文\", \"event\": \"Änderung\", \"emoji\": \"🚚\", \"rtl\": \"\\u202eabc\"}",
                "{\"a.b\": {\"c\": 1}, \"a\": {\"b\": {\"c\": \"x\"}}, \"a.b.c\": 2, \"..\": 1, \"a[]\": {\"x\": 1}}",
                "{\"\": 1, \" \": 2, \"q?\": 3, \"*\": 4, \"it's\": 5, \"b\\\\s\": 6, \"${x}\": 7, \"a: b # c\": 8, \"x|y\": 9}",
                "{\"id\": \"\", \"title\": \"\", \"state\": \"\", \"created_at\": \"\", \"event\": \"\"}",
                "{\"id\": 1, \"name\": \"n\", \"state\": {\"name\": \"Neu: ja\"}, \"created\": 1767225600000, \"event\": \"kind\"}",
                "{\"id\": 1, \"name\": \"n\", \"status\": \"x\", \"created\": \"1700-01-01T00:00:00Z\", \"closed\": \"2261-01-01T00:00:00Z\"}",
                "{\"time\": \"not a time\", \"id\": {\"id\": {\"id\": [1]}}, \"type\": \"a\\u0000b\", \"text\": \"a\\nb\\u0000c\"}"
            })
    void whateverASampleIsTheFilesLintAndPass(String sample) {
        prove(draft("shop", sample, Map.of(), ""));
    }

    @Test
    void samplesByChanceToo() {
        SplittableRandom chance = new SplittableRandom(20260302);
        int lifecycles = 0;
        for (int i = 0; i < SAMPLES; i++) {
            String sample = ChanceObject.of(chance).toString();
            Path each = folder.resolve(Integer.toString(i));
            SourceDraft draft = draft("shop", sample, Map.of(), "");
            prove(draft, each, sample);
            lifecycles += draft.files().values().stream().anyMatch(text -> text.contains("lifecycle: task")) ? 1 : 0;
        }
        assertTrue(lifecycles > SAMPLES / 10 && lifecycles < SAMPLES, "both sorts: " + lifecycles);
    }

    private SourceDraft draft(String name, String sample, Map<String, String> headers, String event) {
        Problems problems = new Problems();
        List<Template> templates = TemplateReader.read(ours, problems);
        problems.throwIfAny();
        try {
            ObjectNode payload =
                    (ObjectNode) new StrictJson(Limits.defaults()).read(sample.getBytes(StandardCharsets.UTF_8));
            return SourceDraft.of(name, new Sample(sample, payload, headers, event), templates);
        } catch (UnreadableJson e) {
            throw new AssertionError(sample, e);
        }
    }

    private void prove(SourceDraft draft) {
        prove(draft, folder, draft.toString());
    }

    /** Writes the files, fills the expectation, and holds them to what is promised of them. */
    private void prove(SourceDraft draft, Path into, String what) {
        try {
            Files.createDirectories(into);
            for (Map.Entry<String, String> file : draft.files().entrySet()) {
                Files.writeString(into.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        List<Path> all = List.of(ours, into);
        CheckRun.Report report = CheckRun.run(new CheckRun.Plan(all, List.of(into), name -> true, false, true));
        assertTrue(report.results().stream().allMatch(CheckRun.Result::passed), () -> what + "\n" + report);
        assertEquals(
                List.of(),
                ProgramLoader.load(all, (source, name) -> Optional.empty(), Limits.defaults())
                        .omissions(),
                what);
        assertFalse(read(into, draft).contains("rejected:"), () -> what + "\n" + read(into, draft));
        assertFalse(read(into, draft).contains("ignored:"), () -> what + "\n" + read(into, draft));
    }

    private static String read(Path into, SourceDraft draft) {
        return draft.files().keySet().stream()
                .filter(file -> file.endsWith(".test.yaml"))
                .map(file -> text(into.resolve(file)))
                .findFirst()
                .orElseThrow();
    }

    private String read(String file) {
        return text(folder.resolve(file));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
