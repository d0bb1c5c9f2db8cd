package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problems;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names of one sort, over all files: each may be declared once. */
final class Declared<T> {

    private final String what;
    private final Problems problems;
    private final Map<String, T> byName = new LinkedHashMap<>();
    private final Map<String, Location> places = new LinkedHashMap<>();

    /** @param what what the names name, for messages: {@code "a mapping"} */
    Declared(String what, Problems problems) {
        this.what = what;
        this.problems = problems;
    }

    void add(String name, Location place, T value) {
        Location first = places.putIfAbsent(name, place);
        if (first == null) {
            byName.put(name, value);
        } else {
            problems.add(
                    ErrorCode.DUPLICATE_NAME,
                    place,
                    what + " '" + name + "' exists already, at " + first + " (expected another name)");
        }
    }

    Map<String, T> byName() {
        return byName;
    }
}
