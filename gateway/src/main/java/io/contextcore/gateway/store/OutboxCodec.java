package io.contextcore.gateway.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.model.OutboxEntry;
import io.contextcore.gateway.model.TelemetrySignal;

/** Records of outbox and dead letters. */
final class OutboxCodec {

    private OutboxCodec() {}

    static byte[] encode(OutboxEntry entry) {
        return Records.write(out -> {
            out.writeStringField("source", entry.source());
            out.writeNumberField("items", entry.items());
            out.writeNumberField("written", entry.writtenNanos());
            out.writeBinaryField("payload", entry.payload());
        });
    }

    static OutboxEntry decode(TelemetrySignal signal, int lane, byte[] key, byte[] bytes) {
        JsonNode record = Records.read(bytes);
        return new OutboxEntry(
                signal,
                lane,
                Keys.laneSequence(key),
                record.path("source").asText(""),
                Records.bytes(record, "payload"),
                record.path("items").asInt(),
                record.path("written").asLong());
    }

    static byte[] encode(DeadEntry entry) {
        return Records.write(out -> {
            out.writeNumberField("at", entry.atNanos());
            out.writeStringField("code", entry.code());
            out.writeStringField("error", entry.error());
            out.writeNumberField("items", entry.items());
            out.writeBinaryField("content", entry.content());
        });
    }

    static DeadEntry decodeDead(byte[] key, byte[] bytes) {
        JsonNode record = Records.read(bytes);
        return new DeadEntry(
                Keys.deadKind(key),
                Keys.deadNumber(key),
                record.path("at").asLong(),
                Records.text(record, "code"),
                Records.text(record, "error"),
                record.path("items").asInt(),
                Records.bytes(record, "content"));
    }
}
