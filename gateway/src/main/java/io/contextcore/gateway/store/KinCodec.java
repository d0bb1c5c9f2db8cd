package io.contextcore.gateway.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.model.Kin;
import io.contextcore.gateway.model.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records of what binds rows to each other: those above and below, and tallies. */
final class KinCodec {

    private KinCodec() {}

    /** Nothing is written for an instance that is alone, as most are. */
    static void kin(JsonGenerator out, Kin kin) throws IOException {
        if (kin.equals(Kin.none())) {
            return;
        }
        out.writeObjectFieldStart("kin");
        Kin.Membership membership = kin.membership();
        if (membership != null) {
            out.writeObjectFieldStart("membership");
            ValueCodec.reference(out, "parent", membership.parent());
            out.writeBooleanField("open", membership.open());
            ValueCodec.attributes(out, "labels", membership.labels());
            ValueCodec.numbers(out, "shares", membership.shares());
            out.writeEndObject();
        }
        out.writeNumberField("members", kin.members());
        ValueCodec.numbers(out, "sums", kin.sums());
        out.writeArrayFieldStart("children");
        for (Kin.Child child : kin.children()) {
            out.writeStartObject();
            ValueCodec.reference(out, "child", child.child());
            ValueCodec.attributes(out, "labels", child.labels());
            out.writeEndObject();
        }
        out.writeEndArray();
        Kin.RolledUp rolledUp = kin.rolledUp();
        if (rolledUp != null) {
            out.writeObjectFieldStart("rolledUp");
            out.writeNumberField("loggedAt", rolledUp.loggedAt());
            if (rolledUp.before() != null) {
                ValueCodec.attributes(out, "before", rolledUp.before());
            }
            out.writeEndObject();
        }
        Kin.EndedAbove endedAbove = kin.endedAbove();
        if (endedAbove != null) {
            out.writeObjectFieldStart("endedAbove");
            out.writeNumberField("at", endedAbove.at());
            out.writeStringField("outcome", endedAbove.outcome());
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    static Kin kin(JsonNode kin) {
        if (!kin.isObject()) {
            return Kin.none();
        }
        List<Kin.Child> children = new ArrayList<>();
        kin.path("children")
                .forEach(child -> children.add(new Kin.Child(
                        ValueCodec.reference(child.path("child")), ValueCodec.attributes(child, "labels"))));
        return new Kin(
                membership(kin.path("membership")),
                kin.path("members").asLong(),
                ValueCodec.map(kin.path("sums"), JsonNode::asLong),
                children,
                rolledUp(kin.path("rolledUp")),
                endedAbove(kin.path("endedAbove")));
    }

    private static Kin.@Nullable Membership membership(JsonNode membership) {
        return membership.isObject()
                ? new Kin.Membership(
                        ValueCodec.reference(membership.path("parent")),
                        membership.path("open").asBoolean(),
                        ValueCodec.attributes(membership, "labels"),
                        ValueCodec.map(membership.path("shares"), JsonNode::asLong))
                : null;
    }

    private static Kin.@Nullable EndedAbove endedAbove(JsonNode ended) {
        return ended.isObject() ? new Kin.EndedAbove(ended.path("at").asLong(), Records.text(ended, "outcome")) : null;
    }

    private static Kin.@Nullable RolledUp rolledUp(JsonNode rolledUp) {
        return rolledUp.isObject()
                ? new Kin.RolledUp(
                        rolledUp.path("loggedAt").asLong(),
                        rolledUp.path("before").isObject() ? ValueCodec.attributes(rolledUp, "before") : null)
                : null;
    }

    static void entry(JsonGenerator out, Tally.Entry entry) throws IOException {
        out.writeStringField("tally", entry.tally());
        out.writeStringField("event", entry.event());
        ValueCodec.attributes(out, "common", entry.common());
        ValueCodec.attributes(out, "group", entry.group());
        ValueCodec.numbers(out, "amounts", entry.amounts());
    }

    static Tally.Entry entry(JsonNode entry) {
        return new Tally.Entry(
                Records.text(entry, "tally"),
                Records.text(entry, "event"),
                ValueCodec.attributes(entry, "common"),
                ValueCodec.attributes(entry, "group"),
                ValueCodec.map(entry.path("amounts"), JsonNode::asLong));
    }

    static void entries(JsonGenerator out, List<Tally.Entry> entries) throws IOException {
        if (entries.isEmpty()) {
            return;
        }
        out.writeArrayFieldStart("entries");
        for (Tally.Entry entry : entries) {
            out.writeStartObject();
            entry(out, entry);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    static List<Tally.Entry> entries(JsonNode record) {
        List<Tally.Entry> entries = new ArrayList<>();
        record.path("entries").forEach(entry -> entries.add(entry(entry)));
        return entries;
    }

    static void tally(JsonGenerator out, Tally tally) throws IOException {
        out.writeStringField("key", tally.key());
        out.writeStringField("source", tally.source());
        out.writeStringField("lifecycle", tally.lifecycle());
        out.writeStringField("event", tally.event());
        ValueCodec.attributes(out, "common", tally.common());
        out.writeObjectFieldStart("groups");
        for (Map.Entry<String, Tally.Group> group : tally.groups().entrySet()) {
            out.writeObjectFieldStart(group.getKey());
            ValueCodec.attributes(out, "values", group.getValue().values());
            out.writeNumberField("members", group.getValue().members());
            ValueCodec.numbers(out, "sums", group.getValue().sums());
            out.writeBooleanField("changed", group.getValue().changed());
            out.writeEndObject();
        }
        out.writeEndObject();
        Records.number(out, "sentAt", tally.sentAt());
    }

    static Tally tally(JsonNode record) {
        SortedMap<String, Tally.Group> groups = new TreeMap<>();
        record.path("groups").properties().forEach(group -> groups.put(group.getKey(), group(group.getValue())));
        return new Tally(
                Records.text(record, "key"),
                Records.text(record, "source"),
                Records.text(record, "lifecycle"),
                Records.text(record, "event"),
                ValueCodec.attributes(record, "common"),
                groups,
                Records.number(record, "sentAt"),
                RowCodec.timers(record));
    }

    private static Tally.Group group(JsonNode group) {
        return new Tally.Group(
                ValueCodec.attributes(group, "values"),
                group.path("members").asLong(),
                ValueCodec.map(group.path("sums"), JsonNode::asLong),
                group.path("changed").asBoolean());
    }
}
