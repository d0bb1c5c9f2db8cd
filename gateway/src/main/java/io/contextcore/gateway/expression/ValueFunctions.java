package io.contextcore.gateway.expression;

import static io.contextcore.gateway.expression.FunctionSpec.ours;

import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Functions over any value, over lists and maps, and over what the library knows. */
final class ValueFunctions {

    private static final int MOST_CHOICES = 6;

    private final Library library;
    private final Map<String, Map<String, Object>> ignoringCase = new TreeMap<>();

    private ValueFunctions(Library library) {
        this.library = library;
        library.tables().forEach((name, table) -> {
            Map<String, Object> folded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            table.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(e -> folded.putIfAbsent(e.getKey(), e.getValue()));
            ignoringCase.put(name, folded);
        });
    }

    static List<FunctionSpec> specs(Library library) {
        List<FunctionSpec> all = new ArrayList<>(new ValueFunctions(library).fromLibrary());
        all.addAll(overValues());
        all.addAll(overLists());
        return all;
    }

    private List<FunctionSpec> fromLibrary() {
        return List.of(
                ours(
                                "lookup",
                                List.of(
                                        "lookup(table: table, key: any) -> any",
                                        "lookup(table: table, key: any, default: any) -> any"),
                                "What a table of the `tables:` files has for the key: exactly, or else ignoring case; or else the default,"
                                        + " or absent. An absent or null key takes the default. Numbers are looked up by their text.",
                                "lookup('example.status', 'in arbeit', 'pending')",
                                "'in_progress'",
                                this::lookup)
                        .takingNothing(),
                ours(
                        "project_of",
                        List.of("project_of(source: string, name: string) -> string"),
                        "The `project.id` that the source's table of projects has for the sender's name of a project; absent without one.",
                        "project_of('example', 'acme/shop')",
                        "'shop'",
                        a -> Values.of(library.projects()
                                .apply((String) a[0], (String) a[1])
                                .orElse(null))),
                ours(
                        "redact",
                        List.of("redact(text: string) -> string"),
                        "The text without what the redaction rules take for secrets.",
                        "redact('password=hunter2')",
                        "'password=[REDACTED]'",
                        a -> library.redactor().apply((String) a[0])));
    }

    private static List<FunctionSpec> overValues() {
        return List.of(
                ours(
                                "coalesce",
                                choices(),
                                "The first argument that is neither absent nor null; absent if none is.",
                                "coalesce(absent, null, 'x', 'y')",
                                "'x'",
                                a -> Arrays.stream(a)
                                        .filter(Values::isThere)
                                        .findFirst()
                                        .orElse(Nothing.ABSENT))
                        .takingNothing(),
                ours(
                        "text",
                        List.of("text(value: any) -> string"),
                        "The value as text: whole doubles without `.0`, times as RFC 3339, durations in seconds, lists and maps as JSON.",
                        "text(3.0) + text(true) + text([1, 'a'])",
                        "'3true[1,\"a\"]'",
                        a -> Conversions.text(a[0])),
                ours(
                        "time",
                        List.of("time(value: any) -> timestamp"),
                        "The time that senders write in many forms: ISO 8601 with any offset or none (UTC), a date alone,"
                                + " `12/25/2019, 10:21:33 AM`, and numbers since 1970 (s, ms, µs or ns, by their size), also as text."
                                + " Blank text is absent; what is no time is an error.",
                        "time('2026-03-02T10:00:00.5+0100')",
                        "timestamp('2026-03-02T09:00:00.5Z')",
                        a -> Values.of(Times.parse(a[0]).orElse(null))),
                ours(
                        "json",
                        List.of("json(text: string) -> any"),
                        "The value that a JSON text holds; absent if the text is no JSON.",
                        "json('{\"a\": [1, 2]}').a[1]",
                        "2",
                        a -> Conversions.parseJson((String) a[0])),
                ours(
                        "number",
                        List.of("number(value: string) -> double", "number(value: number) -> double"),
                        "The number that a text holds, as a double; absent if it holds none.",
                        "number('2.50')",
                        "2.5",
                        a -> Conversions.number(a[0])),
                ours(
                        "round",
                        List.of("round(value: number) -> int"),
                        "The nearest whole number; halves go up.",
                        "round(2.5)",
                        "3",
                        a -> Conversions.whole(Math.floor(((Number) a[0]).doubleValue() + 0.5))));
    }

    private static List<FunctionSpec> overLists() {
        return List.of(
                ours(
                        "first",
                        List.of("first(list: list) -> any"),
                        "The first item; absent if there is none. With a condition: the macro `list.first(x, condition)`.",
                        "first(['a', 'b'])",
                        "'a'",
                        a -> Values.index(a[0], 0L)),
                ours(
                        "last",
                        List.of("last(list: list) -> any"),
                        "The last item; absent if there is none.",
                        "last(['a', 'b'])",
                        "'b'",
                        a -> Values.index(a[0], Values.list(a[0]).orElseThrow().size() - 1L)),
                ours(
                        "unique",
                        List.of("unique(list: list) -> list"),
                        "The items without repetitions, in the order of their first occurrence.",
                        "unique(['b', 'a', 'b'])",
                        "['b', 'a']",
                        a -> unique(Values.list(a[0]).orElseThrow())),
                ours(
                        "sort",
                        List.of("sort(list: list) -> list"),
                        "The items in ascending order; they must be comparable with each other.",
                        "sort(['b', 'a'])",
                        "['a', 'b']",
                        a -> sort(Values.list(a[0]).orElseThrow())),
                ours(
                        "keys",
                        List.of("keys(map: map) -> list"),
                        "The keys of a map, in its order.",
                        "keys({'a': 1, 'b': 2})",
                        "['a', 'b']",
                        a -> Values.keys(a[0]).orElseThrow()),
                ours(
                        "values",
                        List.of("values(map: map) -> list"),
                        "The values of a map, in its order.",
                        "values({'a': 1, 'b': 2})",
                        "[1, 2]",
                        a -> Values.keys(a[0]).orElseThrow().stream()
                                .map(key -> Values.index(a[0], key))
                                .toList()),
                ours(
                        "min",
                        List.of("min(list: list) -> any"),
                        "The smallest item; absent if there is none. Items that are null do not count.",
                        "min([3, 1, 2])",
                        "1",
                        a -> extreme(a[0], Comparator.reverseOrder())),
                ours(
                        "max",
                        List.of("max(list: list) -> any"),
                        "The largest item; absent if there is none. Items that are null do not count.",
                        "max([3, 1, 2])",
                        "3",
                        a -> extreme(a[0], Comparator.naturalOrder())),
                ours(
                        "sum",
                        List.of("sum(list: list) -> any"),
                        "The sum of the items; absent if there is none. Items that are null do not count.",
                        "sum([1, 2, 3])",
                        "6",
                        a -> sum(Values.list(a[0]).orElseThrow())));
    }

    private Object lookup(Object[] arguments) {
        if (!(arguments[0] instanceof String name)) {
            return Nothing.ABSENT;
        }
        Map<String, Object> table = library.tables().get(name);
        if (table == null) {
            throw new EvaluationException("no table '" + name + "'" + Nearest.hint(name, ignoringCase.keySet()));
        }
        Object otherwise = arguments.length > 2 ? arguments[2] : Nothing.ABSENT;
        if (arguments[1] instanceof Nothing) {
            return otherwise;
        }
        String key = Conversions.text(arguments[1]);
        Object exact = table.get(key);
        return exact != null
                ? exact
                : Objects.requireNonNull(ignoringCase.get(name)).getOrDefault(key, otherwise);
    }

    private static List<String> choices() {
        return IntStream.rangeClosed(1, MOST_CHOICES)
                .mapToObj(count -> "coalesce("
                        + String.join(
                                ", ",
                                IntStream.rangeClosed(1, count)
                                        .mapToObj(i -> "v" + i + ": any")
                                        .toList())
                        + ") -> any")
                .toList();
    }

    private static List<Object> unique(List<Object> list) {
        List<Object> unique = new ArrayList<>();
        for (Object item : list) {
            Object value = Values.of(item);
            if (unique.stream().noneMatch(seen -> Comparison.equal(seen, value))) {
                unique.add(value);
            }
        }
        return unique;
    }

    private static List<Object> sort(List<Object> list) {
        return list.stream().map(Values::of).sorted(Comparison::order).toList();
    }

    private static Object extreme(Object list, Comparator<Integer> sign) {
        return Values.list(list).orElseThrow().stream()
                .map(Values::of)
                .filter(Values::isThere)
                .reduce((best, item) -> sign.compare(Comparison.order(item, best), 0) > 0 ? item : best)
                .orElse(Nothing.ABSENT);
    }

    private static Object sum(List<Object> list) {
        return list.stream()
                .map(Values::of)
                .filter(Values::isThere)
                .reduce(Arithmetic.ADD::apply)
                .orElse(Nothing.ABSENT);
    }
}
