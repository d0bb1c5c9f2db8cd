package io.contextcore.gateway.app.editor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.yaml.ApiVersion;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Shape;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one schema. Forms within forms are definitions of their own, so that a form may hold itself. */
final class SchemaWriter {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

    private final Map<Form, String> names = new IdentityHashMap<>();
    private final ObjectNode definitions = JSON.objectNode();

    /** @param other another form that the file may have; null: there is none */
    ObjectNode file(Form form, @Nullable Form other) {
        ObjectNode schema = JSON.objectNode().put("$schema", DRAFT);
        if (other == null) {
            schema.setAll(map(form));
        } else {
            schema.putArray("anyOf").add(reference(form)).add(reference(other));
        }
        if (!definitions.isEmpty()) {
            schema.set("$defs", definitions);
        }
        return schema;
    }

    private ObjectNode map(Form form) {
        ObjectNode schema = type("object").put("title", form.what());
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JSON.arrayNode();
        for (Form.Key key : form.keys()) {
            ObjectNode property = JSON.objectNode().put("description", key.meaning());
            property.setAll(shape(key.shape()));
            properties.set(key.name(), property);
            if (key.required() || key.name().equals(ApiVersion.KEY)) {
                required.add(key.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        choices(form.choices(), schema);
        return schema.set("additionalProperties", form.others().map(this::other).orElse(JSON.booleanNode(false)));
    }

    private JsonNode other(Form.Key others) {
        ObjectNode schema = JSON.objectNode().put("description", others.meaning());
        return schema.setAll(shape(others.shape()));
    }

    private static void choices(List<Form.Choice> choices, ObjectNode schema) {
        ArrayNode all = JSON.arrayNode();
        for (Form.Choice choice : choices) {
            ArrayNode ways = all.addObject().putArray(choice.only() ? "oneOf" : "anyOf");
            choice.keys().forEach(key -> ways.addObject().putArray("required").add(key));
        }
        if (!all.isEmpty()) {
            schema.set("allOf", all);
        }
    }

    private ObjectNode shape(Shape shape) {
        if (shape instanceof Shape.Plain plain) {
            return plain(plain.kind());
        }
        if (shape instanceof Shape.Whole whole) {
            return type("integer").put("minimum", whole.least()).put("maximum", whole.most());
        }
        if (shape instanceof Shape.Words words) {
            ObjectNode schema = JSON.objectNode();
            words.words().forEach(schema.putArray("enum")::add);
            return schema;
        }
        if (shape instanceof Shape.ListOf list) {
            return type("array").set("items", shape(list.item()));
        }
        if (shape instanceof Shape.MapOf map) {
            return type("object").set("additionalProperties", shape(map.value()));
        }
        if (shape instanceof Shape.Either either) {
            ObjectNode schema = JSON.objectNode();
            ArrayNode ways = schema.putArray("anyOf");
            either.shapes().forEach(way -> ways.add(shape(way)));
            return schema;
        }
        if (shape instanceof Shape.Later later) {
            return shape(later.shape().get());
        }
        if (shape instanceof Shape.Known known) {
            return reference(known.form());
        }
        return JSON.objectNode();
    }

    private static ObjectNode plain(Shape.Plain.Kind kind) {
        return switch (kind) {
            case TEXT -> type("string");
            case FLAG -> type("boolean");
            case NUMBER -> type("number");
            case DURATION -> type("string").put("pattern", "^[0-9]+ ?(ms|s|m|h|d)$");
            case BYTES -> type("string").put("pattern", "^[0-9]+ ?(B|KiB|MiB|GiB|TiB)$");
            case EXPRESSION, TEMPLATE -> {
                ObjectNode schema = JSON.objectNode();
                schema.putArray("type")
                        .add("string")
                        .add("number")
                        .add("boolean")
                        .add("null");
                yield schema;
            }
        };
    }

    private ObjectNode reference(Form form) {
        String known = names.get(form);
        if (known == null) {
            known = form.what().replaceFirst("^(a|an|the) ", "").replaceAll("[^a-z]+", "-");
            if (names.containsValue(known)) {
                throw new AssertionError("two forms are called '" + form.what() + "'");
            }
            names.put(form, known);
            definitions.set(known, map(form));
        }
        return JSON.objectNode().put("$ref", "#/$defs/" + known);
    }

    private static ObjectNode type(String name) {
        return JSON.objectNode().put("type", name);
    }
}
