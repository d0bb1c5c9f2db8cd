package io.contextcore.gateway.expression;

import static io.contextcore.gateway.expression.FunctionSpec.ours;
import static io.contextcore.gateway.expression.FunctionSpec.scoped;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Scope;
import java.time.Duration;
import java.util.ArrayList;
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
        all.addAll(overValues(library.limits()));
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
                        .costing(Cost.CONTENT)
                        .takingNothing()
                        .failing("a name of a table that there is not, where the name is made by an expression"),
                scoped(
                                "learnt",
                                List.of(
                                        "learnt(table: facts, key: any) -> any",
                                        "learnt(table: facts, key: any, default: any) -> any"),
                                "What earlier deliveries taught of the key, by the `learn:` of a mapping; else the default, or"
                                        + " absent. An absent or null key takes the default. Numbers are looked up by their"
                                        + " text.",
                                "learnt('example.names', 10001, 'unknown')",
                                "'unknown'",
                                ValueFunctions::learnt)
                        .costing(Cost.CONTENT)
                        .takingNothing(),
                ours(
                        "project_of",
                        List.of("project_of(source: string, name: string) -> string"),
                        "The `project.id` that the source's table of projects has for the sender's name of a project, spelt out or by a pattern (mappings/README.md, \"A source\"); absent if nothing fits.",
                        "project_of('example', 'acme/shop')",
                        "'shop'",
                        (a, b) -> Values.of(
                                library.projects().apply((String) a, (String) b).orElse(null))),
                ours(
                        "redact",
                        List.of("redact(text: string) -> string"),
                        "The text without what the redaction rules take for secrets.",
                        "redact('password=hunter2')",
                        "'password=[REDACTED]'",
                        a -> library.redactor().apply((String) a)));
    }

    private static Object learnt(Object name, Object key, Object otherwise, Scope scope) {
        if (!(name instanceof String table) || key instanceof Nothing) {
            return otherwise;
        }
        AttributeValue value = scope.facts().learnt(table, Conversions.text(key));
        return value == null ? otherwise : value.plain();
    }

    private static List<FunctionSpec> overValues(Limits limits) {
        return List.of(
                ours(
                                "coalesce",
                                choices(),
                                "The first argument that is neither absent nor null; absent if none is.",
                                "coalesce(absent, null, 'x', 'y')",
                                "'x'",
                                ValueFunctions::coalesce)
                        .takingNothing()
                        .costing(Cost.ONE),
                ours(
                                "text",
                                List.of("text(value: any) -> string"),
                                "The value as text: whole doubles without `.0`, times as RFC 3339, durations in seconds, lists and maps as JSON.",
                                "text(3.0) + text(true) + text([1, 'a'])",
                                "'3true[1,\"a\"]'",
                                a -> Conversions.text(a, limits.resultChars()))
                        .costing(Cost.CONTENT),
                ours(
                                "time",
                                List.of("time(value: any) -> timestamp"),
                                "The time that senders write in many forms: ISO 8601 with any offset or none (UTC), with a blank for the T,"
                                        + " with months and days of one digit; a date alone, `12/25/2019, 10:21:33 AM`, and numbers since 1970"
                                        + " (s, ms, µs or ns, by their size), also as text. Blank text is absent.",
                                "time('2026-03-02T10:00:00.5+0100')",
                                "timestamp('2026-03-02T09:00:00.5Z')",
                                a -> Values.of(Times.parse(a).orElse(null)))
                        .failing("what is no time, and for times outside 1677 to 2262"),
                ours(
                                "span",
                                List.of(
                                        "span(value: string) -> duration",
                                        "span(value: number) -> duration",
                                        "span(value: duration) -> duration",
                                        "span(value: string, day: duration) -> duration",
                                        "span(value: string, day: duration, week: duration) -> duration"),
                                "The time span that senders write in many forms: seconds as a number, `1h30m`, ISO 8601 (`P1DT2H`), `3w 2d`,"
                                        + " `2 hours, 5 minutes`. A day is 24 hours unless told otherwise, a week 7 days. Blank text is absent.",
                                "span('1w 2d', duration('8h'), duration('40h'))",
                                "span('PT56H')",
                                ValueFunctions::span)
                        .failing("what is no time span, months and years included, and beyond 10,000 years"),
                ours(
                                "json",
                                List.of("json(text: string) -> any"),
                                "The value that a JSON text holds; absent if the text is no JSON.",
                                "json('{\"a\": [1, 2]}').a[1]",
                                "2",
                                a -> Conversions.parseJson((String) a, limits.bodyDepth()))
                        .costing(Cost.PIECES)
                        .failing("JSON that nests deeper than `limits.body_depth`"),
                ours(
                                "to_json",
                                List.of("to_json(value: any) -> string"),
                                "The value as JSON: texts in quotes, times and time spans as text too.",
                                "to_json(['a', 1, null, {'b': 2.5}])",
                                "'[\"a\",1,null,{\"b\":2.5}]'",
                                a -> Conversions.json(a, limits.resultChars()))
                        .costing(Cost.CONTENT),
                ours(
                        "number",
                        List.of("number(value: string) -> double", "number(value: number) -> double"),
                        "The number that a text holds, as a double; absent if it holds none.",
                        "number('2.50')",
                        "2.5",
                        a -> Conversions.number(a)),
                ours(
                                "round",
                                List.of("round(value: number) -> int"),
                                "The nearest whole number; halves go up.",
                                "round(2.5)",
                                "3",
                                ValueFunctions::round)
                        .failing("NaN and what is beyond 64 bits"));
    }

    private static Object coalesce(Object first, Object second, Object third) {
        if (Values.isThere(first)) {
            return first;
        }
        return Values.isThere(second) ? second : Values.isThere(third) ? third : Nothing.ABSENT;
    }

    private Object lookup(Object tableName, Object key, Object otherwise) {
        if (!(tableName instanceof String name)) {
            return Nothing.ABSENT;
        }
        Map<String, Object> table = library.tables().get(name);
        if (table == null) {
            throw new EvaluationException("no table '" + name + "'" + Nearest.hint(name, ignoringCase.keySet()));
        }
        if (key instanceof Nothing) {
            return otherwise;
        }
        String text = Conversions.text(key);
        Object exact = table.get(text);
        return exact != null
                ? exact
                : Objects.requireNonNull(ignoringCase.get(name)).getOrDefault(text, otherwise);
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

    private static Object span(Object value, Object dayLength, Object weekLength) {
        Duration day = dayLength instanceof Duration told ? told : Spans.day();
        Duration week = weekLength instanceof Duration told ? told : Spans.weekOf(day);
        return Values.of(Spans.any(value, day, week).orElse(null));
    }

    private static Object round(Object value) {
        return value instanceof Double number
                ? Conversions.whole(Math.floor(number) + (number - Math.floor(number) >= 0.5 ? 1 : 0))
                : Conversions.whole(value);
    }
}
