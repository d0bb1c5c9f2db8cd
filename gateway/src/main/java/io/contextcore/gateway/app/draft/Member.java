package io.contextcore.gateway.app.draft;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.expression.Times;
import io.contextcore.gateway.expression.Variables;
import io.contextcore.gateway.model.EvaluationException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A member of the sample.
 *
 * @param path names from the payload down; empty: the payload itself
 */
record Member(List<String> path, JsonNode value) {

    /** Names that can stand in an expression and in a schema without a trick: no quotes, patterns or control characters. */
    private static final Pattern WRITABLE = Pattern.compile("[^\\p{C}'\"\\\\*?{}$`|\u2028\u2029]{1,100}");

    /** Text that is longer is told, not compared. */
    private static final int MOST_CHARS = 200;

    static Member root(JsonNode payload) {
        return new Member(List.of(), payload);
    }

    /**
     * The members that can be written down, if it is an object. One whose name must stand in brackets is not entered: of what
     * is in it no schema knows the type.
     */
    List<Member> members() {
        if (!value.isObject() || !path.stream().allMatch(Variables::isName)) {
            return List.of();
        }
        return value.properties().stream()
                .filter(entry -> isWritable(entry.getKey()))
                .map(entry -> child(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The member at a path with dots below this one. */
    Optional<Member> at(String dotted) {
        Member found = this;
        for (String name : dotted.split("\\.")) {
            Optional<Member> next = found.members().stream()
                    .filter(member -> member.name().equals(name))
                    .findFirst();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            found = next.get();
        }
        return Optional.of(found);
    }

    private Member child(String name, JsonNode child) {
        List<String> below = new ArrayList<>(path);
        below.add(name);
        return new Member(List.copyOf(below), child);
    }

    private static boolean isWritable(String name) {
        return WRITABLE.matcher(name).matches() && !name.isBlank() && name.equals(name.strip());
    }

    String name() {
        return path.isEmpty() ? "payload" : path.get(path.size() - 1);
    }

    boolean isWithin(Member object) {
        int depth = object.path().size();
        return path.size() >= depth && path.subList(0, depth).equals(object.path());
    }

    /**
     * The expression that reads it.
     *
     * @param base what stands for the members above
     * @param above how many these are
     */
    String expression(String base, int above) {
        StringBuilder text = new StringBuilder(base);
        for (String name : path.subList(above, path.size())) {
            text.append(Variables.isName(name) ? "." + name : "['" + name + "']");
        }
        return text.toString();
    }

    boolean isText() {
        return value.isTextual() && !value.textValue().isBlank();
    }

    boolean isWhole() {
        return value.isIntegralNumber() && value.canConvertToLong();
    }

    /** A number that is not exact, and is one. */
    boolean isFraction() {
        return value.isFloatingPointNumber() && Double.isFinite(value.doubleValue());
    }

    /** Whether it can name something: a short text or a whole number. */
    boolean isName() {
        return isWhole() || (isText() && value.textValue().length() <= MOST_CHARS);
    }

    /** When it says; empty if it is no time. */
    Optional<Instant> time() {
        if (!isName()) {
            return Optional.empty();
        }
        try {
            return Times.parse(value.isTextual() ? value.textValue() : (Object) value.longValue());
        } catch (EvaluationException e) {
            return Optional.empty();
        }
    }
}
