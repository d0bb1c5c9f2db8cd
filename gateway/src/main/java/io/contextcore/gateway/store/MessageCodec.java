package io.contextcore.gateway.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Signal;
import java.io.IOException;

/** Records of messages. */
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
            SignalCodec.signal(out, signal);
        } else if (message instanceof Message.Inquiry inquiry) {
            out.writeStringField("type", "inquiry");
            out.writeStringField("alias", inquiry.alias());
            Records.object(out, "reply", reply -> SignalCodec.signal(reply, inquiry.reply()));
        } else if (message instanceof Message.ToChildren children) {
            out.writeStringField("type", "to-children");
            ValueCodec.reference(out, "parent", children.parent());
            ValueCodec.attributes(out, "where", children.where());
            Records.object(out, "signal", signal -> SignalCodec.signal(signal, children.signal()));
        } else if (message instanceof Message.Claim claim) {
            out.writeStringField("type", "claim");
            out.writeStringField("alias", claim.alias());
            ValueCodec.reference(out, "owner", claim.owner());
            out.writeNumberField("firstSeen", claim.firstSeen());
            out.writeNumberField("received", claim.receivedNanos());
            ValueCodec.origin(out, claim.origin());
        } else if (message instanceof Message.Release release) {
            out.writeStringField("type", "release");
            out.writeStringField("alias", release.alias());
            ValueCodec.reference(out, "owner", release.owner());
            out.writeNumberField("until", release.until());
            out.writeNumberField("received", release.receivedNanos());
            ValueCodec.origin(out, release.origin());
        } else if (message instanceof Message.Learn learn) {
            out.writeStringField("type", "learn");
            out.writeStringField("table", learn.table());
            out.writeStringField("key", learn.key());
            ValueCodec.optionalCell(out, "value", learn.value(), ValueCodec::attribute);
            ValueCodec.origin(out, learn.origin());
        } else {
            between(out, message);
        }
    }

    /** Messages between instances: all of them carry the time and receipt of what they go back to. */
    private static void between(JsonGenerator out, Message message) throws IOException {
        if (message instanceof Message.Share share) {
            out.writeStringField("type", "share");
            ValueCodec.reference(out, "target", share.parent());
            ValueCodec.reference(out, "child", share.child());
            out.writeStringField("bond", Codes.of(share.bond()));
            out.writeBooleanField("open", share.open());
            ValueCodec.attributes(out, "labels", share.labels());
            ValueCodec.numbers(out, "differences", share.differences());
            end(out, share.at(), share.receivedNanos(), share);
        } else if (message instanceof Message.ParentEnded ended) {
            out.writeStringField("type", "parent-ended");
            ValueCodec.reference(out, "target", ended.child());
            out.writeStringField("outcome", ended.outcome());
            end(out, ended.at(), ended.receivedNanos(), ended);
        } else if (message instanceof Message.LinkBack back) {
            out.writeStringField("type", "link-back");
            ValueCodec.reference(out, "target", back.target());
            Records.object(out, "link", link -> ValueCodec.link(link, back.link()));
            end(out, back.at(), back.receivedNanos(), back);
        } else if (message instanceof Message.Same same) {
            out.writeStringField("type", "same");
            ValueCodec.reference(out, "target", same.target());
            ValueCodec.reference(out, "other", same.other());
            out.writeNumberField("otherFirstSeen", same.otherFirstSeen());
            end(out, same.at(), same.receivedNanos(), same);
        } else if (message instanceof Message.Absorb absorb) {
            out.writeStringField("type", "absorb");
            ValueCodec.reference(out, "target", absorb.owner());
            Records.object(out, "former", former -> RowCodec.members(former, absorb.former()));
            end(out, absorb.at(), absorb.receivedNanos(), absorb);
        } else if (message instanceof Message.Count count) {
            out.writeStringField("type", "count");
            out.writeStringField("lifecycle", count.lifecycle());
            Records.object(out, "entry", entry -> KinCodec.entry(entry, count.entry()));
            out.writeNumberField("members", count.members());
            end(out, count.at(), count.receivedNanos(), count);
        }
    }

    private static void end(JsonGenerator out, long at, long received, Message message) throws IOException {
        out.writeNumberField("at", at);
        out.writeNumberField("received", received);
        ValueCodec.origin(out, message.origin());
    }

    static Message message(JsonNode record) {
        String type = Records.text(record, "type");
        return switch (type) {
            case "signal" -> SignalCodec.signal(record);
            case "inquiry" ->
                new Message.Inquiry(Records.text(record, "alias"), SignalCodec.signal(record.path("reply")));
            case "to-children" ->
                new Message.ToChildren(
                        ValueCodec.reference(record.path("parent")),
                        ValueCodec.attributes(record, "where"),
                        SignalCodec.signal(record.path("signal")));
            case "claim" ->
                new Message.Claim(
                        Records.text(record, "alias"),
                        ValueCodec.reference(record.path("owner")),
                        record.path("firstSeen").asLong(record.path("received").asLong()),
                        record.path("received").asLong(),
                        ValueCodec.origin(record));
            case "release" ->
                new Message.Release(
                        Records.text(record, "alias"),
                        ValueCodec.reference(record.path("owner")),
                        record.path("until").asLong(),
                        record.path("received").asLong(),
                        ValueCodec.origin(record));
            case "learn" ->
                new Message.Learn(
                        Records.text(record, "table"),
                        Records.text(record, "key"),
                        ValueCodec.cell(record.path("value"), ValueCodec::attribute),
                        ValueCodec.origin(record));
            case "share" ->
                new Message.Share(
                        ValueCodec.reference(record.path("target")),
                        ValueCodec.reference(record.path("child")),
                        Codes.bond(Records.text(record, "bond")),
                        record.path("open").asBoolean(),
                        ValueCodec.attributes(record, "labels"),
                        ValueCodec.map(record.path("differences"), JsonNode::asLong),
                        record.path("at").asLong(),
                        record.path("received").asLong(),
                        ValueCodec.origin(record));
            case "parent-ended" ->
                new Message.ParentEnded(
                        ValueCodec.reference(record.path("target")),
                        Records.text(record, "outcome"),
                        record.path("at").asLong(),
                        record.path("received").asLong(),
                        ValueCodec.origin(record));
            case "link-back" ->
                new Message.LinkBack(
                        ValueCodec.reference(record.path("target")),
                        ValueCodec.link(record.path("link")),
                        record.path("at").asLong(),
                        record.path("received").asLong(),
                        ValueCodec.origin(record));
            case "same" ->
                new Message.Same(
                        ValueCodec.reference(record.path("target")),
                        ValueCodec.reference(record.path("other")),
                        record.path("otherFirstSeen").asLong(),
                        record.path("at").asLong(),
                        record.path("received").asLong(),
                        ValueCodec.origin(record));
            case "absorb" ->
                new Message.Absorb(
                        ValueCodec.reference(record.path("target")),
                        (Instance) RowCodec.row(record.path("former")),
                        record.path("at").asLong(),
                        record.path("received").asLong(),
                        ValueCodec.origin(record));
            case "count" ->
                new Message.Count(
                        Records.text(record, "lifecycle"),
                        KinCodec.entry(record.path("entry")),
                        record.path("members").asInt(),
                        record.path("at").asLong(),
                        record.path("received").asLong(),
                        ValueCodec.origin(record));
            default ->
                throw new StoreException("the store holds a message of the unknown type '" + type
                        + "' (expected one that this version knows): it was written by a newer version");
        };
    }
}
