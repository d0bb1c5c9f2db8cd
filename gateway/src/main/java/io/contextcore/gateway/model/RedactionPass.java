package io.contextcore.gateway.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.re2j.Matcher;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** One walk over one tree, with its counts. Recursion goes as deep as {@code Limits.bodyDepth}, a few times. */
final class RedactionPass {

    private final Redactor redactor;
    private final StrictJson json;
    private final Function<String, CharSequence> looked;
    private final Map<String, Integer> counts = new TreeMap<>();

    RedactionPass(Redactor redactor, StrictJson json) {
        this(redactor, json, text -> text);
    }

    /** @param looked at what patterns search, for who wants to see how often they look */
    RedactionPass(Redactor redactor, StrictJson json, Function<String, CharSequence> looked) {
        this.redactor = redactor;
        this.json = json;
        this.looked = looked;
    }

    Map<String, Integer> counts() {
        return counts;
    }

    /** @param levels how many levels of JSON in strings may be opened */
    JsonNode node(JsonNode node, int levels) {
        if (node instanceof ObjectNode object) {
            return object(object, levels);
        }
        if (node instanceof ArrayNode array) {
            return array(array, levels);
        }
        if (node instanceof TextNode) {
            String text = node.textValue();
            String clean = text(text, levels);
            return clean.equals(text) ? node : TextNode.valueOf(clean);
        }
        return node;
    }

    private JsonNode object(ObjectNode object, int levels) {
        ObjectNode result = null;
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = member.getKey().length() < Redactor.NAME_CHARS ? member.getKey() : secrets(member.getKey());
            JsonNode value = isSecret(member) ? redactedMember() : node(member.getValue(), levels);
            if (result == null && (value != member.getValue() || !name.equals(member.getKey()))) {
                result = before(object, member.getKey());
            }
            if (result != null) {
                result.set(name, value);
            }
        }
        return result == null ? object : result;
    }

    /** The members before that of the name. */
    private static ObjectNode before(ObjectNode object, String name) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (member.getKey().equals(name)) {
                break;
            }
            result.set(member.getKey(), member.getValue());
        }
        return result;
    }

    private JsonNode array(ArrayNode array, int levels) {
        ArrayNode result = null;
        for (int i = 0; i < array.size(); i++) {
            JsonNode value = node(array.get(i), levels);
            if (result == null && value != array.get(i)) {
                result = JsonNodeFactory.instance.arrayNode(array.size());
                for (int j = 0; j < i; j++) {
                    result.add(array.get(j));
                }
            }
            if (result != null) {
                result.add(value);
            }
        }
        return result == null ? array : result;
    }

    /** Whether the name says so. Null, a flag and an empty text tell nothing, whatever they are called. */
    private boolean isSecret(Map.Entry<String, JsonNode> member) {
        JsonNode value = member.getValue();
        boolean tells = !value.isNull()
                && !value.isBoolean()
                && !(value.isTextual() && value.textValue().isEmpty());
        return tells && redactor.isSecretName(member.getKey());
    }

    private JsonNode redactedMember() {
        return TextNode.valueOf(replacement(Redactor.KEY_RULE));
    }

    String text(String text, int levels) {
        Optional<JsonNode> inner = levels > 0 && looksLikeJson(text) ? parsed(text) : Optional.empty();
        if (inner.isEmpty()) {
            return secrets(text);
        }
        JsonNode clean = node(inner.get(), levels - 1);
        return clean == inner.get() ? text : clean.toString();
    }

    private static boolean looksLikeJson(String text) {
        String trimmed = text.strip();
        return trimmed.length() > 2
                && (trimmed.startsWith("{") && trimmed.endsWith("}")
                        || trimmed.startsWith("[") && trimmed.endsWith("]"));
    }

    private Optional<JsonNode> parsed(String text) {
        try {
            return Optional.of(json.read(text.getBytes(StandardCharsets.UTF_8)));
        } catch (UnreadableJson e) {
            return Optional.empty();
        }
    }

    private String secrets(String text) {
        if (text.length() < Redactor.TEXT_CHARS) {
            return text;
        }
        String clean = text;
        for (Redactor.Rule rule : redactor.rulesFor(text)) {
            clean = replaced(clean, rule);
        }
        return clean;
    }

    private String replaced(String text, Redactor.Rule rule) {
        Matcher matcher = rule.pattern().matcher(looked.apply(text));
        if (!matcher.find()) {
            return text;
        }
        int group = rule.pattern().groupCount() > 0 ? 1 : 0;
        StringBuilder result = new StringBuilder(text.length());
        int kept = 0;
        do {
            if (matcher.start(group) >= 0 && !matcher.group(group).startsWith("[REDACTED:")) {
                result.append(text, kept, matcher.start(group)).append(replacement(rule.name()));
                kept = matcher.end(group);
            }
        } while (matcher.find());
        return result.append(text, kept, text.length()).toString();
    }

    private String replacement(String rule) {
        counts.merge(rule, 1, Integer::sum);
        return "[REDACTED:" + rule + "]";
    }
}
