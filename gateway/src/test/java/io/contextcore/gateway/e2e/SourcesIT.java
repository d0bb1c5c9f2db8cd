package io.contextcore.gateway.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Signed webhooks in, spans and logs out, behind a real Collector. The expected ids were computed apart from this code,
 * with sha256sum, by the rules of docs/ids.md.
 */
class SourcesIT {

    @TempDir
    Path folder;

    @Test
    void githubIssuesAndWorkflowRuns() {
        try (Backends backends = new Backends(folder)) {
            List<Integer> answers = Sent.read("github").stream()
                    .map(delivery -> delivery.post(backends.gateway, "github"))
                    .toList();
            assertEquals(List.of(200, 202, 202, 202, 202, 202, 202, 202), answers);
            assertEquals(202, Sent.read("github").get(5).post(backends.gateway, "github"), "a redelivery");

            List<Span> spans = backends.spans(14);
            assertEquals("""
                    679c9d2c55f7cb5cc16e410a1406ebea 49c74896265194e2 a1242d4c2eab5bd0 verify 2026-03-04T10:00:30Z 2026-03-04T10:02:00Z ERROR
                    679c9d2c55f7cb5cc16e410a1406ebea 6dcf488628d36a16 49c74896265194e2 Set up job 2026-03-04T10:00:30Z 2026-03-04T10:00:35Z UNSET
                    679c9d2c55f7cb5cc16e410a1406ebea 90bdbd26510d6dd7 49c74896265194e2 Run tests 2026-03-04T10:01:55Z 2026-03-04T10:01:55Z UNSET
                    679c9d2c55f7cb5cc16e410a1406ebea a1242d4c2eab5bd0 - RUN build 2026-03-04T10:00:00Z 2026-03-04T10:02:10Z ERROR
                    679c9d2c55f7cb5cc16e410a1406ebea e10f77366296ef3a 49c74896265194e2 Run tests 2026-03-04T10:00:35Z 2026-03-04T10:01:55Z ERROR
                    a89ad0209cd2e41ecf0119bbc9bd5d74 52769a82e44602bc 5682337949a8c260 task.status_changed 2026-03-03T09:00:00Z 2026-03-03T09:00:00Z UNSET
                    a89ad0209cd2e41ecf0119bbc9bd5d74 5682337949a8c260 - task bug 2026-03-02T09:00:00Z 2026-03-02T09:00:00Z UNSET
                    a89ad0209cd2e41ecf0119bbc9bd5d74 67cd7240a6da3ce9 5682337949a8c260 task.status pending 2026-03-02T09:00:00Z 2026-03-03T09:00:00Z UNSET
                    a89ad0209cd2e41ecf0119bbc9bd5d74 80718c3e498f0eec 5682337949a8c260 task.completed 2026-03-02T09:00:00Z 2026-03-04T09:30:00Z OK
                    a89ad0209cd2e41ecf0119bbc9bd5d74 82baf37a4a12de78 5682337949a8c260 task.status_changed 2026-03-03T15:00:00Z 2026-03-03T15:00:00Z UNSET
                    a89ad0209cd2e41ecf0119bbc9bd5d74 c40984eec60eafb4 5682337949a8c260 task.assigned 2026-03-02T10:00:00Z 2026-03-02T10:00:00Z UNSET
                    a89ad0209cd2e41ecf0119bbc9bd5d74 d34519c08027e25c 5682337949a8c260 task.status_changed 2026-03-04T09:30:00Z 2026-03-04T09:30:00Z UNSET
                    a89ad0209cd2e41ecf0119bbc9bd5d74 d84458aaf8e441f3 5682337949a8c260 task.status blocked 2026-03-03T09:00:00Z 2026-03-03T15:00:00Z ERROR
                    a89ad0209cd2e41ecf0119bbc9bd5d74 e287548ed6d87c5a 5682337949a8c260 task.status pending 2026-03-03T15:00:00Z 2026-03-04T09:30:00Z UNSET
                    """, lines(spans));
            Map<String, String> completed =
                    Backends.attributes(named(spans, "task.completed").getAttributesList());
            assertEquals("done", completed.get("task.status"));
            assertEquals("acme/shop#12", completed.get("task.id"));
            assertEquals("jo", completed.get("task.assignee"));
            assertEquals("done", completed.get("task.outcome"));

            List<LogRecord> logs = backends.logs(10);
            assertEquals("""
                    2026-03-02T09:00:00Z task.created 5682337949a8c260
                    2026-03-02T10:00:00Z task.assigned c40984eec60eafb4
                    2026-03-03T09:00:00Z task.blocked 52769a82e44602bc
                    2026-03-03T09:00:00Z task.status_changed 52769a82e44602bc
                    2026-03-03T15:00:00Z task.status_changed 82baf37a4a12de78
                    2026-03-03T15:00:00Z task.unblocked 82baf37a4a12de78
                    2026-03-04T09:30:00Z task.completed d34519c08027e25c
                    2026-03-04T09:30:00Z task.status_changed d34519c08027e25c
                    2026-03-04T10:02:00Z pipeline.task.completed 49c74896265194e2
                    2026-03-04T10:02:10Z pipeline.completed a1242d4c2eab5bd0
                    """, events(logs));
            LogRecord blocked = event(logs, "task.blocked");
            assertEquals(
                    "Cart loses an item on reload",
                    Backends.body(blocked).get("task.title").textValue());
            assertEquals(3, Backends.body(blocked).get("task.status_code").intValue());
            assertEquals(
                    "blocked", Backends.attributes(blocked.getAttributesList()).get("task.status"));
            assertEquals(
                    "task.blocked",
                    Backends.attributes(blocked.getAttributesList()).get("event_name"));
            assertResource(backends);
        }
    }

    @Test
    void jiraIssuesAndSprints() {
        try (Backends backends = new Backends(folder)) {
            Sent.read("jira").forEach(delivery -> assertEquals(202, delivery.post(backends.gateway, "jira")));

            List<Span> spans = backends.spans(10);
            assertEquals(
                    """
                    1b8d8cf7badec004b79c60f6028aa1a0 9b8a4ecf101030c9 ee786d8bbbedc82d task.status pending 2026-03-02T08:00:00Z 2026-03-02T09:00:00.100Z UNSET
                    1b8d8cf7badec004b79c60f6028aa1a0 af0c6489bf3c9a54 ee786d8bbbedc82d task.status in_progress 2026-03-02T09:00:00.100Z 2026-03-03T09:00:00Z UNSET
                    1b8d8cf7badec004b79c60f6028aa1a0 e2566303ebca32fa ee786d8bbbedc82d task.completed 2026-03-02T08:00:00Z 2026-03-03T09:00:00Z OK
                    1b8d8cf7badec004b79c60f6028aa1a0 ee786d8bbbedc82d - task story 2026-03-02T08:00:00Z 2026-03-02T08:00:00Z UNSET
                    """,
                    lines(spans.stream()
                            .filter(span -> Backends.hex(span.getTraceId()).equals("1b8d8cf7badec004b79c60f6028aa1a0"))
                            .filter(span -> !span.getName().equals("task.status_changed"))
                            .toList()));
            assertEquals(
                    "SHOP-7",
                    Backends.attributes(named(spans, "task.completed").getAttributesList())
                            .get("task.id"));
            Span sprint = named(spans, "sprint");
            assertEquals("8ea69605e78af7dddc97add42bf51b24", Backends.hex(sprint.getTraceId()));
            assertEquals("ac9a720be031afc2", Backends.hex(sprint.getSpanId()));
            Span phase = named(spans, "sprint.state active");
            assertEquals(
                    "2026-03-04T09:00:00Z",
                    Backends.time(phase.getStartTimeUnixNano()).toString());
            assertEquals(
                    "2026-03-18T09:00:00Z",
                    Backends.time(phase.getEndTimeUnixNano()).toString());

            List<LogRecord> logs = backends.logs(7);
            LogRecord closed = event(logs, "sprint.closed");
            assertEquals("Checkout ☕", Backends.body(closed).get("sprint.goal").textValue());
            assertEquals(
                    List.of(
                            "sprint.closed",
                            "sprint.created",
                            "sprint.started",
                            "task.assigned",
                            "task.completed",
                            "task.created",
                            "task.status_changed",
                            "task.status_changed"),
                    logs.stream().map(LogRecord::getEventName).sorted().toList());
        }
    }

    @Test
    void claudeCodeSessionsTurnsAndToolCalls() {
        try (Backends backends = new Backends(folder)) {
            for (Sent delivery : Sent.read("claude-code")) {
                assertEquals(204, delivery.post(backends.gateway, "claude-code"));
            }
            Sent stop = Sent.read("claude-code").get(6);
            assertEquals(204, stop.post(backends.gateway, "claude-code"), "the same hook at a second level");

            String session = "8bbcceab0b3e4e2498c9ec146b1ca8c6";
            String turn = "23d7f57d6e6345f19217c7395a4c98a9";
            List<Span> spans = backends.spans(6);
            assertEquals(
                    List.of(
                            turn + " 154675c82c15f8d8 b966cc228757ee9b execute_tool Bash UNSET",
                            turn + " 77154150d0c003ab b966cc228757ee9b execute_tool Read ERROR",
                            turn + " b966cc228757ee9b - invoke_agent claude-code UNSET",
                            session + " c0f01c8370004fd3 - agent session UNSET"),
                    spans.stream()
                            .filter(span -> !span.getName().startsWith("agent.session."))
                            .map(span -> ids(span) + " " + span.getName() + " " + status(span))
                            .sorted(Comparator.comparing(line -> line.substring(33)))
                            .toList());
            Span invoked = named(spans, "invoke_agent claude-code");
            assertEquals("c0f01c8370004fd3", Backends.hex(invoked.getLinks(0).getSpanId()));
            assertEquals(session, Backends.hex(invoked.getLinks(0).getTraceId()));
            Span bash = named(spans, "execute_tool Bash");
            assertTrue(bash.getStartTimeUnixNano() >= invoked.getStartTimeUnixNano());
            assertTrue(bash.getEndTimeUnixNano() >= bash.getStartTimeUnixNano());
            assertTrue(invoked.getEndTimeUnixNano() >= bash.getEndTimeUnixNano());
            assertEquals(
                    "tool_error",
                    Backends.attributes(named(spans, "execute_tool Read").getAttributesList())
                            .get("error.type"));
            assertFalse(spans.toString().contains("ghp_"), "a secret in a prompt goes nowhere");

            List<LogRecord> logs = backends.logs(8);
            assertTrue(logs.stream().allMatch(log -> !log.getTraceId().isEmpty()));
            assertEquals(
                    1,
                    logs.stream()
                            .filter(log -> log.getEventName().equals("agent.turn.completed"))
                            .count());
        }
    }

    private static void assertResource(Backends backends) {
        Map<String, String> resource = Backends.attributes(backends.loki
                .received()
                .get(0)
                .resourceLogs()
                .get(0)
                .getResource()
                .getAttributesList());
        assertEquals("contextcore", resource.get("service.name"));
        assertEquals("contextcore", resource.get("job"));
    }

    private static String lines(List<Span> spans) {
        StringBuilder lines = new StringBuilder();
        spans.stream()
                .map(span -> ids(span) + " " + span.getName() + " " + Backends.time(span.getStartTimeUnixNano()) + " "
                        + Backends.time(span.getEndTimeUnixNano()) + " " + status(span))
                .sorted()
                .forEach(line -> lines.append(line).append('\n'));
        return lines.toString();
    }

    private static String events(List<LogRecord> logs) {
        StringBuilder lines = new StringBuilder();
        logs.stream()
                .map(log -> Backends.time(log.getTimeUnixNano()) + " " + log.getEventName() + " "
                        + Backends.hex(log.getSpanId()))
                .sorted()
                .forEach(line -> lines.append(line).append('\n'));
        return lines.toString();
    }

    private static String ids(Span span) {
        String parent = span.getParentSpanId().isEmpty() ? "-" : Backends.hex(span.getParentSpanId());
        return Backends.hex(span.getTraceId()) + " " + Backends.hex(span.getSpanId()) + " " + parent;
    }

    private static String status(Span span) {
        return span.getStatus().getCode().name().replace("STATUS_CODE_", "");
    }

    private static Span named(List<Span> spans, String name) {
        return spans.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no span '" + name + "' in " + spans));
    }

    private static LogRecord event(List<LogRecord> logs, String name) {
        return logs.stream()
                .filter(log -> log.getEventName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no log '" + name + "' in " + logs));
    }
}
