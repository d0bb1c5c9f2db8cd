package io.contextcore.gateway.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Told;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Records of signals. What a signal does not tell is missing; what it tells to be nothing is null. */
final class SignalCodec {

    private SignalCodec() {}

    static void signal(JsonGenerator out, Signal signal) throws IOException {
        out.writeFieldName("target");
        ValueCodec.reference(out, signal.target());
        out.writeNumberField("at", signal.at());
        Records.number(out, "start", signal.start());
        Records.number(out, "since", signal.since());
        told(out, "end", signal.end(), JsonGenerator::writeNumber);
        told(out, "outcome", signal.outcome(), JsonGenerator::writeString);
        told(out, "parent", signal.parent(), ValueCodec::reference);
        ValueCodec.map(out, "attributes", signal.attributes(), (o, told) -> told(o, told, ValueCodec::attribute));
        ValueCodec.map(out, "sets", signal.sets(), SignalCodec::setMembers);
        Records.texts(out, "aliases", signal.aliases());
        ValueCodec.links(out, "links", signal.links());
        out.writeNumberField("received", signal.receivedNanos());
        ValueCodec.origin(out, signal.origin());
    }

    static Signal signal(JsonNode record) {
        return new Signal(
                ValueCodec.reference(record.path("target")),
                record.path("at").asLong(),
                Records.number(record, "start"),
                Records.number(record, "since"),
                told(record, "end", JsonNode::asLong),
                told(record, "outcome", JsonNode::asText),
                told(record, "parent", ValueCodec::reference),
                ValueCodec.map(record.path("attributes"), value -> told(value, ValueCodec::attribute)),
                sets(record.path("sets")),
                Records.texts(record, "aliases"),
                ValueCodec.links(record, "links"),
                record.path("received").asLong(),
                ValueCodec.origin(record));
    }

    private static void setMembers(JsonGenerator out, Map<String, Boolean> members) throws IOException {
        out.writeStartObject();
        for (Map.Entry<String, Boolean> member : members.entrySet()) {
            out.writeBooleanField(member.getKey(), member.getValue());
        }
        out.writeEndObject();
    }

    private static SortedMap<String, Map<String, Boolean>> sets(JsonNode sets) {
        SortedMap<String, Map<String, Boolean>> told = new TreeMap<>();
        sets.properties().forEach(set -> told.put(set.getKey(), ValueCodec.map(set.getValue(), JsonNode::asBoolean)));
        return told;
    }

    private static <T> void told(
            JsonGenerator out, String name, @Nullable Told<T> told, ValueCodec.ValueWriter<? super T> writer)
            throws IOException {
        if (told != null) {
            out.writeFieldName(name);
            told(out, told, writer);
        }
    }

    private static <T> void told(JsonGenerator out, Told<T> told, ValueCodec.ValueWriter<? super T> writer)
            throws IOException {
        T value = told.value();
        if (value == null) {
            out.writeNull();
        } else {
            writer.write(out, value);
        }
    }

    private static <T> @Nullable Told<T> told(JsonNode record, String name, Function<JsonNode, T> reader) {
        JsonNode value = record.path(name);
        return value.isMissingNode() ? null : told(value, reader);
    }

    private static <T> Told<T> told(JsonNode value, Function<JsonNode, T> reader) {
        return value.isNull() ? Told.nothing() : Told.of(reader.apply(value));
    }
}
