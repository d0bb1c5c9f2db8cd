package io.contextcore.gateway.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code mappings/github/issues.yaml} says of an issue that was not transferred, without texts and what it looks up of
 * earlier deliveries, written by hand in Java: the yardstick for the mapping engine. It makes the same signals, to the last attribute,
 * and uses the same linear-time regular expressions.
 */
final class HandWritten {

    private static final Pattern HOST = Pattern.compile("^https?://([^/]+)/");
    private static final Pattern STATUS = Pattern.compile("(?i)^(?:status|state)\\s*[:/]\\s*(.+)$");
    private static final Pattern TYPE = Pattern.compile("(?i)^(?:type|kind)\\s*[:/]\\s*(.+)$");
    private static final Pattern PRIORITY = Pattern.compile("(?i)^(?:priority|prio)\\s*[:/]\\s*(.+)$");
    private static final Pattern PRIORITY_SHORT = Pattern.compile("(?i)^(p[0-5])$");
    private static final Pattern POINTS =
            Pattern.compile("(?i)^(?:story[ -]?points?|points?|sp|estimate)\\s*[:/]\\s*[0-9]+(\\.[0-9]+)?$");
    private static final Pattern POINTS_LABEL = Pattern.compile("(?i)points?|^sp|^estimate");
    private static final Pattern NUMBER = Pattern.compile("([0-9.]+)$");
    private static final Pattern AFTER = Pattern.compile("[:/]\\s*(.+)$");
    private static final Pattern STATUS_AFTER = Pattern.compile("(?i)[:/]\\s*(.+)$");
    private static final Pattern PARENT_REPO = Pattern.compile("/repos/([^/]+/[^/]+)/issues/[0-9]+$");
    private static final Pattern PARENT_NUMBER = Pattern.compile("/issues/([0-9]+)$");

    private final Map<String, Map<String, Object>> tables;

    HandWritten(Map<String, Map<String, Object>> tables) {
        this.tables = tables;
    }

    List<Signal> signals(Delivery delivery) {
        JsonNode payload = delivery.body();
        JsonNode issue = payload.path("issue");
        JsonNode repo = payload.path("repository");
        if (!present(issue.path("number")) || !present(repo.path("id"))) {
            return List.of();
        }
        if (present(issue.path("pull_request"))) {
            return List.of();
        }
        String action = payload.path("action").textValue();
        switch (action) {
            case "pinned", "unpinned", "locked", "unlocked" -> {
                return List.of();
            }
            default -> {}
        }
        String host = capture(HOST, repo.path("html_url").textValue());
        if (host == null) {
            host = delivery.headers().getOrDefault("x-github-enterprise-host", "github.com");
        }
        boolean gone = action.equals("deleted");
        JsonNode stateNode = issue.path("state");
        boolean closed = "closed".equals(stateNode.textValue());
        boolean hasState = present(stateNode);
        List<String> labels = new ArrayList<>();
        for (JsonNode label : issue.path("labels")) {
            if (present(label.path("name"))) {
                labels.add(label.path("name").textValue());
            }
        }
        String statusLabel = null;
        String blockedLabel = null;
        String typeLabel = null;
        String priorityLabel = null;
        String points = null;
        for (String name : labels) {
            String status = capture(STATUS, name);
            if (statusLabel == null && lookup("github.status_label", status) != null) {
                statusLabel = name;
            }
            if (blockedLabel == null
                    && Boolean.TRUE.equals(lookup("github.blocked_label", status == null ? name : status))) {
                blockedLabel = name;
            }
            if (typeLabel == null) {
                String type = capture(TYPE, name);
                typeLabel = lookup("github.issue_type", type == null ? name : type) == null ? null : name;
            }
            if (priorityLabel == null) {
                String priority = capture(PRIORITY, name);
                String key = priority == null ? capture(PRIORITY_SHORT, name) : priority;
                priorityLabel = lookup("github.priority_label", key) == null ? null : name;
            }
            if (points == null && POINTS.matcher(name).find()) {
                points = name;
            }
        }
        String state = null;
        if (closed) {
            state = text(lookup("github.state_reason", issue.path("state_reason").textValue()), "done");
        } else if (hasState) {
            String label = statusLabel == null ? null : capture(STATUS_AFTER, statusLabel);
            state = text(lookup("github.status_label", label), "pending");
        }
        JsonNode parentUrl = issue.path("parent_issue_url");
        String parentRepo = capture(PARENT_REPO, parentUrl.textValue());
        String parentNumber = capture(PARENT_NUMBER, parentUrl.textValue());
        String fullName = repo.path("full_name").textValue();
        String number = issue.path("number").asText();
        boolean noParent = !present(parentUrl) && present(issue.path("sub_issues_summary"));

        SortedMap<String, Told<AttributeValue>> told = new TreeMap<>();
        tell(told, "project.id", repo.path("name").textValue());
        tell(told, "task.id", fullName + "#" + number);
        tell(told, "task.title", issue.path("title").textValue());
        tell(told, "task.type", type(issue, typeLabel));
        tell(told, "task.source_status", gone && !closed ? "cancelled" : state);
        priority(told, priorityLabel, action);
        JsonNode assignees = issue.path("assignees");
        if (assignees.isNull() || assignees.isArray() && assignees.isEmpty()) {
            told.put("task.assignee", Told.nothing());
        } else {
            tell(told, "task.assignee", assignees.path(0).path("login").textValue());
        }
        points(told, points, action, payload);
        if (!labels.isEmpty() || issue.path("labels").isArray()) {
            told.put("task.labels", Told.of(new AttributeValue.Texts(labels)));
        }
        tell(told, "task.url", issue.path("html_url").textValue());
        if (present(parentUrl)) {
            tell(told, "task.parent_id", parentRepo + "#" + parentNumber);
        } else if (noParent) {
            told.put("task.parent_id", Told.nothing());
        }
        boolean waits = issue.path("issue_dependencies_summary").path("blocked_by").asLong() > 0;
        if (blockedLabel != null) {
            tell(told, "task.blocked_reason", "label " + blockedLabel);
        } else if (waits) {
            tell(told, "task.blocked_reason", "waits for another issue");
        } else {
            told.put("task.blocked_reason", Told.nothing());
        }
        if (gone) {
            told.put("task.deleted", Told.of(AttributeValue.of(true)));
        }
        JsonNode milestone = issue.path("milestone");
        if (milestone.isNull()) {
            told.put("sprint.id", Told.nothing());
            told.put("sprint.name", Told.nothing());
        } else if (milestone.isObject()) {
            tell(told, "sprint.id", fullName + "/milestone/" + milestone.path("number").asText());
            tell(told, "sprint.name", milestone.path("title").textValue());
        }
        SortedMap<String, Boolean> blockedBy = new TreeMap<>();
        if (present(issue.path("labels"))) {
            blockedBy.put("label", blockedLabel != null);
        }
        if (present(issue.path("issue_dependencies_summary").path("blocked_by"))) {
            blockedBy.put("dependency", waits);
        }
        SortedMap<String, Map<String, Boolean>> sets = new TreeMap<>();
        if (!blockedBy.isEmpty()) {
            sets.put("task.blocked_by", blockedBy);
        }
        Told<Long> end = null;
        if (closed) {
            JsonNode at = present(issue.path("closed_at")) ? issue.path("closed_at") : issue.path("updated_at");
            end = Told.of(time(at, delivery.receivedNanos()));
        } else if (gone) {
            end = Told.of(delivery.receivedNanos());
        } else if (hasState) {
            end = Told.nothing();
        }
        Told<String> outcome =
                gone ? Told.of("deleted") : closed ? Told.of(state) : hasState ? Told.nothing() : null;
        Told<Reference> parent = present(parentUrl)
                ? Told.of(Reference.alias("task", "github/" + host + "/" + parentRepo + "#" + parentNumber))
                : noParent ? Told.nothing() : null;
        String repository = "github/" + host + "/" + repo.path("id").asText() + "/";
        long at = gone ? delivery.receivedNanos() : time(issue.path("updated_at"), delivery.receivedNanos());
        List<String> aliases = new ArrayList<>(List.of(
                "github/" + host + "/" + fullName + "#" + number,
                "github/node/" + issue.path("node_id").textValue()));
        JsonNode changes = payload.path("changes");
        if (present(changes.path("old_repository").path("id"))
                && present(changes.path("old_issue").path("number"))) {
            aliases.add("github/" + host + "/"
                    + changes.path("old_repository").path("id").asText() + "/"
                    + changes.path("old_issue").path("number").asText());
        }
        List<Signal> signals = new ArrayList<>();
        signals.add(new Signal(
                Reference.key("task", repository + number),
                at,
                time(issue.path("created_at"), delivery.receivedNanos()),
                null,
                end,
                outcome,
                parent,
                told,
                sets,
                aliases,
                List.of(),
                delivery.receivedNanos(),
                new Origin(delivery.source(), delivery.id(), delivery.sequence(), "", 0, 0)));
        if (present(milestone.path("number"))) {
            signals.add(item(delivery, repository, number, at, told, milestone, state, gone));
        }
        return signals;
    }

    /** The issue in its milestone. */
    private static Signal item(
            Delivery delivery,
            String repository,
            String number,
            long at,
            SortedMap<String, Told<AttributeValue>> task,
            JsonNode milestone,
            @Nullable String state,
            boolean gone) {
        String sprint = repository + "milestone/" + milestone.path("number").asText();
        SortedMap<String, Told<AttributeValue>> told = new TreeMap<>();
        told.put("project.id", task.get("project.id"));
        told.put("task.id", task.get("task.id"));
        told.put("sprint.id", task.get("sprint.id"));
        told.put("sprint.item.planned", Told.of(AttributeValue.of(true)));
        Told<AttributeValue> points = task.get("task.story_points");
        if (points != null) {
            told.put("sprint.item.planned_points", points);
            told.put("sprint.item.points", points);
        }
        told.put("sprint.item.done", Told.of(AttributeValue.of("done".equals(state))));
        tell(told, "sprint.item.started_at", milestone.path("created_at").textValue());
        told.put(
                "sprint.item.removed_at",
                gone
                        ? Told.of(AttributeValue.of(
                                Instant.ofEpochSecond(0, delivery.receivedNanos()).toString()))
                        : Told.nothing());
        return new Signal(
                Reference.key("sprint.item", sprint + "/issue/" + number),
                at,
                at,
                null,
                null,
                null,
                Told.of(Reference.key("sprint", sprint)),
                told,
                new TreeMap<>(),
                List.of(),
                List.of(),
                delivery.receivedNanos(),
                new Origin(delivery.source(), delivery.id(), delivery.sequence(), "", 1, 0));
    }

    private String type(JsonNode issue, @Nullable String label) {
        Object told = lookup("github.issue_type", issue.path("type").path("name").textValue());
        if (told == null && label != null) {
            String after = capture(AFTER, label);
            told = lookup("github.issue_type", after == null ? label : after);
        }
        return text(told, "task");
    }

    private void priority(SortedMap<String, Told<AttributeValue>> told, @Nullable String label, String action) {
        if (label != null) {
            String after = capture(AFTER, label);
            tell(told, "task.priority", text(lookup("github.priority_label", after == null ? label : after), null));
        } else if (action.equals("unlabeled")) {
            told.put("task.priority", Told.nothing());
        }
    }

    private void points(
            SortedMap<String, Told<AttributeValue>> told, @Nullable String label, String action, JsonNode payload) {
        if (label != null) {
            told.put(
                    "task.story_points",
                    Told.of(new AttributeValue.Real(Double.parseDouble(capture(NUMBER, label)))));
        } else if (action.equals("unlabeled")
                && POINTS_LABEL.matcher(payload.path("label").path("name").asText()).find()) {
            told.put("task.story_points", Told.nothing());
        }
    }

    private @Nullable Object lookup(String table, @Nullable String key) {
        if (key == null) {
            return null;
        }
        Map<String, Object> entries = tables.get(table);
        Object exact = entries.get(key);
        return exact == null ? entries.get(key.toLowerCase(Locale.ROOT)) : exact;
    }

    private static void tell(SortedMap<String, Told<AttributeValue>> told, String name, @Nullable String value) {
        if (value != null) {
            told.put(name, Told.of(AttributeValue.of(value)));
        }
    }

    private static String text(@Nullable Object value, @Nullable String otherwise) {
        return value instanceof String text ? text : otherwise;
    }

    private static @Nullable String capture(Pattern pattern, @Nullable String text) {
        if (text == null) {
            return null;
        }
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static boolean present(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }

    private static long time(JsonNode node, long received) {
        return Math.min(Nanos.of(Instant.parse(node.textValue())), received + 300_000_000_000L);
    }
}
