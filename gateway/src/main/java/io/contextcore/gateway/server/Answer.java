package io.contextcore.gateway.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.intake.Reason;
import io.contextcore.gateway.pipeline.Outcome;
import java.util.List;
import java.util.Map;

/**
 * What a request is answered. The table from outcome to status is here and nowhere else.
 *
 * @param headers besides the content type
 * @param body empty: no body
 */
record Answer(int status, Map<String, String> headers, String type, String body) {

    private static final String JSON = "application/json";

    /** Room for requests comes back little by little, over a minute. */
    private static final int RETRY_AFTER_SECONDS = 10;

    /** The status table. */
    static Answer of(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted accepted) {
            return kept(accepted.id(), accepted.emptyAck());
        }
        if (outcome instanceof Outcome.Duplicate duplicate) {
            return kept(duplicate.id(), duplicate.emptyAck());
        }
        if (outcome instanceof Outcome.Replied replied) {
            return text(replied.reply().contentType(), replied.reply().body());
        }
        if (outcome instanceof Outcome.Several several) {
            return several(several.calls());
        }
        if (outcome instanceof Outcome.Pong pong) {
            return pong.emptyAck() ? empty() : json(200, object().put("pong", true));
        }
        if (outcome instanceof Outcome.Refused refused) {
            return refused(refused);
        }
        if (outcome instanceof Outcome.Unavailable unavailable) {
            return error(503, "unavailable", "nothing was kept; try again later")
                    .with("retry-after", String.valueOf(unavailable.retryAfterSeconds()));
        }
        throw new AssertionError("unknown outcome " + outcome);
    }

    private static Answer kept(String id, boolean emptyAck) {
        return emptyAck ? empty() : json(202, object().put("id", id));
    }

    /** Where one call was not kept, none may have been: they are to be sent again, under their keys. */
    private static Answer several(List<Outcome> calls) {
        ObjectNode body = object();
        ArrayNode ids = body.putArray("ids");
        for (Outcome call : calls) {
            if (call instanceof Outcome.Unavailable) {
                return of(call);
            }
            ids.add(id(call));
        }
        return json(202, body);
    }

    private static String id(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted accepted) {
            return accepted.id();
        }
        if (outcome instanceof Outcome.Duplicate duplicate) {
            return duplicate.id();
        }
        if (outcome instanceof Outcome.Replied replied) {
            return id(replied.kept());
        }
        throw new AssertionError("a call is kept or not, and nothing else: " + outcome);
    }

    private static Answer refused(Outcome.Refused refused) {
        Answer answer = error(status(refused.reason()), refused.reason().slug(), refused.text());
        return switch (refused.reason()) {
            case METHOD -> answer.with("allow", "POST");
            case TOO_MANY -> answer.with("retry-after", String.valueOf(RETRY_AFTER_SECONDS));
            // RFC 9110 section 15.5.2 wants a challenge; senders of webhooks know their way already.
            case UNVERIFIED -> answer.with("www-authenticate", "Webhook");
            default -> answer;
        };
    }

    static int status(Reason reason) {
        return switch (reason) {
            case EMPTY, UNREADABLE, OVER_LIMIT, INVALID, UNIDENTIFIED -> 400;
            case UNVERIFIED -> 401;
            case FORBIDDEN, TOO_OLD -> 403;
            case UNKNOWN_SOURCE -> 404;
            case METHOD -> 405;
            case TOO_SLOW -> 408;
            case TOO_LARGE -> 413;
            case CONTENT_TYPE -> 415;
            case TOO_MANY -> 429;
        };
    }

    /** @param error stable name, for programs */
    static Answer error(int status, String error, String message) {
        return json(status, object().put("error", error).put("message", message));
    }

    static Answer json(int status, JsonNode body) {
        return new Answer(status, Map.of(), JSON, body.toString());
    }

    /** JSON that is there as text. */
    static Answer document(String json) {
        return text(JSON, json);
    }

    static Answer text(String type, String body) {
        return new Answer(200, Map.of(), type, body);
    }

    private static Answer empty() {
        return new Answer(204, Map.of(), JSON, "");
    }

    private Answer with(String header, String value) {
        return new Answer(status, Map.of(header, value), type, body);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
