package io.contextcore.gateway.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of every record: a CBOR map whose first member {@code v} is the record's version. Readers pass over members that
 * they do not know and put the default for those that are missing, so records can grow.
 */
final class Records {

    static final int VERSION = 1;

    /** Our own records have no caps but those that held when they were written. */
    private static final CBORMapper MAPPER = new CBORMapper(CBORFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .enable(CBORGenerator.Feature.LENIENT_UTF_ENCODING)
            .build());

    private Records() {}

    /** Writes members of a map. */
    @FunctionalInterface
    interface Members {
        void writeTo(JsonGenerator out) throws IOException;
    }

    static byte[] write(Members members) {
        ByteArrayBuilder bytes = new ByteArrayBuilder(512);
        try (JsonGenerator out = MAPPER.getFactory().createGenerator(bytes)) {
            out.writeStartObject();
            out.writeNumberField("v", VERSION);
            members.writeTo(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new AssertionError("a record cannot be written to memory", e);
        }
        return bytes.toByteArray();
    }

    /** @throws StoreException if the bytes are no record, or one of a newer version */
    static JsonNode read(byte[] bytes) {
        JsonNode record;
        try {
            record = MAPPER.readTree(bytes);
        } catch (IOException e) {
            throw new StoreException("the store holds a record that is not readable", e);
        }
        int version = record.path("v").asInt(0);
        if (version < 1 || version > VERSION) {
            throw new StoreException("the store holds a record of version " + version + " (expected: 1 to " + VERSION
                    + "): it was written by a newer version");
        }
        return record;
    }

    static void object(JsonGenerator out, String name, Members members) throws IOException {
        out.writeObjectFieldStart(name);
        members.writeTo(out);
        out.writeEndObject();
    }

    static void number(JsonGenerator out, String name, @Nullable Long value) throws IOException {
        if (value != null) {
            out.writeNumberField(name, value);
        }
    }

    static void texts(JsonGenerator out, String name, Iterable<String> values) throws IOException {
        out.writeArrayFieldStart(name);
        for (String value : values) {
            out.writeString(value);
        }
        out.writeEndArray();
    }

    static @Nullable Long number(JsonNode record, String name) {
        JsonNode value = record.path(name);
        return value.isNumber() ? value.asLong() : null;
    }

    static String text(JsonNode record, String name) {
        return record.path(name).asText("");
    }

    static byte[] bytes(JsonNode record, String name) {
        JsonNode value = record.path(name);
        try {
            return value.isBinary() ? value.binaryValue() : new byte[0];
        } catch (IOException e) {
            throw new AssertionError("a binary node holds bytes", e);
        }
    }

    static List<String> texts(JsonNode record, String name) {
        List<String> values = new ArrayList<>();
        record.path(name).forEach(value -> values.add(value.asText()));
        return values;
    }
}
