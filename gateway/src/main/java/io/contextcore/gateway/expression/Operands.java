package io.contextcore.gateway.expression;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What an expression reads, to be shown beside its error: without secrets, cut, and of lists and maps only the size. Nothing
 * is done for an expression that has no error.
 */
public final class Operands {

    /** Longest value, message and expression that an error shows, and most values; what is longer is cut. */
    static final int VALUE_CHARS = 80;

    static final int MESSAGE_CHARS = 300;
    static final int MOST_SHOWN = 8;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HIDDEN = "[REDACTED]";
    private static final Operands NONE = new Operands(List.of(), UnaryOperator.identity());

    private final List<Path> paths;
    private final UnaryOperator<String> redactor;

    /** A variable, and members of it: {@code payload.order.total}. */
    record Path(String text, int slot, List<String> members) {

        Object value(Scope scope) {
            Object value = Values.of(scope.get(slot));
            for (String member : members) {
                value = Values.member(value, member);
            }
            return value;
        }

        /** The name under which the value stands, by which it may be known to be a secret. */
        String name() {
            return members.isEmpty() ? text : members.get(members.size() - 1);
        }
    }

    Operands(List<Path> paths, UnaryOperator<String> redactor) {
        this.paths = List.copyOf(paths);
        this.redactor = redactor;
    }

    static Operands none() {
        return NONE;
    }

    /** Those of several parts of a text. */
    static Operands all(List<Operands> parts) {
        List<Path> paths = new ArrayList<>();
        UnaryOperator<String> redactor = UnaryOperator.identity();
        for (Operands part : parts) {
            paths.addAll(part.paths);
            redactor = part.paths.isEmpty() ? redactor : part.redactor;
        }
        return new Operands(paths, redactor);
    }

    /** The error with the expression and what it met, unless an inner one is told already. */
    public EvaluationException tell(EvaluationException e, Location location, String source, Scope scope) {
        if (e.isTold()) {
            return e;
        }
        Map<String, String> shown = new TreeMap<>();
        boolean secret = false;
        for (Path path : paths) {
            Object value = path.value(scope);
            String clean = clean(path.name(), value);
            secret |= !clean.equals(text(value));
            if (shown.size() < MOST_SHOWN) {
                shown.put(path.text(), quoted(value, cut(clean, VALUE_CHARS)));
            }
        }
        return e.at(location).in(cut(source, MESSAGE_CHARS), cut(message(e, secret), MESSAGE_CHARS), shown);
    }

    /** A text without what looks like a secret; to be done before it is cut. */
    public Object redacted(Object value) {
        return value instanceof String text ? redactor.apply(text) : value;
    }

    /** Where a secret is concerned, no value in the message is trusted: it may be a piece of it, cut or changed. */
    private String message(EvaluationException e, boolean secret) {
        String message = String.valueOf(e.getMessage());
        String clean = redactor.apply(message);
        return secret || !clean.equals(message)
                ? clean.replaceAll("(?s)'.*'", "'" + HIDDEN + "'").replaceAll("[0-9]{3,}", HIDDEN)
                : message;
    }

    /** By the look of the value and by its name. */
    private String clean(String name, Object value) {
        if (value instanceof Nothing || isLarge(value)) {
            return text(value);
        }
        JsonNode member = JsonNodeFactory.instance.objectNode().put(name, text(value));
        try {
            return JSON.readTree(redactor.apply(member.toString())).path(name).asText(HIDDEN);
        } catch (JsonProcessingException e) {
            return HIDDEN;
        }
    }

    private static boolean isLarge(Object value) {
        return value instanceof JsonNode
                || value instanceof List<?>
                || value instanceof Map<?, ?>
                || value instanceof byte[];
    }

    private static String text(Object value) {
        if (value instanceof JsonNode node) {
            return (node.isArray() ? "a list of " : "a map of ") + node.size();
        }
        if (value instanceof List<?> list) {
            return "a list of " + list.size();
        }
        if (value instanceof Map<?, ?> map) {
            return "a map of " + map.size();
        }
        if (value instanceof byte[] bytes) {
            return bytes.length + " bytes";
        }
        return value instanceof Nothing ? Values.typeName(value) : String.valueOf(value);
    }

    private static String quoted(Object value, String shown) {
        return value instanceof String ? "'" + shown + "'" : shown;
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most) + "…";
    }
}
