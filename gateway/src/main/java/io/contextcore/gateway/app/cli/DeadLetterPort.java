package io.contextcore.gateway.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Speaks to the dead letters of a running gateway. */
final class DeadLetterPort {

    static final String PATH = "/admin/dead-letters";

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpCaller http;
    private final URI admin;

    DeadLetterPort(Surroundings surroundings, URI admin) {
        this.http = new HttpCaller("contextcore/" + surroundings.version());
        this.admin = admin;
    }

    /** All pages of the list. */
    void list(Map<String, String> query, Consumer<JsonNode> page) {
        pages(query, each -> get(PATH + DeadLetterChoice.text(each)), page);
    }

    /** Has something done with all that the query fits, page by page. */
    void act(String wish, Map<String, String> query, Consumer<JsonNode> page) {
        pages(query, each -> post(PATH + "/" + wish + DeadLetterChoice.text(each)), page);
    }

    JsonNode show(String letter) {
        return get(PATH + "/" + letter);
    }

    private interface Call {
        JsonNode of(Map<String, String> query);
    }

    private static void pages(Map<String, String> query, Call call, Consumer<JsonNode> page) {
        Map<String, String> next = new LinkedHashMap<>(query);
        while (true) {
            JsonNode answer = call.of(next);
            page.accept(answer);
            if (!answer.has("next")) {
                return;
            }
            next.put("after", answer.get("next").asText());
        }
    }

    private JsonNode get(String path) {
        return read(path, http.get(admin.resolve(path)));
    }

    private JsonNode post(String path) {
        return read(path, http.post(admin.resolve(path), Map.of(), new byte[0]));
    }

    private JsonNode read(String path, HttpCaller.Answer answer) {
        JsonNode body = json(answer);
        if (answer.isSuccess()) {
            return body;
        } else if (answer.status() == 404) {
            throw new UserError("no such letter at " + admin.resolve(path)
                    + " (expected one that `contextcore dead-letters list` shows)");
        }
        throw new UserError(body.path("message").asText("the gateway answers with " + answer.status()));
    }

    private JsonNode json(HttpCaller.Answer answer) {
        try {
            return JSON.readTree(answer.text());
        } catch (JsonProcessingException e) {
            throw new UserError(admin + " answers with something else (expected the admin port of a gateway)");
        }
    }
}
