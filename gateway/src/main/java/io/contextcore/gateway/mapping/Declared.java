package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names of one sort, over all files: each may be declared once a folder, and a later folder overrides an earlier one. */
final class Declared<T> {

    private final String what;
    private final Problems problems;
    private final List<Overriding> overridings;
    private final Map<String, T> byName = new LinkedHashMap<>();
    private final Map<String, Place> places = new LinkedHashMap<>();

    private record Place(Location location, int layer) {}

    /**
     * @param what what the names name, for messages: {@code "mapping"}
     * @param overridings is told what overrides what
     */
    Declared(String what, Problems problems, List<Overriding> overridings) {
        this.what = what;
        this.problems = problems;
        this.overridings = overridings;
    }

    /** @param layer number of the folder */
    void add(String name, Location location, int layer, T value) {
        Place first = places.get(name);
        if (first != null && first.layer == layer) {
            problems.add(
                    ErrorCode.DUPLICATE_NAME,
                    location,
                    "the " + what + " '" + name + "' exists already, at " + first.location
                            + " (expected another name; only a later folder overrides)");
            return;
        }
        if (first != null) {
            overridings.add(new Overriding("the " + what + " '" + name + "'", first.location, location, false));
        }
        places.put(name, new Place(location, layer));
        byName.put(name, value);
    }

    /** The place of the declaration that counts, if a later folder has it than the one of the number. */
    Optional<Location> laterThan(String name, int layer) {
        return Optional.ofNullable(places.get(name))
                .filter(place -> place.layer > layer)
                .map(Place::location);
    }

    Map<String, T> byName() {
        return byName;
    }
}
