package io.contextcore.gateway.app.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.model.Projects;
import io.contextcore.gateway.yaml.YamlMapping;
import io.contextcore.gateway.yaml.YamlNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One case of a test file.
 *
 * @param at where it stands
 * @param before earlier deliveries; what they make is not compared
 * @param steps what is played after them, each with its expectation; one at least
 */
record TestCase(Location at, String name, List<Sent> before, List<Step> steps) {

    /**
     * A request to play.
     *
     * @param received epoch nanoseconds
     */
    record Sent(Location at, String kind, String source, Map<String, String> headers, byte[] body, long received) {}

    /**
     * A delivery, the timers after it, and what must come out of both.
     *
     * @param number from 1; 0: the case has one step and names none
     * @param delivery null: only time goes by
     * @param until timers due up to then run too, epoch nanoseconds; null: none
     */
    record Step(
            int number, @Nullable Sent delivery, @Nullable Long until, Expected expected) {}

    /** How the records that are written down and those that come out must go together. */
    enum Mode {
        /** Each that is written must come out, with the fields that are written. */
        CONTAINS,
        /** The same, and no other may come out of a signal that is named. */
        EXACTLY,
        /** Those that are written come out and no others, and they have no other fields. */
        EQUALS
    }

    /**
     * What must come out.
     *
     * @param key place of the key that it stands under
     * @param node as the file has it
     * @param spans null: nothing is said of spans
     * @param logs null: nothing is said of logs
     * @param ignored reason; null: it must not be ignored
     * @param rejected code; null: it must not be rejected
     * @param reply as the file has it; null: nothing is said of it
     * @param without names of records that do not count, and are not forbidden
     */
    record Expected(
            Location key,
            YamlNode node,
            Mode mode,
            @Nullable Integer spanCount,
            @Nullable Integer logCount,
            @Nullable List<YamlMapping> spans,
            @Nullable List<YamlMapping> logs,
            @Nullable String ignored,
            @Nullable String rejected,
            @Nullable YamlNode reply,
            Set<String> without) {

        /** Whether nothing at all is said. */
        boolean isEmpty() {
            boolean none =
                    ignored == null && rejected == null && reply == null && spanCount == null && logCount == null;
            return none && checksNothing(spans) && checksNothing(logs);
        }

        /** Those of the records that count. */
        List<JsonNode> counted(List<JsonNode> records) {
            return records.stream()
                    .filter(record -> !without.contains(Seen.name(record)))
                    .toList();
        }

        private boolean checksNothing(@Nullable List<YamlMapping> records) {
            return records == null || (records.isEmpty() && mode == Mode.CONTAINS);
        }
    }

    /**
     * A test file.
     *
     * @param projects project table of the sources
     */
    record File(Path path, String text, Projects projects, List<TestCase> cases) {}
}
