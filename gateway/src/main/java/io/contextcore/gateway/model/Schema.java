package io.contextcore.gateway.model;

import io.contextcore.gateway.base.Location;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What mappings read of a payload: its members, their types, and which of them may be missing. What a schema does not name
 * may be in a payload too; nobody reads it.
 *
 * @param types the named types; a {@link Named} names one of these
 */
public record Schema(String name, Location location, Type payload, Map<String, Type> types) {

    public Schema {
        types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
    }

    /** What a value may be. */
    public sealed interface Type permits Simple, ListOf, AnyOf, Named, Structure {}

    /** A type without parts, written in lower case. */
    public enum Simple implements Type {
        STRING,
        /** A whole number of 64 bits. */
        INT,
        /** A number, with or without a fraction. */
        NUMBER,
        BOOLEAN,
        /** Text or a number that {@code time()} reads. */
        TIME,
        /** A list of anything. */
        LIST,
        /** An object of whatever members. */
        OBJECT,
        ANY,
        NULL
    }

    public record ListOf(Type item) implements Type {}

    /** One of several. */
    public record AnyOf(List<Type> choices) implements Type {

        public AnyOf {
            choices = List.copyOf(choices);
        }
    }

    public record Named(String name) implements Type {}

    /**
     * An object with known members.
     *
     * @param name unique within the schema: the name of the type, or the path to it
     */
    public record Structure(String name, List<Member> members) implements Type {

        private static final String ALL = "*";

        public Structure {
            members = List.copyOf(members);
        }

        /** Whether all members are alike, whatever their names: {@code {"*": type}}. */
        public boolean isMap() {
            return members.size() == 1 && members.get(0).name().equals(ALL);
        }

        /** The member of that name, or else the first whose pattern the name fits. */
        public Optional<Member> member(String wanted) {
            Optional<Member> exact = members.stream()
                    .filter(member -> member.name().equals(wanted))
                    .findFirst();
            return exact.isPresent()
                    ? exact
                    : members.stream().filter(member -> member.fits(wanted)).findFirst();
        }
    }

    /**
     * A member of an object.
     *
     * @param name with a {@code *} it is a pattern: all members whose names fit
     * @param optional whether it may be missing
     */
    public record Member(String name, boolean optional, Type type, Location location) {

        private static final String ANYTHING = "*";

        public boolean isPattern() {
            return name.contains(ANYTHING);
        }

        private boolean fits(String wanted) {
            int star = name.indexOf(ANYTHING);
            return star >= 0
                    && wanted.length() >= name.length() - 1
                    && wanted.startsWith(name.substring(0, star))
                    && wanted.endsWith(name.substring(star + 1));
        }
    }

    /**
     * A member, told from all other members of all schemas.
     *
     * @param structure name of the object that has it
     */
    public record Place(String schema, String structure, String member) {}

    /** All members that have a name or a pattern of names, by what tells them apart. */
    public Map<Place, Member> members() {
        Map<Place, Member> members = new LinkedHashMap<>();
        structures().stream()
                .filter(structure -> !structure.isMap())
                .forEach(structure -> structure
                        .members()
                        .forEach(member -> members.put(new Place(name, structure.name(), member.name()), member)));
        return members;
    }

    /** All objects with known members, those within others too. */
    public List<Structure> structures() {
        List<Structure> found = new ArrayList<>();
        types.values().forEach(type -> collect(type, found));
        collect(payload, found);
        return found;
    }

    private static void collect(Type type, List<Structure> found) {
        if (type instanceof ListOf list) {
            collect(list.item(), found);
        } else if (type instanceof AnyOf any) {
            any.choices().forEach(choice -> collect(choice, found));
        } else if (type instanceof Structure structure) {
            found.add(structure);
            structure.members().forEach(member -> collect(member.type(), found));
        }
    }

    /** The types that a value may be of: one, or those of a choice; none of them a name or a choice itself. */
    public List<Type> choices(Type type) {
        if (type instanceof Named named) {
            return choices(Objects.requireNonNull(types.get(named.name()), "a name that the reader knows"));
        }
        return type instanceof AnyOf any
                ? any.choices().stream()
                        .flatMap(choice -> choices(choice).stream())
                        .toList()
                : List.of(type);
    }
}
