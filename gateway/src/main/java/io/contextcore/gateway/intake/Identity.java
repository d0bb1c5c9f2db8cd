package io.contextcore.gateway.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.base.Hashing;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Expression;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Scope;
import io.contextcore.gateway.model.SourceKind;
import io.contextcore.gateway.model.SourceKind.Variable;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a request calls itself, by the kind's expressions.
 *
 * @param event empty if the request names none
 * @param id (source, tenant, delivery id) as one text, see {@link DeliveryId}
 * @param sameEvent what else identifies the event; null where only the id does
 */
record Identity(String event, String id, @Nullable String sameEvent) {

    /**
     * What is to be named.
     *
     * @param bytes that its hash is of
     * @param requestId another one for each
     * @param index place in a list; null: it came alone
     */
    record Subject(
            JsonNode tree,
            byte[] bytes,
            String requestId,
            @Nullable Integer index) {}

    static Identity of(IntakeRequest request, SourceKind kind, Subject subject, Limits limits) throws Refusal {
        String hash = HexFormat.of().formatHex(Hashing.sha256(subject.bytes()));
        JsonNode tree = subject.tree();
        Integer index = subject.index();
        Scope scope = new Scope(Variable.values().length, limits.iterations())
                .set(Variable.HEADERS.ordinal(), request.headers())
                .set(Variable.QUERY.ordinal(), request.query())
                .set(Variable.PAYLOAD.ordinal(), tree.isMissingNode() ? Nothing.ABSENT : tree)
                .set(Variable.BODY_HASH.ordinal(), hash)
                .set(Variable.REQUEST_ID.ordinal(), subject.requestId())
                .set(Variable.INDEX.ordinal(), index == null ? Nothing.ABSENT : Long.valueOf(index));
        String event = text("event", kind.event(), scope, limits);
        String tenant = text("tenant", kind.tenant(), scope, limits);
        String deliveryId = text("delivery id", kind.deliveryId(), scope, limits);
        String id = deliveryId.isEmpty()
                ? DeliveryId.ofHash(request.source(), tenant, hash)
                : DeliveryId.of(request.source(), tenant, deliveryId);
        String same = text("same event", kind.sameEvent(), scope, limits);
        return new Identity(event, id, same.isEmpty() ? null : DeliveryId.ofEvent(request.source(), tenant, same));
    }

    /** Absent and null are empty. Control characters are refused: these texts stand in lists and on terminals. */
    private static String text(String what, @Nullable Expression expression, Scope scope, Limits limits)
            throws Refusal {
        Object value = expression == null ? Nothing.ABSENT : evaluate(what, expression, scope);
        if (value instanceof Nothing) {
            return "";
        }
        if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
            throw new Refusal(Reason.UNIDENTIFIED, what + " is no text");
        }
        String text = value.toString();
        if (text.length() > limits.nameChars()) {
            throw new Refusal(Reason.UNIDENTIFIED, what + " has more than " + limits.nameChars() + " characters");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new Refusal(Reason.UNIDENTIFIED, what + " has control characters");
        }
        return text;
    }

    private static Object evaluate(String what, Expression expression, Scope scope) throws Refusal {
        try {
            return expression.evaluate(scope);
        } catch (EvaluationException e) {
            throw new Refusal(Reason.UNIDENTIFIED, what + " cannot be read from the request");
        }
    }
}
