package io.contextcore.gateway.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.base.Limits;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Builds one tree from one parser, without recursion, counting against the limits. */
final class JsonTree {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonParser parser;
    private final Limits limits;
    private final Deque<JsonNode> open = new ArrayDeque<>();
    private @Nullable JsonNode root;
    private String member = "";
    private int tokens;

    JsonTree(JsonParser parser, Limits limits) {
        this.parser = parser;
        this.limits = limits;
    }

    JsonNode read() throws IOException, UnreadableJson {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (root != null && open.isEmpty()) {
                throw UnreadableJson.invalid("invalid JSON: more text behind the value " + here());
            }
            tokens++;
            atMost(tokens, limits.bodyTokens(), "JSON of more than %d tokens");
            take(token);
        }
        if (root == null) {
            throw UnreadableJson.invalid("invalid JSON: nothing but spaces");
        }
        return root;
    }

    private void take(JsonToken token) throws IOException, UnreadableJson {
        switch (token) {
            case START_OBJECT -> open(NODES.objectNode());
            case START_ARRAY -> open(NODES.arrayNode());
            case END_OBJECT, END_ARRAY -> open.pop();
            case FIELD_NAME -> member = text(limits.nameChars(), "name of more than %d characters");
            default -> attach(scalar(token));
        }
    }

    private void open(JsonNode container) throws UnreadableJson {
        atMost(open.size() + 1, limits.bodyDepth(), "JSON nested deeper than %d");
        attach(container);
        open.push(container);
    }

    private void attach(JsonNode node) throws UnreadableJson {
        JsonNode parent = open.peek();
        if (parent instanceof ObjectNode object) {
            object.set(member, node);
        } else if (parent instanceof ArrayNode array) {
            array.add(node);
        } else if (node.isContainerNode()) {
            root = node;
        } else {
            throw UnreadableJson.invalid("JSON is no object and no array " + here());
        }
    }

    private JsonNode scalar(JsonToken token) throws IOException, UnreadableJson {
        return switch (token) {
            case VALUE_STRING -> NODES.textNode(text(limits.stringChars(), "string of more than %d characters"));
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case VALUE_NUMBER_INT -> whole();
            case VALUE_NUMBER_FLOAT -> decimal();
            default -> throw new AssertionError("no scalar of JSON: " + token);
        };
    }

    private JsonNode whole() throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private JsonNode decimal() throws IOException, UnreadableJson {
        double value = parser.getDoubleValue();
        if (!Double.isFinite(value)) {
            throw UnreadableJson.overLimit("number too large " + here());
        }
        return NODES.numberNode(value);
    }

    private String text(int most, String complaint) throws IOException, UnreadableJson {
        atMost(parser.getTextLength(), most, complaint);
        String text = parser.getText();
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    throw UnreadableJson.invalid("invalid Unicode: half a surrogate pair in the text " + here());
                }
                i++;
            }
        }
        return text;
    }

    private void atMost(int count, int most, String complaint) throws UnreadableJson {
        if (count > most) {
            throw UnreadableJson.overLimit(String.format(Locale.ROOT, complaint, most) + " " + here());
        }
    }

    private String here() {
        return StrictJson.place(parser.currentTokenLocation());
    }
}
