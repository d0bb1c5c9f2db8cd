package io.contextcore.gateway.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a map may have: the one table that readers of files go by, and that the JSON Schemas for editors are written
 * from. A reader that asks for a key which is not declared here is a bug, and is told so at once.
 */
public final class Form {

    private final String what;
    private final List<Key> keys;
    private final Set<String> planned;
    private final List<Choice> choices;
    private final @Nullable Key others;

    private Form(String what, List<Key> keys, Set<String> planned, List<Choice> choices, @Nullable Key others) {
        this.what = what;
        this.keys = List.copyOf(keys);
        this.planned = Set.copyOf(planned);
        this.choices = List.copyOf(choices);
        this.others = others;
        if (this.keys.size() != names().size()) {
            throw new AssertionError(what + ": a key is declared twice");
        }
    }

    /**
     * One key.
     *
     * @param meaning one line for who writes such a file
     */
    public record Key(String name, Shape shape, boolean required, String meaning) {

        public static Key required(String name, Shape shape, String meaning) {
            return new Key(name, shape, true, meaning);
        }

        public static Key optional(String name, Shape shape, String meaning) {
            return new Key(name, shape, false, meaning);
        }
    }

    /**
     * Keys of which one must be there.
     *
     * @param only whether the others must then be missing
     */
    public record Choice(List<String> keys, boolean only) {}

    /** @param what what the map is, with its article, for messages: {@code "a mapping file"} */
    public static Form of(String what, Key... keys) {
        return new Form(what, List.of(keys), Set.of(), List.of(), null);
    }

    /** The same with further keys. */
    public Form with(Key... more) {
        return with(List.of(more));
    }

    /** The same with further keys. */
    public Form with(List<Key> more) {
        return new Form(what, Stream.concat(keys.stream(), more.stream()).toList(), planned, choices, others);
    }

    /** The same with keys that the language will have: they are refused, and it is said that they will come. */
    public Form notYet(String... names) {
        return new Form(
                what,
                keys,
                Stream.concat(planned.stream(), Stream.of(names)).collect(Collectors.toUnmodifiableSet()),
                choices,
                others);
    }

    /** The same, where exactly one of these keys must be there. */
    public Form exactlyOneOf(String... names) {
        return choosing(new Choice(List.of(names), true));
    }

    /** The same, where one of these keys at least must be there. */
    public Form oneAtLeastOf(String... names) {
        return choosing(new Choice(List.of(names), false));
    }

    private Form choosing(Choice choice) {
        List<Choice> all = new ArrayList<>(choices);
        all.add(choice);
        return new Form(what, keys, planned, all, others);
    }

    /**
     * The same, where any further key may be there as well.
     *
     * @param shape of their values
     * @param meaning what the names are, and the values
     */
    public Form withOthers(Shape shape, String meaning) {
        return new Form(what, keys, planned, choices, Key.optional("", shape, meaning));
    }

    /** What any further key means; it has no name. */
    public Optional<Key> others() {
        return Optional.ofNullable(others);
    }

    public String what() {
        return what;
    }

    public List<Key> keys() {
        return keys;
    }

    public List<Choice> choices() {
        return choices;
    }

    Set<String> names() {
        return keys.stream().map(Key::name).collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }

    boolean isPlanned(String name) {
        return planned.contains(name);
    }

    Optional<Key> key(String name) {
        return keys.stream().filter(key -> key.name().equals(name)).findFirst();
    }
}
