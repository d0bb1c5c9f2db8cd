package io.contextcore.gateway.expression;

import static io.contextcore.gateway.expression.FunctionSpec.ours;
import static io.contextcore.gateway.expression.FunctionSpec.scoped;

import com.google.common.primitives.UnsignedLong;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Scope;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/** Functions over lists and maps. */
final class ListFunctions {

    private static final String NO_ORDER = "items that cannot be compared with each other: of different types, or NaN";

    private ListFunctions() {}

    static List<FunctionSpec> specs() {
        List<FunctionSpec> all = new ArrayList<>(ofItems());
        all.addAll(ofWholes());
        all.addAll(ofMaps());
        return all;
    }

    private static List<FunctionSpec> ofItems() {
        return List.of(
                ours(
                                "first",
                                List.of("first(list: items) -> item"),
                                "The first item; absent if there is none. With a condition: the macro `list.first(x, condition)`.",
                                "first(['a', 'b'])",
                                "'a'",
                                a -> Values.index(a, 0L))
                        .costing(Cost.ONE),
                ours(
                                "last",
                                List.of("last(list: items) -> item"),
                                "The last item; absent if there is none.",
                                "last(['a', 'b'])",
                                "'b'",
                                a -> Values.index(a, Values.items(a).size() - 1L))
                        .costing(Cost.ONE),
                ours(
                                "min",
                                List.of("min(list: list) -> any"),
                                "The smallest item; absent if there is none. Items that are null do not count.",
                                "min([3, 1, 2])",
                                "1",
                                a -> extreme(a, order -> order < 0))
                        .costing(Cost.CONTENT)
                        .failing(NO_ORDER),
                ours(
                                "max",
                                List.of("max(list: list) -> any"),
                                "The largest item; absent if there is none. Items that are null do not count.",
                                "max([3, 1, 2])",
                                "3",
                                a -> extreme(a, order -> order > 0))
                        .costing(Cost.CONTENT)
                        .failing(NO_ORDER),
                scoped(
                                "sum",
                                List.of("sum(list: list) -> any"),
                                "The sum of the items; absent if there is none. Items that are null do not count.",
                                "sum([1, 2, 3])",
                                "6",
                                (a, b, c, scope) -> sum(Values.items(a), scope))
                        .failing("items that `+` does not take, and an overflow"));
    }

    private static List<FunctionSpec> ofWholes() {
        return List.of(
                ours(
                                "distinct",
                                List.of("distinct(list: items) -> items"),
                                "The items without repetitions, in the order of their first occurrence. Items that are equal (`==`) are one.",
                                "distinct(['b', 'a', 'b', 1, 1.0])",
                                "['b', 'a', 1]",
                                a -> distinct(Values.items(a)))
                        .costing(Cost.CONTENT),
                ours(
                                "sort",
                                List.of("sort(list: items) -> items"),
                                "The items in ascending order; equal ones stay in their order. Items that are null are left out.",
                                "sort(['b', 'a', 'c'])",
                                "['a', 'b', 'c']",
                                a -> sort(Values.items(a)))
                        .costing(Cost.CONTENT)
                        .failing(NO_ORDER),
                ours(
                        "reverse",
                        List.of("reverse(list: list) -> list"),
                        "The items from the last to the first.",
                        "reverse([1, 2, 3])",
                        "[3, 2, 1]",
                        a -> {
                            List<Object> reversed = unwrapped(Values.items(a));
                            Collections.reverse(reversed);
                            return reversed;
                        }),
                ours(
                        "flatten",
                        List.of("flatten(list: list) -> list"),
                        "The items of the lists that are items, one level deep; other items stay.",
                        "flatten([[1, 2], 3, [[4]]])",
                        "[1, 2, 3, [4]]",
                        a -> flatten(Values.items(a))),
                ours(
                        "take",
                        List.of("take(list: items, count: int) -> items"),
                        "The first items, at most so many.",
                        "take([1, 2, 3], 2)",
                        "[1, 2]",
                        (a, b) -> unwrapped(Values.items(a).subList(0, inside(a, (Long) b)))),
                ours(
                        "drop",
                        List.of("drop(list: list, count: int) -> list"),
                        "The items without the first ones, so many.",
                        "drop([1, 2, 3], 2)",
                        "[3]",
                        (a, b) -> unwrapped(Values.items(a)
                                .subList(inside(a, (Long) b), Values.items(a).size()))));
    }

    private static List<FunctionSpec> ofMaps() {
        return List.of(
                ours(
                                "zip",
                                List.of("zip(keys: list, values: list) -> map"),
                                "The map of the keys to the values at the same places; the longer list's rest is left out. Of a key"
                                        + " that comes twice the last value counts. Keys that are null are left out.",
                                "zip(['a', 'b'], [1, 2])",
                                "{'a': 1, 'b': 2}",
                                (a, b) -> zip(Values.items(a), Values.items(b)))
                        .failing("keys that are neither string, int, uint nor bool"),
                ours(
                        "merge",
                        List.of("merge(first: map, second: map) -> map"),
                        "The entries of both; where both have a key, the second's value.",
                        "merge({'a': 1, 'b': 1}, {'b': 2})",
                        "{'a': 1, 'b': 2}",
                        (a, b) -> {
                            Map<Object, Object> merged = entries(a);
                            merged.putAll(entries(b));
                            return merged;
                        }),
                ours(
                        "keys",
                        List.of("keys(map: map) -> list"),
                        "The keys of a map, in its order.",
                        "keys({'a': 1, 'b': 2})",
                        "['a', 'b']",
                        a -> Values.keys(a).orElseThrow()),
                ours(
                        "values",
                        List.of("values(map: map) -> list"),
                        "The values of a map, in its order.",
                        "values({'a': 1, 'b': 2})",
                        "[1, 2]",
                        a -> new ArrayList<>(entries(a).values())));
    }

    private static List<Object> unwrapped(List<Object> items) {
        List<Object> values = new ArrayList<>(items.size());
        items.forEach(item -> values.add(Values.of(item)));
        return values;
    }

    private static int inside(Object list, long count) {
        return (int) Math.max(0, Math.min(count, Values.items(list).size()));
    }

    private static Map<Object, Object> entries(Object map) {
        Map<Object, Object> entries = new LinkedHashMap<>();
        Values.keys(map).orElseThrow().forEach(key -> entries.put(key, Values.index(map, key)));
        return entries;
    }

    private static List<Object> distinct(List<Object> list) {
        List<Object> distinct = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (Object item : list) {
            Object value = Values.of(item);
            if (seen.add(identity(value))) {
                distinct.add(value);
            }
        }
        return distinct;
    }

    /** Something that equals in Java what the value equals in the language. */
    private static Object identity(Object value) {
        if (value instanceof Double number && number.isNaN()) {
            return new Object();
        }
        if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes);
        }
        if (value instanceof Number) {
            return Values.key(value);
        }
        return Values.list(value)
                .<Object>map(list ->
                        list.stream().map(item -> identity(Values.of(item))).toList())
                .or(() -> Values.keys(value).map(keys -> {
                    Map<Object, Object> entries = new HashMap<>();
                    keys.forEach(key -> entries.put(key, identity(Values.index(value, key))));
                    return entries;
                }))
                .orElse(value);
    }

    private static List<Object> sort(List<Object> list) {
        List<Object> sorted = unwrapped(list);
        sorted.removeIf(item -> item instanceof Nothing);
        for (Object item : sorted) {
            Comparison.order(item, sorted.get(0));
        }
        sorted.sort(Comparison::order);
        return sorted;
    }

    private static List<Object> flatten(List<Object> list) {
        List<Object> flat = new ArrayList<>();
        for (Object item : list) {
            Object value = Values.of(item);
            Values.list(value).ifPresentOrElse(inner -> flat.addAll(unwrapped(inner)), () -> flat.add(value));
        }
        return flat;
    }

    private static Map<Object, Object> zip(List<Object> keys, List<Object> values) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(keys.size(), values.size()); i++) {
            Object key = Values.of(keys.get(i));
            if (key instanceof Nothing) {
                continue;
            }
            if (!isKey(key)) {
                throw new EvaluationException(
                        "a map's key of type " + Values.typeName(key) + " (expected " + Literals.KEYS + ")");
            }
            map.put(Values.keyIn(map, key), Values.of(values.get(i)));
        }
        return map;
    }

    /** Whether a map may have it as a key. */
    static boolean isKey(Object key) {
        return key instanceof String || key instanceof Long || key instanceof Boolean || key instanceof UnsignedLong;
    }

    private static Object extreme(Object list, IntPredicate better) {
        Object best = Nothing.ABSENT;
        for (Object item : Values.items(list)) {
            Object value = Values.of(item);
            if (value instanceof Nothing) {
                continue;
            }
            if (best == Nothing.ABSENT || better.test(Comparison.order(value, best))) {
                Comparison.order(value, value);
                best = value;
            }
        }
        return best;
    }

    private static Object sum(List<Object> list, Scope scope) {
        Object sum = Nothing.ABSENT;
        for (Object item : list) {
            Object value = Values.of(item);
            if (sum == Nothing.ABSENT) {
                sum = value instanceof Nothing ? sum : value;
            } else if (!(value instanceof Nothing)) {
                sum = Arithmetic.ADD.apply(sum, value);
                Operators.touch(sum, scope);
            }
        }
        return sum;
    }
}
