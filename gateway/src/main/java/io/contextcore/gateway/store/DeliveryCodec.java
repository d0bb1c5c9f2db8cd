package io.contextcore.gateway.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.model.Delivery;
import java.util.Map;

/** Records of the inbox. The sequence is the key; the body rests as the bytes that came. */
final class DeliveryCodec {

    private DeliveryCodec() {}

    static byte[] encode(Delivery delivery, byte[] stored) {
        return Records.write(out -> {
            out.writeNumberField("received", delivery.receivedNanos());
            out.writeStringField("source", delivery.source());
            out.writeStringField("kind", delivery.kind());
            out.writeStringField("event", delivery.event());
            out.writeStringField("id", delivery.id());
            Records.object(out, "headers", headers -> {
                for (Map.Entry<String, String> header : delivery.headers().entrySet()) {
                    headers.writeStringField(header.getKey(), header.getValue());
                }
            });
            out.writeBinaryField("body", stored);
        });
    }

    /** A delivery as it rests on disk. */
    record Stored(Delivery delivery, byte[] body) {}

    static Stored decode(long sequence, byte[] bytes, BodyParser bodies) {
        JsonNode record = Records.read(bytes);
        byte[] body = Records.bytes(record, "body");
        return new Stored(
                new Delivery(
                        sequence,
                        Records.text(record, "source"),
                        Records.text(record, "kind"),
                        Records.text(record, "event"),
                        Records.text(record, "id"),
                        ValueCodec.map(record.path("headers"), JsonNode::asText),
                        bodies.parse(body),
                        record.path("received").asLong()),
                body);
    }

    static byte[] body(byte[] bytes) {
        return Records.bytes(Records.read(bytes), "body");
    }
}
