package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.model.Conventions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The rows of one table over all folders. What a later folder adds must be of the type of the earlier rows; and where these
 * have nothing but the values of an attribute, another value is told of, since it would be no value of that attribute.
 */
final class TableRows {

    private record Row(String key, Object value, Location at, int layer) {}

    private final String table;
    private final List<Row> rows = new ArrayList<>();

    TableRows(String table) {
        this.table = table;
    }

    /** @param at place of the value */
    void add(String key, Object value, Location at, int layer) {
        rows.add(new Row(key, value, at, layer));
    }

    void check(Conventions conventions, Problems problems) {
        for (Row row : rows) {
            Set<Object> earlier = rows.stream()
                    .filter(other -> other.layer < row.layer)
                    .map(Row::value)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            if (!earlier.isEmpty()) {
                check(row, earlier, conventions, problems);
            }
        }
    }

    private void check(Row row, Set<Object> earlier, Conventions conventions, Problems problems) {
        Set<String> types = earlier.stream().map(TableRows::type).collect(Collectors.toCollection(TreeSet::new));
        String type = type(row.value);
        if (!types.contains(type) && !(type.equals("whole number") && types.contains("number"))) {
            problems.add(
                    ErrorCode.WRONG_TYPE,
                    row.at,
                    "the table '" + table + "', row '" + row.key + "': " + row.value + " is a " + type + " (expected a "
                            + String.join(" or a ", types) + ", as in the rows of earlier folders)");
            return;
        }
        Set<String> meant = new TreeSet<>();
        Set<String> allowed = new LinkedHashSet<>();
        conventions.byName().values().stream()
                .filter(attribute -> attribute.values().containsAll(earlier))
                .forEach(attribute -> {
                    meant.add(attribute.name());
                    allowed.addAll(attribute.values());
                });
        if (!meant.isEmpty() && row.value instanceof String value && !allowed.contains(value)) {
            problems.warn(
                    ErrorCode.NOT_ALLOWED,
                    row.at,
                    "the table '" + table + "', row '" + row.key + "': '" + value + "' is no value of "
                            + String.join(", ", meant) + ", as those of the other rows are (expected one of "
                            + String.join(", ", allowed) + Nearest.hint(value, allowed) + ")");
        }
    }

    private static String type(Object value) {
        return value instanceof String
                ? "text"
                : value instanceof Boolean ? "flag" : value instanceof Long ? "whole number" : "number";
    }
}
