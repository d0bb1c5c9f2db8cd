package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.expression.JsonValue;
import io.contextcore.gateway.mapping.Mapping.ReplyNode;
import io.contextcore.gateway.mapping.Mapping.ReplyRule;
import io.contextcore.gateway.model.Bound;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the reply of a rule. */
final class ReplyMaker {

    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Values values;
    private final int most;

    ReplyMaker(Values values, Limits limits) {
        this.values = values;
        this.most = limits.replyBytes();
    }

    /** Empty where the rule does not hold, or its one template yields nothing. */
    Optional<Reply> reply(ReplyRule rule, Location place) {
        if (!values.holds(rule.when())) {
            return Optional.empty();
        }
        Object body = value(rule.body());
        if (body instanceof Nothing) {
            return Optional.empty();
        }
        boolean isText = body instanceof String;
        String type = rule.contentType() != null ? rule.contentType() : isText ? TEXT : JSON;
        return Optional.of(new Reply(type, fitting(isText ? (String) body : json(body, place), place)));
    }

    /** What is absent is left out of maps and lists; null is null. */
    private Object value(ReplyNode node) {
        if (node instanceof ReplyNode.Members members) {
            Map<String, Object> made = new LinkedHashMap<>();
            members.byName().forEach((name, member) -> {
                Object value = value(member);
                if (value != Nothing.ABSENT) {
                    made.put(name, value);
                }
            });
            return made;
        }
        if (node instanceof ReplyNode.Items items) {
            List<Object> made = new ArrayList<>();
            for (ReplyNode item : items.items()) {
                Object value = value(item);
                if (value != Nothing.ABSENT) {
                    made.add(value);
                }
            }
            return made;
        }
        return values.of(((ReplyNode.Leaf) node).part());
    }

    /** A character has a byte at least, so that nothing is written that is too large anyway. */
    private String json(Object body, Location place) {
        try {
            return JsonValue.text(body, most);
        } catch (EvaluationException e) {
            throw tooLarge(place);
        }
    }

    private String fitting(String body, Location place) {
        if (body.length() > most || body.getBytes(StandardCharsets.UTF_8).length > most) {
            throw tooLarge(place);
        }
        return body;
    }

    private EvaluationException tooLarge(Location place) {
        return EvaluationException.beyond(
                        Bound.REPLY_BYTES, "the reply has more than " + most + " bytes (expected at most so many)")
                .at(place);
    }
}
