package io.contextcore.gateway.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.model.Outbox;
import io.contextcore.gateway.model.TelemetrySignal;

/**
 * A dead letter as it rests on disk.
 *
 * @param content the record of the delivery, message or timer, or the payload
 */
record DeadRecord(DeadHead head, byte[] content) {

    static DeadRecord of(
            DeadKey key, long at, Commit.DeadLetter letter, String source, int items, int lane, byte[] content) {
        return new DeadRecord(
                new DeadHead(key, at, letter.code(), letter.error(), source, items, lane, 1, content.length), content);
    }

    byte[] key() {
        return Keys.deadLetter(head.key());
    }

    byte[] encode() {
        return Records.write(out -> {
            out.writeNumberField("at", head.atNanos());
            out.writeStringField("code", head.code());
            out.writeStringField("error", head.error());
            out.writeNumberField("items", head.items());
            out.writeStringField("source", head.source());
            out.writeNumberField("lane", head.lane());
            out.writeNumberField("attempts", head.attempts());
            out.writeBinaryField("content", content);
        });
    }

    static DeadRecord decode(byte[] key, byte[] bytes) {
        JsonNode record = Records.read(bytes);
        DeadKey named = Keys.deadKey(key);
        byte[] content = Records.bytes(record, "content");
        DeadHead head = new DeadHead(
                named,
                record.path("at").asLong(),
                Records.text(record, "code"),
                Records.text(record, "error"),
                record.has("source") ? Records.text(record, "source") : source(named.kind(), content),
                record.path("items").asInt(),
                record.path("lane").asInt(Math.floorMod(named.number(), Outbox.LANES)),
                record.path("attempts").asInt(1),
                content.length);
        return new DeadRecord(head, content);
    }

    /** Of a letter that does not say it itself. */
    private static String source(DeadKey.Kind kind, byte[] content) {
        return switch (kind) {
            case DELIVERY -> Records.text(Records.read(content), "source");
            case MESSAGE -> MessageCodec.decode(content).origin().source();
            case TIMER, TRACES, LOGS -> "";
        };
    }

    DeadEntry entry(BodyParser bodies) {
        long number = head.key().number();
        DeadEntry.Remains remains = switch (head.key().kind()) {
            case DELIVERY ->
                new DeadEntry.Remains.OfDelivery(
                        DeliveryCodec.decode(number, content, bodies).delivery());
            case MESSAGE -> new DeadEntry.Remains.OfMessage(MessageCodec.decode(content));
            case TIMER ->
                content.length == 0 ? new DeadEntry.Remains.Unknown() : new DeadEntry.Remains.OfTimer(timer(content));
            case TRACES -> new DeadEntry.Remains.OfTelemetry(TelemetrySignal.TRACES, content);
            case LOGS -> new DeadEntry.Remains.OfTelemetry(TelemetrySignal.LOGS, content);
        };
        return new DeadEntry(head, remains);
    }

    static byte[] timer(Store.DueTimer timer) {
        return Records.write(out -> {
            out.writeNumberField("due", timer.dueNanos());
            out.writeNumberField("purpose", Codes.of(timer.purpose()));
            out.writeStringField("key", timer.key());
        });
    }

    private static Store.DueTimer timer(byte[] content) {
        JsonNode record = Records.read(content);
        return new Store.DueTimer(
                record.path("due").asLong(),
                Codes.purpose(record.path("purpose").asInt()),
                Records.text(record, "key"));
    }
}
