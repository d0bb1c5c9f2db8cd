package io.contextcore.gateway.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.model.Cell;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Tally;
import io.contextcore.gateway.model.Timers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records of rows. */
final class RowCodec {

    private RowCodec() {}

    static byte[] encode(Row row) {
        return Records.write(out -> members(out, row));
    }

    static Row decode(byte[] bytes) {
        return row(Records.read(bytes));
    }

    /** The members of a row, for a record of its own or for one that a message carries. */
    static void members(JsonGenerator out, Row row) throws IOException {
        out.writeStringField("type", Sort.of(row).code());
        if (row instanceof Instance instance) {
            instance(out, instance);
        } else if (row instanceof Row.Alias alias) {
            alias(out, alias);
        } else if (row instanceof Row.Tombstone tombstone) {
            tombstone(out, tombstone);
        } else if (row instanceof Tally tally) {
            KinCodec.tally(out, tally);
        } else if (row instanceof Row.Fact fact) {
            out.writeStringField("key", fact.key());
            ValueCodec.optionalCell(out, "fact", fact.value(), ValueCodec::attribute);
        }
        if (!(row instanceof Row.Tombstone)) {
            timers(out, row.timers());
        }
    }

    static Row row(JsonNode record) {
        return switch (Sort.of(Records.text(record, "type"))) {
            case INSTANCE -> instance(record);
            case ALIAS -> alias(record);
            case TOMBSTONE -> tombstone(record);
            case TALLY -> KinCodec.tally(record);
            case FACT ->
                new Row.Fact(Records.text(record, "key"), ValueCodec.cell(record.path("fact"), ValueCodec::attribute));
        };
    }

    /** Short names, and the one timer that it can have: there are many of them, and they stay for long. */
    private static void tombstone(JsonGenerator out, Row.Tombstone row) throws IOException {
        out.writeStringField("k", row.key());
        out.writeStringField("l", row.lifecycle());
        out.writeStringField("s", row.source());
        out.writeNumberField("g", row.generation());
        out.writeNumberField("f", row.firstSeen());
        out.writeNumberField("b", row.start());
        out.writeNumberField("e", row.endedAt());
        Records.number(out, "d", row.timers().due().get(Timers.Purpose.FORGET));
    }

    private static Row.Tombstone tombstone(JsonNode record) {
        Long due = Records.number(record, "d");
        return new Row.Tombstone(
                Records.text(record, "k"),
                Records.text(record, "l"),
                Records.text(record, "s"),
                record.path("g").asInt(1),
                record.path("f").asLong(),
                record.path("b").asLong(),
                record.path("e").asLong(),
                due == null ? Timers.none() : Timers.none().with(Timers.Purpose.FORGET, due));
    }

    private static void instance(JsonGenerator out, Instance row) throws IOException {
        out.writeStringField("key", row.key());
        out.writeStringField("lifecycle", row.lifecycle());
        out.writeStringField("source", row.source());
        out.writeStringField("stage", Codes.of(row.stage()));
        out.writeNumberField("generation", row.generation());
        out.writeBooleanField("adopted", row.adopted());
        out.writeNumberField("firstSeen", row.firstSeen());
        out.writeNumberField("lastSeen", row.lastSeen());
        Records.number(out, "firstAt", row.firstAt());
        Records.number(out, "start", row.start());
        out.writeNumberField("generationStart", row.generationStart());
        Records.number(out, "since", row.since());
        Records.number(out, "endedAt", row.endedAt());
        ValueCodec.optionalCell(out, "end", row.end(), JsonGenerator::writeNumber);
        ValueCodec.optionalCell(out, "outcome", row.outcome(), JsonGenerator::writeString);
        ValueCodec.optionalCell(out, "parent", row.parent(), ValueCodec::reference);
        ValueCodec.map(
                out, "attributes", row.attributes(), (o, cell) -> ValueCodec.cell(o, cell, ValueCodec::attribute));
        ValueCodec.map(out, "sets", row.sets(), RowCodec::set);
        ValueCodec.attributes(out, "derived", row.derived());
        phase(out, row.phase());
        Records.texts(out, "aliases", row.aliases());
        ValueCodec.links(out, "links", row.links());
        KinCodec.kin(out, row.kin());
        KinCodec.entries(out, row.entries());
        if (row.held()) {
            out.writeBooleanField("held", true);
        }
    }

    private static Instance instance(JsonNode record) {
        return new Instance(
                Records.text(record, "key"),
                Records.text(record, "lifecycle"),
                record.path("source").asText(""),
                Codes.stage(Records.text(record, "stage")),
                record.path("generation").asInt(1),
                record.path("adopted").asBoolean(false),
                record.path("firstSeen").asLong(),
                record.path("lastSeen").asLong(),
                Records.number(record, "firstAt"),
                Records.number(record, "start"),
                record.path("generationStart").asLong(),
                Records.number(record, "since"),
                Records.number(record, "endedAt"),
                ValueCodec.optionalCell(record, "end", JsonNode::asLong),
                ValueCodec.optionalCell(record, "outcome", JsonNode::asText),
                ValueCodec.optionalCell(record, "parent", ValueCodec::reference),
                ValueCodec.map(record.path("attributes"), cell -> ValueCodec.cell(cell, ValueCodec::attribute)),
                sets(record.path("sets")),
                ValueCodec.attributes(record, "derived"),
                phase(record.path("phase")),
                Records.texts(record, "aliases"),
                ValueCodec.links(record, "links"),
                KinCodec.kin(record.path("kin")),
                KinCodec.entries(record),
                record.path("held").asBoolean(false),
                timers(record));
    }

    private static void alias(JsonGenerator out, Row.Alias row) throws IOException {
        out.writeStringField("key", row.key());
        Reference owner = row.owner();
        if (owner != null) {
            out.writeFieldName("owner");
            ValueCodec.reference(out, owner);
        }
        out.writeArrayFieldStart("waiting");
        for (Message message : row.waiting()) {
            out.writeStartObject();
            MessageCodec.members(out, message);
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeNumberField("firstSeen", row.firstSeen());
    }

    private static Row.Alias alias(JsonNode record) {
        JsonNode owner = record.path("owner");
        List<Message> waiting = new ArrayList<>();
        record.path("waiting").forEach(message -> waiting.add(MessageCodec.message(message)));
        return new Row.Alias(
                Records.text(record, "key"),
                owner.isObject() ? ValueCodec.reference(owner) : null,
                waiting,
                record.path("firstSeen").asLong(),
                timers(record));
    }

    private static void set(JsonGenerator out, SortedMap<String, Cell<Boolean>> members) throws IOException {
        out.writeStartObject();
        for (Map.Entry<String, Cell<Boolean>> member : members.entrySet()) {
            out.writeFieldName(member.getKey());
            ValueCodec.cell(out, member.getValue(), JsonGenerator::writeBoolean);
        }
        out.writeEndObject();
    }

    private static SortedMap<String, SortedMap<String, Cell<Boolean>>> sets(JsonNode sets) {
        return ValueCodec.map(sets, set -> ValueCodec.map(set, cell -> ValueCodec.cell(cell, JsonNode::asBoolean)));
    }

    private static void phase(JsonGenerator out, Instance.@Nullable Phase phase) throws IOException {
        if (phase != null) {
            out.writeObjectFieldStart("phase");
            out.writeStringField("value", phase.value());
            out.writeNumberField("start", phase.start());
            out.writeNumberField("slice", phase.slice());
            out.writeEndObject();
        }
    }

    private static Instance.@Nullable Phase phase(JsonNode phase) {
        return phase.isObject()
                ? new Instance.Phase(
                        Records.text(phase, "value"),
                        phase.path("start").asLong(),
                        phase.path("slice").asInt())
                : null;
    }

    /** Pairs of purpose and due time. */
    private static void timers(JsonGenerator out, Timers timers) throws IOException {
        if (timers.due().isEmpty()) {
            return;
        }
        out.writeArrayFieldStart("timers");
        for (Map.Entry<Timers.Purpose, Long> timer : timers.due().entrySet()) {
            out.writeStartObject();
            out.writeNumberField("purpose", (int) Codes.of(timer.getKey()));
            out.writeNumberField("due", timer.getValue());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    static Timers timers(JsonNode record) {
        JsonNode timers = record.path("timers");
        if (timers.isEmpty()) {
            return Timers.none();
        }
        SortedMap<Timers.Purpose, Long> due = new TreeMap<>();
        timers.forEach(timer -> due.put(
                Codes.purpose(timer.path("purpose").asInt()), timer.path("due").asLong()));
        return new Timers(due);
    }
}
