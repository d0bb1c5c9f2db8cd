package io.contextcore.gateway.app.openapi;

import io.contextcore.gateway.model.Api;
import io.contextcore.gateway.model.Api.Parameter;
import io.contextcore.gateway.model.Api.Route;
import io.contextcore.gateway.model.Api.Type;
import java.util.List;
import java.util.Locale;

/** The page docs/native-api.md: what calls are, and the tables of what there is. */
final class ApiPage {

    private static final String HEAD = """
            # The native API

            People, scripts and agents tell the gateway themselves what goes on: by HTTP, or by `contextcore task …`. What they tell
            becomes spans and logs as a webhook does; [telemetry.md](telemetry.md) has their names. The gateway carries out nothing and opens no file
            and no address.

            This page is made of the table in [mappings/native/api.yaml](../mappings/native/api.yaml);
            `mvn test -Dtest=OpenApiTest -Dupdate.docs=true` rewrites it and [openapi.json](openapi.json).

            ## Five minutes

            ```yaml
            # gateway.yaml
            sources: {native: {kind: native, secret: env:CONTEXTCORE_TOKEN}}
            ```

            ```bash
            export CONTEXTCORE_TOKEN=… CONTEXTCORE_PROJECT=shop      # CONTEXTCORE_URL is http://127.0.0.1:8080
            contextcore task start PROJ-123 --title "Implement checkout" --type story --parent EPIC-42
            contextcore task status PROJ-123 in_progress
            contextcore task block PROJ-123 --reason "waits for the bank"
            contextcore task unblock PROJ-123
            contextcore task progress PROJ-123 60
            contextcore task deliver PROJ-123 --delivered path:docs/checkout.md
            contextcore task complete PROJ-123
            ```

            ```bash
            curl -sS http://127.0.0.1:8080/v1/tasks/PROJ-123/block -H "Authorization: Bearer $CONTEXTCORE_TOKEN" \\
              -H 'Content-Type: application/json' -H 'Idempotency-Key: 5f0c' -d '{"reason": "waits for the bank"}'
            ```

            `202 {"id": …}` says that it is on disk; the other answers are in [webhooks.md](webhooks.md). The description of the API for
            programs, OpenAPI 3.1, is at `GET /v1/openapi.json`, without a token.

            ## What holds for every call

            * **One call, three ways.** A call is a JSON object, its name under `call` and its parameters beside it. At a route the name and
              the parameters of the path are put into it; at `POST /v1/calls` it comes whole, alone or in a list; a command makes one. In a path,
              `/` and other special characters of a name are percent-encoded: `/v1/tasks/acme%2Fshop%2312/block`.
            * **Checked at the door.** A parameter that is missing, unknown or does not fit is refused with `400 invalid` and what is
              expected; nothing is kept then. `null` says that there is none: `{"assignee": null}`; a command takes an empty text for it.
            * **When.** `at` says when it happened, RFC 3339. The past is allowed, in any order: what is told later and is older changes
              nothing that is newer. Without it, it is now.
            * **Once.** Calls with one `Idempotency-Key` count once within 96 h, whatever they say. A call without a key is another one each time.
            * **Who.** The source's token; several sources of this kind have a `path:` of their own each, and names of their own.
            * **Names.** `id` is a task's own name within its source: its trace is that of `native/<source>/task/<id>` (`contextcore id` prints it).
              One that looks like a key, `PROJ-123`, is found by branches and commits that mention it. A name that begins with `github/`, `jira/`
              or `work/` is an alias of another sender's task (`mappings/links.yaml`): `contextcore task progress work/default/SHOP-7 60`.
              Such a task is never begun by a call; of what a call and its own sender tell of it, the newer counts.

            ## What becomes of it

            * `task.start` begins a task as `pending`, of type `task`, unless it says otherwise; another one says more, and brings neither back.
            * **Hierarchy.** A `parent` sums up what is below it: `task.percent_complete`, by points, over all levels.
            * **Blocked** is what `task.block` says, or the status itself; the phase has status ERROR and the reason. Each blocker that has
              a name (`by`) goes by its name; the one without goes by `task.unblock` alone.
            * **Done is not delivered.** Where the type of a task requires deliverables (`task.deliverables` in `mappings/tables/task.yaml`),
              they are met by facts alone. `task.deliver` is one: the word of who looked. The command looks for files (`path:…`) in its folder
              before it says so, and refuses if one is not there.
            * **Sprints.** A task whose `sprint` is named is an item of it: what the sprint began with, what came and went, what was done of
              it, and `sprint.velocity` when it ends. In which sprint a task is, and its estimate, are remembered (`limits.facts`).
            * An **event** becomes a log record; of a task, it stands in its trace. An **action** becomes a span as well, below its task.

            ## A past that is told at once

            A list of at most 1,000 calls at `POST /v1/calls` is refused as a whole if one call is not as it should be. Otherwise each call is a
            delivery by itself, in the order of the list, and the answer has an id for each. With one `Idempotency-Key`, each call has this key and its place. `503` says that not all were
            kept: the same list under the same key is to be sent again.

            `contextcore batch history.jsonl` makes the calls of a file, one a line, and tells how far it is:

            ```json
            {"call": "task.start", "id": "T-1", "project": "shop", "title": "Cart", "at": "2026-01-05T09:00:00Z"}
            {"call": "task.status", "id": "T-1", "status": "in_progress", "at": "2026-01-06T09:00:00Z"}
            {"call": "task.complete", "id": "T-1", "at": "2026-01-09T16:30:00Z"}
            ```

            Its calls have keys that are made of the file: after a stop, it is run again. How old spans and logs may be is up to the
            backend (Loki's `reject_old_samples_max_age`).

            """;

    private ApiPage() {}

    static String render(Api api) {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("## Calls\n\nEvery call takes `at` and `idempotency_key` too.\n\n");
        page.append("| call | `POST` ")
                .append(api.path())
                .append(" + | needs | takes | command |\n|---|---|---|---|---|\n");
        api.routes().forEach(route -> page.append(row(route)));
        page.append("\n## Parameters\n\n| parameter | type | meaning |\n|---|---|---|\n");
        api.parameters().values().forEach(parameter -> page.append(row(parameter)));
        return page.toString();
    }

    private static String row(Route route) {
        List<String> takes = route.takes().stream()
                .filter(name -> !List.of("at", "idempotency_key").contains(name))
                .toList();
        return "| **`" + route.call() + "`** " + route.meaning() + " | `" + route.path() + "` | " + words(route.needs())
                + " | " + words(takes) + " | "
                + (route.command().isEmpty() ? "" : "`contextcore " + String.join(" ", route.command()) + "`") + " |\n";
    }

    private static String words(List<String> names) {
        return String.join(", ", names.stream().map(name -> "`" + name + "`").toList());
    }

    private static String row(Parameter parameter) {
        String type = parameter.values().isEmpty()
                ? type(parameter.type())
                : String.join(
                        ", ",
                        parameter.values().stream()
                                .map(value -> "`" + value + "`")
                                .toList());
        String environment = parameter.environment() == null
                ? ""
                : " A command takes it from `" + parameter.environment() + "` too.";
        return "| `" + parameter.name() + "` | " + type + " | " + parameter.meaning() + environment + " |\n";
    }

    private static String type(Type type) {
        return switch (type) {
            case STRING, NUMBER, TIME -> type.name().toLowerCase(Locale.ROOT);
            case STRINGS -> "list of strings";
        };
    }
}
