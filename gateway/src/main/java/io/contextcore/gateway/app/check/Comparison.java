package io.contextcore.gateway.app.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.yaml.YamlMapping;
import io.contextcore.gateway.yaml.YamlNode;
import io.contextcore.gateway.yaml.YamlScalar;
import io.contextcore.gateway.yaml.YamlSequence;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what a test expects with what came out. Null means: must not be there. */
final class Comparison {

    private static final Set<String> TIMES = Set.of("start", "end", "time", "observed");

    private final boolean whole;
    private final List<Difference> differences = new ArrayList<>();

    private Comparison(boolean whole) {
        this.whole = whole;
    }

    /**
     * What differs; empty: it fits.
     *
     * @param whole whether fields that are not written must not be there; otherwise they are not compared
     */
    static List<Difference> differences(YamlMapping expected, JsonNode actual, boolean whole) {
        Comparison comparison = new Comparison(whole);
        comparison.members("", expected, actual);
        return comparison.differences;
    }

    /** The same of a value that is no record: all of it counts. */
    static List<Difference> differences(String path, YamlNode expected, JsonNode actual) {
        Comparison comparison = new Comparison(true);
        comparison.value(path, "", expected, actual);
        return comparison.differences;
    }

    private void members(String path, YamlMapping expected, JsonNode actual) {
        for (YamlMapping.Entry member : expected.entries()) {
            String name = member.key().text();
            value(path(path, name), name, member.value(), actual.path(name));
        }
        if (whole) {
            for (Map.Entry<String, JsonNode> member : actual.properties()) {
                boolean empty =
                        member.getValue().isContainerNode() && member.getValue().isEmpty();
                if (!empty && expected.get(member.getKey()).isEmpty()) {
                    differences.add(new Difference(path(path, member.getKey()), null, member.getValue()));
                }
            }
        }
    }

    private void value(String path, String name, YamlNode expected, JsonNode actual) {
        if (expected instanceof YamlMapping mapping) {
            if (actual.isObject()) {
                members(path, mapping, actual);
            } else {
                check(false, path, expected, actual);
            }
        } else if (expected instanceof YamlSequence sequence) {
            if (name.equals("links") && !whole) {
                check(linked(sequence, actual), path, expected, actual);
            } else {
                list(path, sequence, actual);
            }
        } else if (expected instanceof YamlScalar scalar) {
            check(same(name, scalar, actual), path, expected, actual);
        }
    }

    private void list(String path, YamlSequence expected, JsonNode actual) {
        List<YamlNode> items = expected.items();
        if (!(actual.isArray() || items.isEmpty()) || actual.size() != items.size()) {
            check(false, path, expected, actual);
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            value(path + "[" + i + "]", "", items.get(i), actual.get(i));
        }
    }

    /** Each must be among those that are there, in any order; an empty list: none. */
    private static boolean linked(YamlSequence expected, JsonNode actual) {
        if (expected.items().isEmpty()) {
            return actual.isEmpty();
        }
        for (YamlNode link : expected.items()) {
            boolean found = false;
            for (JsonNode candidate : actual) {
                found |= link instanceof YamlMapping fields
                        && differences(fields, candidate, false).isEmpty();
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(String name, YamlScalar written, JsonNode actual) {
        JsonNode expected = YamlJson.of(written);
        if (expected.isNull()) {
            return actual.isMissingNode() || actual.isNull();
        }
        if (TIMES.contains(name) && expected.isTextual()) {
            return sameTime(expected.textValue(), actual.asText());
        }
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

    private void check(boolean fits, String path, YamlNode expected, JsonNode actual) {
        if (!fits) {
            differences.add(new Difference(path, expected, actual));
        }
    }

    private static String path(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
