package io.contextcore.gateway.app;

import io.contextcore.gateway.intake.IntakeRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What happens, in order: tasks with a parent above them and a tally beside, an agent's turn with its tools, copies, one
 * that cannot be mapped, one whose telemetry is refused, and time that passes.
 */
final class CrashStory {

    /** The receiver refuses whatever names this. */
    static final String REFUSED = "SHOP-666";

    private CrashStory() {}

    /** One thing to do at a time. */
    interface Act {}

    record Send(IntakeRequest request) implements Act {}

    /** All that waits is stepped. */
    record Step() implements Act {}

    /** All that waits is stepped, then all that waits is sent. */
    record Settle() implements Act {}

    record Pass(Duration time) implements Act {}

    /** @param quiet whether timers run also while no delivery waits */
    static List<Act> acts(boolean quiet) {
        List<Act> acts = new ArrayList<>(List.of(
                jira("1", issue("SHOP-1", "Epic", "new", "")),
                jira("2", issue("SHOP-2", "Story", "new", "SHOP-1")),
                jira("2", issue("SHOP-2", "Story", "new", "SHOP-1")), // the same id
                jira("3", issue("SHOP-2", "Story", "new", "SHOP-1")), // another hook
                new Settle(),
                jira("4", issue("SHOP-3", "Story", "new", "").replace("2026-03-02T10:00:00.000+0000", "never")),
                jira("5", issue(REFUSED, "Story", "new", "")),
                agent("UserPromptSubmit", "\"prompt\":\"Go on\""),
                new Pass(Duration.ofSeconds(1)),
                agent(
                        "PreToolUse",
                        "\"tool_name\":\"Bash\",\"tool_use_id\":\"t-1\",\"tool_input\":{\"command\":\"ls\"}"),
                new Step(),
                new Pass(Duration.ofSeconds(1)),
                new Settle(),
                jira("6", issue("SHOP-2", "Story", "done", "SHOP-1").replace("1772445600000", "1772445700000")),
                new Step(),
                new Pass(Duration.ofHours(7))));
        if (quiet) {
            acts.add(new Step());
        }
        acts.addAll(List.of(
                new Pass(Duration.ofHours(20)),
                jira("6", issue("SHOP-2", "Story", "done", "SHOP-1").replace("1772445600000", "1772445700000")),
                jira("7", issue("SHOP-2", "Story", "new", "SHOP-1").replace("1772445600000", "1772445800000")),
                new Step(),
                new Settle()));
        return List.copyOf(acts);
    }

    private static Send jira(String id, String body) {
        return new Send(new IntakeRequest(
                "jira",
                Map.of("content-type", "application/json", "x-atlassian-webhook-identifier", id),
                Map.of(),
                body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String issue(String key, String type, String category, String parent) {
        String id = key.substring(key.indexOf('-') + 1);
        String above = parent.isEmpty()
                ? ""
                : ",\"parent\":{\"id\":\"" + parent.substring(parent.indexOf('-') + 1) + "\",\"key\":\"" + parent
                        + "\"}";
        return "{\"timestamp\":1772445600000,\"webhookEvent\":\"jira:issue_updated\",\"issue\":{\"id\":\"" + id
                + "\",\"self\":\"https://acme.atlassian.net/rest/api/2/issue/" + id + "\",\"key\":\"" + key
                + "\",\"fields\":{\"summary\":\"Pay by invoice\",\"issuetype\":{\"name\":\"" + type
                + "\",\"subtask\":false},\"project\":{\"id\":\"1\",\"key\":\"SHOP\",\"name\":\"Shop\"},"
                + "\"status\":{\"id\":\"1\",\"name\":\"" + category + "\",\"statusCategory\":{\"key\":\"" + category
                + "\"}},\"resolution\":null,\"created\":\"2026-03-02T10:00:00.000+0000\","
                + "\"updated\":\"2026-03-02T10:00:00.000+0000\",\"labels\":[]" + above + "}}}";
    }

    private static Send agent(String event, String more) {
        String body = "{\"session_id\":\"s-1\",\"transcript_path\":\"/home/dev/s-1.jsonl\",\"cwd\":\"/home/dev/shop\","
                + "\"hook_event_name\":\"" + event + "\",\"prompt_id\":\"p-1\"," + more + "}";
        return new Send(new IntakeRequest(
                "claude-code",
                Map.of("content-type", "application/json"),
                Map.of(),
                body.getBytes(StandardCharsets.UTF_8)));
    }
}
