package io.contextcore.gateway.app.check;

import io.contextcore.gateway.base.Location;
import java.util.ArrayList;
import java.util.List;

/**
 * What of an expectation does not hold.
 *
 * @param at the part of the expectation
 * @param summary in one line
 * @param differences value by value, where a record came out otherwise
 */
public record Failure(Location at, String summary, List<Difference> differences) {

    public Failure {
        differences = List.copyOf(differences);
    }

    static Failure of(Location at, String summary) {
        return new Failure(at, summary, List.of());
    }

    /** A line with the place and the summary, then path by path what was expected ({@code -}) and what came out ({@code +}). */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(at + ": " + summary);
        for (Difference difference : differences) {
            Location place = difference.at();
            lines.add("    " + difference.path() + (place == null ? "" : "  (line " + place.line() + ")"));
            lines.add("      - " + difference.expected());
            lines.add("      + " + difference.found());
        }
        return lines;
    }
}
