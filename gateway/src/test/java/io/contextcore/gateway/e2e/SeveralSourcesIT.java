package io.contextcore.gateway.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.model.TelemetryIds;
import io.contextcore.gateway.testing.GatewayProcess;
import io.contextcore.gateway.testing.OtlpReceiver;
import io.contextcore.gateway.testing.OtlpReceiver.Received;
import io.contextcore.gateway.testing.Promise;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several sites of one kind and one set of mappings. Every site sends the same: the same ids, keys, numbers and delivery
 * ids. Only the host differs, and so nothing of one may meet anything of another.
 */
class SeveralSourcesIT {

    /**
     * A source in a file of its own.
     *
     * @param path null: the usual one
     * @param place host, and context path where there is one
     * @param closes whether its issue is done in the end
     */
    private record Site(String name, String kind, @Nullable String path, String place, boolean closes) {

        String secret() {
            return "secret of " + name;
        }

        String file() {
            return "apiVersion: contextcore.io/v1\nsource: " + name + "\nkind: " + kind + "\nsecret: env:"
                    + variable() + "\n" + (path == null ? "" : "path: " + path + "\n") + "projects: {SHOP: " + project()
                    + ", one/shop: " + project() + "}\notlp: {headers: {X-Scope-OrgID: " + name + "}}\n";
        }

        String variable() {
            return "SECRET_OF_" + name.replace('-', '_');
        }

        String project() {
            return name + "-project";
        }

        String url() {
            return path == null ? "/webhooks/" + name : path;
        }

        /** The key, or that of the one below it. */
        String key(int number) {
            return kind.equals("jira") ? "jira/" + place + "/issue/100" + number : "github/" + place + "/7/" + number;
        }

        Map<String, String> headers(String id, byte[] body, String signedWith) {
            String signature = GatewayProcess.sign(body, signedWith);
            return kind.equals("jira")
                    ? Map.of(
                            "Content-Type",
                            "application/json; charset=UTF-8",
                            "X-Atlassian-Webhook-Identifier",
                            id,
                            "X-Hub-Signature",
                            signature)
                    : Map.of(
                            "Content-Type",
                            "application/json",
                            "X-GitHub-Event",
                            "issues",
                            "X-GitHub-Delivery",
                            id,
                            "X-Hub-Signature-256",
                            signature);
        }

        byte[] opened() {
            return kind.equals("jira") ? jira("created", 42, "To Do", "new", "") : github("opened", 42, "open", "");
        }

        byte[] below() {
            return kind.equals("jira")
                    ? jira("created", 43, "To Do", "new", ",\"parent\":{\"id\":\"10042\",\"key\":\"SHOP-42\"}")
                    : github(
                            "opened",
                            43,
                            "open",
                            ",\"parent_issue_url\":\"https://api." + place + "/repos/one/shop/issues/42\"");
        }

        byte[] done() {
            return kind.equals("jira")
                    ? jira("updated", 42, "Done", "done", ",\"resolutiondate\":\"2026-03-03T09:00:00.000+0000\"")
                    : github("closed", 42, "closed", ",\"closed_at\":\"2026-03-03T09:00:00Z\"");
        }

        private byte[] jira(String what, int number, String status, String category, String more) {
            return """
                    {"timestamp":TIME,"webhookEvent":"jira:issue_WHAT","issue":{"id":"100NUMBER",
                     "self":"https://PLACE/rest/api/2/issue/100NUMBER","key":"SHOP-NUMBER","fields":{"summary":"Lamp",
                     "issuetype":{"name":"Story","subtask":false},"project":{"key":"SHOP","name":"Shop"},
                     "status":{"name":"STATUS","statusCategory":{"key":"CATEGORY"}},"labels":[],
                     "created":"2026-03-02T09:00:00.000+0000","updated":"2026-03-02T09:00:00.000+0000"MORE}}}
                    """.replace("TIME", what.equals("updated") ? "1772528400000" : "1772442000000")
                    .replace("WHAT", what)
                    .replace("PLACE", place)
                    .replace("NUMBER", String.valueOf(number))
                    .replace("STATUS", status)
                    .replace("CATEGORY", category)
                    .replace("MORE", more)
                    .getBytes(UTF_8);
        }

        private byte[] github(String action, int number, String state, String more) {
            return """
                    {"action":"ACTION","issue":{"id":900NUMBER,"node_id":"I_PLACE_NUMBER","number":NUMBER,"title":"Lamp",
                     "state":"STATE","html_url":"https://PLACE/one/shop/issues/NUMBER","labels":[],"assignees":[],
                     "created_at":"2026-03-02T09:00:00Z","updated_at":"TIME"MORE},
                     "repository":{"id":7,"name":"shop","full_name":"one/shop","html_url":"https://PLACE/one/shop"}}
                    """.replace("TIME", state.equals("closed") ? "2026-03-03T09:00:00Z" : "2026-03-02T09:00:00Z")
                    .replace("ACTION", action)
                    .replace("PLACE", place)
                    .replace("NUMBER", String.valueOf(number))
                    .replace("STATE", state)
                    .replace("MORE", more)
                    .getBytes(UTF_8);
        }
    }

    private static final List<Site> SITES = List.of(
            new Site("acme-jira", "jira", null, "acme.atlassian.net", true),
            new Site("beta-jira", "jira", "/hooks/beta/jira", "beta.atlassian.net", false),
            new Site("gamma-jira", "jira", "/hooks/gamma", "jira.gamma.test/jira", true),
            new Site("acme-github", "github", null, "github.com", true),
            new Site("beta-github", "github", "/hooks/beta/github", "ghe.beta.test", false));

    @TempDir
    private Path folder;

    @Test
    @Promise("sources-apart")
    void noneMeetsAnythingOfAnother() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start();
                GatewayProcess gateway = GatewayProcess.serve(folder, settings(receiver), secrets())) {
            for (Site site : SITES) {
                for (Site other : SITES) {
                    int expected = site.equals(other) ? 202 : 401;
                    assertEquals(
                            expected,
                            post(gateway, site, "d-1", site.opened(), other.secret()),
                            () -> site + " signed by " + other);
                }
            }
            SITES.forEach(site -> assertEquals(202, post(gateway, site, "d-2", site.below(), site.secret())));
            SITES.stream()
                    .filter(Site::closes)
                    .forEach(site -> assertEquals(202, post(gateway, site, "d-3", site.done(), site.secret())));
            SITES.forEach(site -> assertEquals(202, post(gateway, site, "d-1", site.opened(), site.secret())));
            gateway.awaitDrained();
            assertEquals(SITES.size(), gateway.metric("contextcore_deliveries_received_total", "\"duplicate\""));
            SITES.forEach(site -> {
                assertSpans(site, of(receiver, site));
                assertLogs(site, of(receiver, site));
            });
            List<String> ids = receiver.spans().stream()
                    .map(span -> Backends.hex(span.getSpanId()))
                    .toList();
            assertEquals(ids.size(), Set.copyOf(ids).size(), "a span id twice");
            assertEquals(
                    SITES.stream().map(Site::name).collect(Collectors.toSet()),
                    receiver.received().stream()
                            .map(request -> request.headers().getOrDefault("x-scope-orgid", "none"))
                            .collect(Collectors.toSet()));
        }
    }

    private static List<Received> of(OtlpReceiver receiver, Site site) {
        return receiver.received().stream()
                .filter(request -> site.name().equals(request.headers().get("x-scope-orgid")))
                .toList();
    }

    private static void assertSpans(Site site, List<Received> requests) {
        List<Span> spans =
                requests.stream().flatMap(request -> request.spans().stream()).toList();
        assertEquals(Set.of(site.key(42), site.key(43)), values(spans.stream(), "contextcore.key"));
        assertEquals(Set.of(site.project()), values(spans.stream(), "project.id"));
        String trace = TelemetryIds.traceId(site.key(42));
        String below = TelemetryIds.traceId(site.key(43));
        spans.forEach(span -> {
            assertEquals(
                    attribute(span.getAttributesList(), "contextcore.key").equals(site.key(42)) ? trace : below,
                    Backends.hex(span.getTraceId()));
            span.getLinksList()
                    .forEach(link -> assertTrue(
                            Set.of(trace, below).contains(Backends.hex(link.getTraceId())),
                            () -> site + ": a link to another site: " + span));
        });
        assertTrue(
                spans.stream()
                        .filter(span -> Backends.hex(span.getTraceId()).equals(below))
                        .flatMap(span -> span.getLinksList().stream())
                        .anyMatch(link -> Backends.hex(link.getTraceId()).equals(trace)),
                () -> site + ": no link to its parent");
        assertEquals(
                site.closes() ? 1 : 0,
                spans.stream()
                        .filter(span -> span.getName().equals("task.completed"))
                        .count(),
                site.name());
    }

    private static void assertLogs(Site site, List<Received> requests) {
        List<LogRecord> logs =
                requests.stream().flatMap(request -> request.logs().stream()).toList();
        assertFalse(logs.isEmpty(), site.name());
        logs.forEach(log -> assertEquals(
                site.project(), attribute(log.getAttributesList(), "project.id"), () -> site + ": " + log));
        Set<String> traces = logs.stream()
                .filter(log -> !log.getEventName().equals("project.snapshot"))
                .map(log -> Backends.hex(log.getTraceId()))
                .collect(Collectors.toSet());
        assertEquals(
                Set.of(TelemetryIds.traceId(site.key(42)), TelemetryIds.traceId(site.key(43))), traces, site.name());
    }

    private static Set<String> values(Stream<Span> spans, String name) {
        return spans.map(span -> attribute(span.getAttributesList(), name)).collect(Collectors.toSet());
    }

    private static String attribute(List<KeyValue> attributes, String name) {
        return Backends.attributes(attributes).getOrDefault(name, "none");
    }

    private static int post(GatewayProcess gateway, Site site, String id, byte[] body, String signedWith) {
        return gateway.post(site.url(), site.headers(id, body, signedWith), body);
    }

    private Path settings(OtlpReceiver receiver) throws Exception {
        Path mine = Files.createDirectories(folder.resolve("mine"));
        for (Site site : SITES) {
            Files.writeString(mine.resolve(site.name() + ".yaml"), site.file());
        }
        return Files.writeString(
                folder.resolve("gateway.yaml"),
                "mappings: [builtin, mine]\nexport: {endpoint: \"http://127.0.0.1:" + receiver.grpcPort() + "\"}\n");
    }

    private static Map<String, String> secrets() {
        return SITES.stream().collect(Collectors.toMap(Site::variable, Site::secret));
    }
}
