package io.contextcore.gateway.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.contextcore.gateway.model.AttributeValue;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** A log record's body: one flat JSON object as text, so that a log store's JSON parser finds every name in it. */
final class LogBody {

    private static final JsonFactory JSON = new JsonFactory();

    private LogBody() {}

    /** The members in the map's order. */
    static String text(Map<String, AttributeValue> members) {
        StringWriter text = new StringWriter(64 * members.size());
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, AttributeValue> member : members.entrySet()) {
                json.writeFieldName(member.getKey());
                write(json, member.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a StringWriter does not fail", e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, AttributeValue value) throws IOException {
        if (value instanceof AttributeValue.Text text) {
            json.writeString(text.value());
        } else if (value instanceof AttributeValue.Int number) {
            json.writeNumber(number.value());
        } else if (value instanceof AttributeValue.Real number) {
            json.writeNumber(number.value());
        } else if (value instanceof AttributeValue.Flag flag) {
            json.writeBoolean(flag.value());
        } else {
            json.writeStartArray();
            for (String element : ((AttributeValue.Texts) value).values()) {
                json.writeString(element);
            }
            json.writeEndArray();
        }
    }
}
