package io.contextcore.gateway.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Told;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Records of messages. What a signal does not tell is missing; what it tells to be nothing is null. */
final class MessageCodec {

    private MessageCodec() {}

    static byte[] encode(Message message) {
        return Records.write(out -> members(out, message));
    }

    static Message decode(byte[] bytes) {
        return message(Records.read(bytes));
    }

    /** The members of a message, for a record of its own or for one that waits in an alias. */
    static void members(JsonGenerator out, Message message) throws IOException {
        if (message instanceof Signal signal) {
            out.writeStringField("type", "signal");
            signal(out, signal);
        } else if (message instanceof Message.Claim claim) {
            out.writeStringField("type", "claim");
            out.writeStringField("alias", claim.alias());
            out.writeFieldName("owner");
            ValueCodec.reference(out, claim.owner());
            out.writeNumberField("firstSeen", claim.firstSeen());
            out.writeNumberField("received", claim.receivedNanos());
            ValueCodec.origin(out, claim.origin());
        } else if (message instanceof Message.Inquiry inquiry) {
            out.writeStringField("type", "inquiry");
            out.writeStringField("alias", inquiry.alias());
            Records.object(out, "reply", reply -> signal(reply, inquiry.reply()));
        }
    }

    static Message message(JsonNode record) {
        String type = Records.text(record, "type");
        return switch (type) {
            case "signal" -> signal(record);
            case "claim" ->
                new Message.Claim(
                        Records.text(record, "alias"),
                        ValueCodec.reference(record.path("owner")),
                        record.path("firstSeen").asLong(record.path("received").asLong()),
                        record.path("received").asLong(),
                        ValueCodec.origin(record));
            case "inquiry" -> new Message.Inquiry(Records.text(record, "alias"), signal(record.path("reply")));
            default ->
                throw new StoreException("the store holds a message of the unknown type '" + type
                        + "' (expected: signal, claim or inquiry): it was written by a newer version");
        };
    }

    private static void signal(JsonGenerator out, Signal signal) throws IOException {
        out.writeFieldName("target");
        ValueCodec.reference(out, signal.target());
        out.writeNumberField("at", signal.at());
        Records.number(out, "start", signal.start());
        Records.number(out, "since", signal.since());
        told(out, "end", signal.end(), JsonGenerator::writeNumber);
        told(out, "outcome", signal.outcome(), JsonGenerator::writeString);
        told(out, "parent", signal.parent(), ValueCodec::reference);
        ValueCodec.map(out, "attributes", signal.attributes(), (o, told) -> told(o, told, ValueCodec::attribute));
        ValueCodec.map(out, "sets", signal.sets(), MessageCodec::setMembers);
        Records.texts(out, "aliases", signal.aliases());
        ValueCodec.links(out, "links", signal.links());
        out.writeNumberField("received", signal.receivedNanos());
        ValueCodec.origin(out, signal.origin());
    }

    private static Signal signal(JsonNode record) {
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
