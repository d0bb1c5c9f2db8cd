package io.contextcore.gateway.app.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.base.Location;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One case of a test file.
 *
 * @param at where it stands
 * @param before earlier deliveries; what they make is not compared
 * @param until timers due up to then run too, epoch nanoseconds; null: none
 */
record TestCase(
        Location at,
        String name,
        String source,
        List<Sent> before,
        Sent delivery,
        @Nullable Long until,
        Expected expected) {

    /**
     * A request to play.
     *
     * @param received epoch nanoseconds
     */
    record Sent(Map<String, String> headers, byte[] body, long received) {}

    /**
     * What must come out.
     *
     * @param exactly whether nothing else may
     * @param spans null: nothing is said of spans
     * @param logs null: nothing is said of logs
     * @param ignored reason; null: it must not be ignored, unless nothing is expected
     * @param rejected reason; null: it must not be rejected
     */
    record Expected(
            boolean exactly,
            @Nullable Integer spanCount,
            @Nullable Integer logCount,
            @Nullable List<Record> spans,
            @Nullable List<Record> logs,
            @Nullable String ignored,
            @Nullable String rejected) {}

    /** A span or log that must be found; what it does not name is not compared. */
    record Record(Location at, JsonNode fields) {}

    /**
     * A test file.
     *
     * @param kind kind of the sources
     * @param projects project table of the sources
     */
    record File(String kind, Map<String, String> projects, List<TestCase> cases) {}
}
