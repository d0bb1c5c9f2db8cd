package io.contextcore.gateway.app.draft;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a delivery is most likely about: the object that has most of an id, a title, a state and times.
 *
 * @param object where it is
 * @param id what names it for ever
 * @param created when it began
 * @param updated when it changed last
 * @param closed when it ended, or null as long as it has not
 */
record Subject(
        Member object,
        Optional<Member> id,
        Optional<Member> created,
        Optional<Member> updated,
        Optional<Member> closed) {

    private static final List<String> IDS = List.of("id", "uuid", "guid", "key", "iid", "number", "identifier");
    private static final List<String> TITLES = List.of("title", "name", "subject", "summary");
    private static final List<String> STATES = List.of("status", "state");
    private static final List<String> CREATED = List.of(
            "createdat", "created", "createdon", "datecreated", "creationdate", "openedat", "startedat", "start");
    private static final List<String> UPDATED = List.of(
            "updatedat",
            "updated",
            "updatedon",
            "dateupdated",
            "modifiedat",
            "modified",
            "lastmodified",
            "changedat",
            "timestamp",
            "occurredat",
            "time",
            "date");
    private static final List<String> CLOSED = List.of(
            "closedat",
            "closed",
            "closedon",
            "resolvedat",
            "resolved",
            "completedat",
            "completed",
            "finishedat",
            "endedat",
            "end");
    private static final int DEEPEST = 4;

    static Subject of(Member root) {
        List<Subject> all = new ArrayList<>();
        collect(root, all);
        // The first of the best: objects are collected from above.
        return all.stream()
                .sorted(Comparator.comparingInt((Subject subject) -> -subject.score()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the payload itself is one"));
    }

    private static void collect(Member object, List<Subject> all) {
        all.add(new Subject(
                object,
                find(object, IDS, Member::isName),
                find(object, CREATED, Subject::isTime),
                find(object, UPDATED, Subject::isTime),
                find(object, CLOSED, member -> isTime(member) || member.value().isNull())));
        if (object.path().size() < DEEPEST) {
            object.members().stream()
                    .filter(member -> member.value().isObject())
                    .forEach(member -> collect(member, all));
        }
    }

    private int score() {
        return 3 * one(id)
                + 2 * one(find(object, TITLES, Member::isText))
                + 3
                        * one(find(
                                object,
                                STATES,
                                member -> member.isText() || member.value().isObject()))
                + one(created)
                + one(updated)
                + one(closed);
    }

    private static int one(Optional<Member> member) {
        return member.isPresent() ? 1 : 0;
    }

    private static boolean isTime(Member member) {
        return member.time().isPresent();
    }

    private static Optional<Member> find(Member object, List<String> names, Predicate<Member> fits) {
        List<Member> members = object.members();
        return names.stream()
                .flatMap(name ->
                        members.stream().filter(member -> plain(member.name()).equals(name)))
                .filter(fits)
                .findFirst();
    }

    /** {@code createdAt}, {@code created_at} and {@code Created-At} are one name. */
    private static String plain(String name) {
        return name.replaceAll("[_\\- ]", "").toLowerCase(Locale.ROOT);
    }
}
