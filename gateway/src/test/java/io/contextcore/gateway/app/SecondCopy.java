package io.contextcore.gateway.app;

import java.util.HashMap;
import java.util.Map;

/** Two requests that follow each other, and whether the second is told to be a copy of the first. */
enum SecondCopy {
    A_REDELIVERY_HAS_THE_SAME_ID("github", 0, true) {
        @Override
        Request second() {
            return first();
        }
    },
    A_REDELIVERY_WITHIN_THE_WINDOW("github", 95, true) {
        @Override
        Request second() {
            return first();
        }
    },
    THE_SAME_ID_AFTER_THE_WINDOW("github", 97, false) {
        @Override
        Request second() {
            return first();
        }
    },
    TWO_HOOKS_AT_ONE_URL_TELL_OF_AN_ISSUE("github", 0, true),
    TWO_HOOKS_AT_ONE_URL_TELL_OF_A_PUSH("github", 0, true) {
        @Override
        String body(int copy) {
            return "{\"ref\":\"refs/heads/main\",\"after\":\"ab12\",\"head_commit\":{\"timestamp\":\"2026-03-02T10:00:00Z\"}}";
        }

        @Override
        String event() {
            return "push";
        }
    },
    A_RUN_THAT_IS_TOLD_AGAIN_LATER_WITH_ANOTHER_BODY("github", 2, true) {
        @Override
        String body(int copy) {
            return "{\"action\":\"completed\",\"workflow_run\":{\"id\":41,\"run_attempt\":2,\"conclusion\":\"success\","
                    + "\"created_at\":\"2026-03-02T10:00:00Z\"},\"copy\":" + copy + "}";
        }

        @Override
        String event() {
            return "workflow_run";
        }
    },
    ANOTHER_CHANGE_OF_THE_SAME_ISSUE("github", 0, false) {
        @Override
        String body(int copy) {
            return issue("2026-03-02T10:00:0" + copy + "Z");
        }
    },
    THE_SAME_BODY_WITHOUT_A_TIME_UNDER_ANOTHER_ID("github", 0, false) {
        @Override
        String body(int copy) {
            return "{\"action\":\"edited\",\"label\":{\"id\":1,\"name\":\"bug\"}}";
        }

        @Override
        String event() {
            return "label";
        }
    },
    TWO_CLOUD_HOOKS_AT_ONE_URL("jira", 0, true),
    A_CLOUD_RETRY_HAS_THE_SAME_ID("jira", 1, true) {
        @Override
        Request second() {
            return first();
        }
    },
    A_DATA_CENTER_WITHOUT_IDS_TELLS_TWICE("jira", 1, true) {
        @Override
        Map<String, String> headers(int copy) {
            return Map.of();
        }
    },
    A_DATA_CENTER_WITHOUT_IDS_TELLS_SOMETHING_ELSE("jira", 0, false) {
        @Override
        Map<String, String> headers(int copy) {
            return Map.of();
        }

        @Override
        String body(int copy) {
            return sprint(1_772_445_600_000L + copy);
        }
    },
    THE_SAME_BODY_IN_ANOTHER_SITE("jira", 0, false) {
        @Override
        Map<String, String> headers(int copy) {
            return Map.of("X-Atlassian-Webhook-Identifier", "one-and-the-same");
        }

        @Override
        String body(int copy) {
            return sprint(1_772_445_600_000L).replace("acme", "acme-" + copy);
        }
    },
    A_HOOK_WITHOUT_IDS_AT_TWO_LEVELS("claude-code", 0, true),
    THE_SAME_BODY_OF_A_HOOK_WITHOUT_IDS_LATER("claude-code", 1, false);

    private static final String ACTION = "\"action\":\"edited\"";

    final String source;
    final int hoursBetween;
    final boolean isDuplicate;

    SecondCopy(String source, int hoursBetween, boolean isDuplicate) {
        this.source = source;
        this.hoursBetween = hoursBetween;
        this.isDuplicate = isDuplicate;
    }

    record Request(Map<String, String> headers, String body) {}

    Request first() {
        return request(1);
    }

    Request second() {
        return request(2);
    }

    private Request request(int copy) {
        return new Request(headers(copy), body(copy));
    }

    /** Each hook has ids of its own, where it has any. */
    Map<String, String> headers(int copy) {
        Map<String, String> headers = new HashMap<>();
        switch (source) {
            case "github" -> {
                headers.put("X-GitHub-Event", event());
                headers.put("X-GitHub-Delivery", name() + "-" + copy);
                headers.put("X-GitHub-Hook-ID", "70" + copy);
            }
            case "jira" -> headers.put("X-Atlassian-Webhook-Identifier", name() + "-" + copy);
            default -> {
                // no ids
            }
        }
        return headers;
    }

    String event() {
        return "issues";
    }

    String body(int copy) {
        return switch (source) {
            case "github" -> issue("2026-03-02T10:00:00Z");
            case "jira" -> sprint(1_772_445_600_000L);
            default ->
                "{\"hook_event_name\":\"PostToolUse\",\"session_id\":\"s-1\",\"cwd\":\"/home/dev/shop\",\"prompt_id\":\"p-1\","
                        + "\"tool_name\":\"Bash\",\"tool_input\":{\"command\":\"ls\"},\"tool_use_id\":\"t-1\",\"duration_ms\":12}";
        };
    }

    static String issue(String updated) {
        return "{" + ACTION + ",\"issue\":{\"id\":12001,\"number\":12,\"title\":\"Two addresses\",\"state\":\"open\","
                + "\"html_url\":\"https://github.com/acme/shop/issues/12\",\"created_at\":\"2026-03-01T10:00:00Z\","
                + "\"updated_at\":\"" + updated + "\"},\"repository\":{\"id\":7001,\"name\":\"shop\","
                + "\"full_name\":\"acme/shop\",\"html_url\":\"https://github.com/acme/shop\"}}";
    }

    static String sprint(long timestamp) {
        return "{\"timestamp\":" + timestamp + ",\"webhookEvent\":\"sprint_updated\",\"sprint\":{\"id\":5,"
                + "\"self\":\"https://acme.atlassian.net/rest/agile/1.0/sprint/5\",\"state\":\"active\",\"name\":\"Five\","
                + "\"originBoardId\":1}}";
    }
}
