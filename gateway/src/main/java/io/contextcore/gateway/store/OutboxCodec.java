package io.contextcore.gateway.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.model.OutboxEntry;
import io.contextcore.gateway.model.TelemetrySignal;

/** Records of the outbox. */
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
}
