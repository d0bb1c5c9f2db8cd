package io.contextcore.gateway.app.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what a test expects with what came out. What the test does not name is not compared; null: must not be there. */
final class Comparison {

    private static final Set<String> TIMES = Set.of("start", "end", "time", "observed");

    private final List<String> differences = new ArrayList<>();

    private Comparison() {}

    /** One line for each difference; none: it fits. */
    static List<String> differences(JsonNode expected, JsonNode actual) {
        Comparison comparison = new Comparison();
        comparison.members("", expected, actual);
        return comparison.differences;
    }

    private void members(String path, JsonNode expected, JsonNode actual) {
        for (Map.Entry<String, JsonNode> member : expected.properties()) {
            String name = member.getKey();
            value(path.isEmpty() ? name : path + "." + name, name, member.getValue(), actual.path(name));
        }
    }

    private void value(String path, String name, JsonNode expected, JsonNode actual) {
        if (expected.isNull()) {
            check(actual.isMissingNode() || actual.isNull(), path, "nothing", actual);
        } else if (expected.isObject()) {
            if (actual.isObject()) {
                members(path, expected, actual);
            } else {
                check(false, path, expected.toString(), actual);
            }
        } else if (name.equals("links") && expected.isArray()) {
            links(path, expected, actual);
        } else if (expected.isArray()) {
            list(path, expected, actual);
        } else if (TIMES.contains(name) && expected.isTextual()) {
            check(sameTime(expected.textValue(), actual.asText()), path, expected.textValue(), actual);
        } else {
            check(sameScalar(expected, actual), path, expected.toString(), actual);
        }
    }

    private void list(String path, JsonNode expected, JsonNode actual) {
        if (!actual.isArray() || actual.size() != expected.size()) {
            check(false, path, expected.toString(), actual);
            return;
        }
        for (int i = 0; i < expected.size(); i++) {
            value(path + "[" + i + "]", "", expected.get(i), actual.get(i));
        }
    }

    /** Each must be among those that are there, in any order; an empty list: none. */
    private void links(String path, JsonNode expected, JsonNode actual) {
        if (expected.isEmpty()) {
            check(actual.isEmpty(), path, "no links", actual);
        }
        for (JsonNode link : expected) {
            boolean found = false;
            for (JsonNode candidate : actual) {
                found |= differences(link, candidate).isEmpty();
            }
            check(found, path, link.toString(), actual);
        }
    }

    private static boolean sameScalar(JsonNode expected, JsonNode actual) {
        if (expected.isNumber() && actual.isNumber()) {
            return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
        }
        return expected.equals(actual);
    }

    private static boolean sameTime(String expected, String actual) {
        try {
            return OffsetDateTime.parse(expected)
                    .toInstant()
                    .equals(OffsetDateTime.parse(actual).toInstant());
        } catch (DateTimeException e) {
            return false;
        }
    }

    private void check(boolean fits, String path, String expected, JsonNode actual) {
        if (!fits) {
            differences.add(path + ": expected " + expected + ", was "
                    + (actual.isMissingNode() ? "nothing" : actual.toString()));
        }
    }
}
