package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Problem;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.model.Schema;
import io.contextcore.gateway.model.Schema.Place;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a program runs without, but a strict reader wants. */
final class Omissions {

    private Omissions() {}

    static List<Problem> of(
            Collection<Mapping> mappings, Collection<Schema> schemas, Set<Place> read, Problems problems) {
        Problems omissions = problems.others();
        Set<String> named = new TreeSet<>();
        for (Mapping mapping : mappings) {
            Schema schema = mapping.schema();
            if (schema == null) {
                omissions.warn(
                        ErrorCode.NO_SCHEMA,
                        mapping.location(),
                        "mapping '" + mapping.name()
                                + "' names no schema (expected `schema: <name>`, so that misspelt paths are"
                                + " found)");
            } else {
                named.add(schema.name());
            }
        }
        for (Schema schema : schemas) {
            if (!named.contains(schema.name())) {
                omissions.warn(
                        ErrorCode.UNUSED_SCHEMA,
                        schema.location(),
                        "no mapping names the schema '" + schema.name() + "' (expected one)");
                continue;
            }
            schema.members().forEach((place, member) -> {
                if (!read.contains(place)) {
                    omissions.warn(
                            ErrorCode.UNREAD_MEMBER,
                            member.location(),
                            "no mapping of the schema '" + schema.name() + "' reads '" + place.structure() + "."
                                    + place.member() + "' (expected only members that are read)");
                }
            });
        }
        return omissions.all();
    }
}
