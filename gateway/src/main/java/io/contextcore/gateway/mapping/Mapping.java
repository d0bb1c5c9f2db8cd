package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.model.LogRecord.Severity;
import io.contextcore.gateway.model.Schema;
import io.contextcore.gateway.model.Span;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A mapping file, compiled.
 *
 * @param kinds of the sources whose events it wants
 * @param events names of the events it wants; empty: all
 * @param schema of the payloads; null: it names none
 * @param reply what the sender is answered; null: the usual acknowledgement
 * @param slots number of variables that its expressions may read
 */
record Mapping(
        String name,
        Location location,
        Set<String> kinds,
        Set<String> events,
        @Nullable Schema schema,
        List<Ignore> ignores,
        @Nullable Part when,
        List<Var> vars,
        List<SignalRule> signals,
        List<LearnRule> learns,
        List<SpanRule> spans,
        List<LogRule> logs,
        @Nullable ReplyRule reply,
        int slots) {

    boolean wants(String deliveryKind, String event) {
        return kinds.contains(deliveryKind) && (events.isEmpty() || events.contains(event));
    }

    record Ignore(Part when, String reason) {}

    record Var(int slot, Part value) {}

    /** Repeats a rule for each item of a list, which stands in a slot meanwhile. */
    record Loop(Part list, int slot) {}

    /** An instance, by key or alias; the first of the two that has a value. */
    record Address(
            Part lifecycle, @Nullable Part key, @Nullable Part alias) {}

    /** The open children of an instance that have these labels. */
    record Children(Address parent, SortedMap<String, Part> where) {}

    /** @param children who is told instead of the target, which then has neither key nor alias; null: the target is */
    record SignalRule(
            String what,
            @Nullable Loop loop,
            @Nullable Part when,
            Address target,
            @Nullable Children children,
            List<Part> aliases,
            @Nullable Address parent,
            @Nullable Part at,
            @Nullable Part start,
            @Nullable Part since,
            @Nullable Part end,
            @Nullable Part outcome,
            SortedMap<String, Part> attributes,
            Set<String> cleared,
            Map<String, List<Member>> sets,
            List<LinkRule> links) {}

    /** A member of a set, and whether it is in. */
    record Member(Part name, Part present) {}

    record LinkRule(
            @Nullable Loop loop,
            @Nullable Part when,
            Address target,
            SortedMap<String, Part> attributes,
            boolean both) {}

    /** Something to remember: an entry of a table. */
    record LearnRule(
            @Nullable Part when,
            @Nullable Loop loop,
            String table,
            Part key,
            Part value,
            @Nullable Part at) {}

    /**
     * What the sender is answered.
     *
     * @param contentType null: what fits the body
     */
    record ReplyRule(@Nullable Part when, @Nullable String contentType, ReplyNode body) {}

    /** A tree of templates. */
    sealed interface ReplyNode {
        record Leaf(Part part) implements ReplyNode {}

        record Members(Map<String, ReplyNode> byName) implements ReplyNode {}

        record Items(List<ReplyNode> items) implements ReplyNode {}
    }

    record SpanRule(
            @Nullable Part when,
            @Nullable Loop loop,
            Part traceId,
            Part spanId,
            @Nullable Part parentSpanId,
            Part name,
            Span.Kind kind,
            Part start,
            Part end,
            @Nullable Part status,
            @Nullable Part message,
            SortedMap<String, Part> attributes,
            List<SpanLinkRule> links) {}

    record SpanLinkRule(Part traceId, Part spanId, SortedMap<String, Part> attributes) {}

    record LogRule(
            @Nullable Part when,
            @Nullable Loop loop,
            Part event,
            @Nullable Part at,
            @Nullable Part severity,
            @Nullable Address of,
            @Nullable Part traceId,
            @Nullable Part spanId,
            SortedMap<String, Part> attributes) {

        static final Map<String, Severity> SEVERITIES =
                Map.of("debug", Severity.DEBUG, "info", Severity.INFO, "warn", Severity.WARN, "error", Severity.ERROR);
    }
}
