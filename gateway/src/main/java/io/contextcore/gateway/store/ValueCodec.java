package io.contextcore.gateway.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Cell;
import io.contextcore.gateway.model.Link;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Reference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The small values of which rows and messages are made. */
final class ValueCodec {

    private ValueCodec() {}

    /** Writes one value. */
    @FunctionalInterface
    interface ValueWriter<T> {
        void write(JsonGenerator out, T value) throws IOException;
    }

    /** CBOR's own types tell the values apart: text, integer, float, boolean, array of texts. */
    static void attribute(JsonGenerator out, AttributeValue value) throws IOException {
        if (value instanceof AttributeValue.Text text) {
            out.writeString(text.value());
        } else if (value instanceof AttributeValue.Int number) {
            out.writeNumber(number.value());
        } else if (value instanceof AttributeValue.Real number) {
            out.writeNumber(number.value());
        } else if (value instanceof AttributeValue.Flag flag) {
            out.writeBoolean(flag.value());
        } else if (value instanceof AttributeValue.Texts texts) {
            out.writeStartArray();
            for (String text : texts.values()) {
                out.writeString(text);
            }
            out.writeEndArray();
        }
    }

    static AttributeValue attribute(JsonNode value) {
        if (value.isTextual()) {
            return new AttributeValue.Text(value.asText());
        } else if (value.isIntegralNumber()) {
            return new AttributeValue.Int(value.asLong());
        } else if (value.isFloatingPointNumber()) {
            return new AttributeValue.Real(value.asDouble());
        } else if (value.isBoolean()) {
            return new AttributeValue.Flag(value.asBoolean());
        } else if (value.isArray()) {
            List<String> texts = new ArrayList<>();
            value.forEach(text -> texts.add(text.asText()));
            return new AttributeValue.Texts(texts);
        }
        throw new StoreException("the store holds an attribute value of an unknown type: " + value.getNodeType());
    }

    static void attributes(JsonGenerator out, String name, Map<String, AttributeValue> values) throws IOException {
        map(out, name, values, ValueCodec::attribute);
    }

    static SortedMap<String, AttributeValue> attributes(JsonNode record, String name) {
        return map(record.path(name), ValueCodec::attribute);
    }

    static <T> void map(JsonGenerator out, String name, Map<String, T> values, ValueWriter<? super T> writer)
            throws IOException {
        out.writeObjectFieldStart(name);
        for (Map.Entry<String, T> entry : values.entrySet()) {
            out.writeFieldName(entry.getKey());
            writer.write(out, entry.getValue());
        }
        out.writeEndObject();
    }

    static <T> SortedMap<String, T> map(JsonNode members, Function<JsonNode, T> reader) {
        SortedMap<String, T> values = new TreeMap<>();
        members.properties().forEach(member -> values.put(member.getKey(), reader.apply(member.getValue())));
        return values;
    }

    /** {@code {value, at, by}}; a removed value has no {@code value}. */
    static <T> void cell(JsonGenerator out, Cell<T> cell, ValueWriter<? super T> writer) throws IOException {
        out.writeStartObject();
        T value = cell.value();
        if (value != null) {
            out.writeFieldName("value");
            writer.write(out, value);
        }
        out.writeNumberField("at", cell.at());
        out.writeNumberField("by", cell.sequence());
        out.writeEndObject();
    }

    static <T> Cell<T> cell(JsonNode cell, Function<JsonNode, T> reader) {
        JsonNode value = cell.path("value");
        return new Cell<>(
                value.isMissingNode() ? null : reader.apply(value),
                cell.path("at").asLong(),
                cell.path("by").asLong());
    }

    static <T> void optionalCell(JsonGenerator out, String name, @Nullable Cell<T> cell, ValueWriter<? super T> writer)
            throws IOException {
        if (cell != null) {
            out.writeFieldName(name);
            cell(out, cell, writer);
        }
    }

    static <T> @Nullable Cell<T> optionalCell(JsonNode record, String name, Function<JsonNode, T> reader) {
        JsonNode cell = record.path(name);
        return cell.isObject() ? cell(cell, reader) : null;
    }

    static void reference(JsonGenerator out, Reference reference) throws IOException {
        out.writeStartObject();
        out.writeStringField("lifecycle", reference.lifecycle());
        out.writeStringField("name", reference.name());
        if (reference.alias()) {
            out.writeBooleanField("alias", true);
        }
        out.writeEndObject();
    }

    static void reference(JsonGenerator out, String name, Reference reference) throws IOException {
        out.writeFieldName(name);
        reference(out, reference);
    }

    static Reference reference(JsonNode reference) {
        return new Reference(
                Records.text(reference, "lifecycle"),
                Records.text(reference, "name"),
                reference.path("alias").asBoolean(false));
    }

    static void links(JsonGenerator out, String name, List<Link> links) throws IOException {
        out.writeArrayFieldStart(name);
        for (Link link : links) {
            out.writeStartObject();
            link(out, link);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    static void link(JsonGenerator out, Link link) throws IOException {
        reference(out, "target", link.target());
        attributes(out, "attributes", link.attributes());
        if (link.both()) {
            out.writeBooleanField("both", true);
        }
    }

    static List<Link> links(JsonNode record, String name) {
        List<Link> links = new ArrayList<>();
        record.path(name).forEach(link -> links.add(link(link)));
        return links;
    }

    static Link link(JsonNode link) {
        return new Link(
                reference(link.path("target")),
                attributes(link, "attributes"),
                link.path("both").asBoolean(false));
    }

    static void numbers(JsonGenerator out, String name, Map<String, Long> numbers) throws IOException {
        map(out, name, numbers, JsonGenerator::writeNumber);
    }

    static void origin(JsonGenerator out, Origin origin) throws IOException {
        out.writeObjectFieldStart("origin");
        out.writeStringField("source", origin.source());
        out.writeStringField("delivery", origin.deliveryId());
        out.writeNumberField("sequence", origin.sequence());
        out.writeStringField("key", origin.key());
        out.writeNumberField("n", origin.n());
        out.writeNumberField("hops", origin.hops());
        out.writeEndObject();
    }

    static Origin origin(JsonNode record) {
        JsonNode origin = record.path("origin");
        return new Origin(
                origin.path("source").asText(""),
                Records.text(origin, "delivery"),
                origin.path("sequence").asLong(),
                Records.text(origin, "key"),
                origin.path("n").asLong(),
                origin.path("hops").asInt());
    }
}
