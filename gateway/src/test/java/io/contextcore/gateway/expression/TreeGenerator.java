package io.contextcore.gateway.expression;

import com.google.common.primitives.UnsignedLong;
import io.contextcore.gateway.model.Nothing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes expressions, and values for their variables, from a seed. Values are as dev.cel has them. */
final class TreeGenerator {

    /** One that is of any kind, and one of each. */
    static final String ANY = "x";

    private static final int DEPTH = 3;

    static final List<String> KINDS =
            SampleValues.VALUES.keySet().stream().sorted().toList();

    /** What a payload of JSON can be. */
    private static final List<String> JSON =
            List.of("absent", "null", "bool", "int", "uint", "double", "string", "list", "map");

    /** What fits together: name, operands, result; `any` is each kind in turn. */
    private static final List<Fit> FITS = fits();

    private static final List<String> NAMES = Stream.concat(
                    FITS.stream().map(Fit::name), Tree.TEMPLATES.keySet().stream())
            .distinct()
            .toList();

    private record Fit(String name, List<String> operands, String result) {}

    private static List<Fit> fits() {
        List<Fit> fits = new ArrayList<>();
        for (String kind : List.of("int", "uint", "double", "string", "bool", "bytes", "timestamp", "duration")) {
            List.of("_<_", "_<=_", "_>_", "_>=_").forEach(name -> fits.add(new Fit(name, List.of(kind, kind), "bool")));
        }
        for (String kind : List.of("int", "uint", "double")) {
            List.of("_+_", "_-_", "_*_", "_/_", "_%_")
                    .forEach(name -> fits.add(new Fit(name, List.of(kind, kind), kind)));
        }
        String rest = """
                _==_ any any bool, _!=_ any any bool, _==_ int double bool, _==_ list list bool, _==_ map map bool
                _+_ string string string, _+_ bytes bytes bytes, _+_ list list list, _+_ timestamp duration timestamp
                _+_ duration duration duration, _-_ timestamp timestamp duration, _-_ timestamp duration timestamp
                _-_ duration duration duration, _+_ int double double, -_ int int, -_ double double, !_ bool bool
                _in_ any list bool, _in_ string map bool, _[_] list int any, _[_] map string any
                and bool bool bool, or bool bool bool, choice bool any any any, has map bool, select map any
                list any any list, map of string any map, map of int any map
                all list bool bool, all map bool bool, exists list bool bool, exists_one list bool bool
                filter list bool list, map of one list any list, map of one map any list, map of two list bool any list
                size string int, size list int, size map int, size bytes int, .size list int, .size string int, .size map int
                .contains string string bool, .startsWith string string bool, .endsWith string string bool
                .matches string string bool, matches string string bool
                int double int, int string int, int uint int, int timestamp int, uint int uint, uint string uint, uint double uint
                double int double, double string double, double uint double, string int string, string double string
                string bytes string, string timestamp string, string bool string, string uint string, bool string bool
                bytes string bytes, timestamp string timestamp, timestamp int timestamp, duration string duration
                dyn any any, type any type""";
        Stream.of(rest.split(", |\n"))
                .map(line -> line.strip().replaceFirst("^map of ", "map-of-"))
                .forEach(line -> {
                    List<String> words = List.of(line.split(" "));
                    String name =
                            words.get(0).equals("map-of-one") || words.get(0).equals("map-of-two")
                                    ? words.get(0).replace('-', ' ')
                                    : words.get(0).startsWith("map-of-") ? "map" : words.get(0);
                    List<String> operands = new ArrayList<>(words.subList(1, words.size() - 1));
                    if (name.equals("map")) {
                        operands.add(0, words.get(0).substring("map-of-".length()));
                    }
                    fits.add(new Fit(name, operands, words.get(words.size() - 1)));
                });
        for (String part : Tree.TEMPLATES.keySet().stream()
                .filter(name -> name.startsWith(".get"))
                .toList()) {
            fits.add(new Fit(part, part.endsWith(" in") ? List.of("timestamp", "zone") : List.of("timestamp"), "int"));
        }
        List.of(".getHours", ".getMinutes", ".getSeconds", ".getMilliseconds")
                .forEach(part -> fits.add(new Fit(part, List.of("duration"), "int")));
        return fits;
    }

    private static final List<String> LITERALS = List.of(
            "null",
            "true",
            "false",
            "0",
            "1",
            "7",
            "-1",
            "9223372036854775807",
            "0u",
            "2u",
            "18446744073709551615u",
            "0.0",
            "2.5",
            "1e3",
            "''",
            "'a'",
            "'abc'",
            "r'\\d'",
            "'''k'''",
            "b'abc'",
            "timestamp(7)",
            "duration('1h30m')",
            "[]",
            "[1, 2]",
            "{}",
            "{'k': 1}",
            "{1: 'a', true: 'b', 7u: 'c'}",
            "int",
            "type(1.5)");

    private final Random random;
    private final Map<String, Object> literals;
    private int made;
    private int names;

    /** @param literals the literals' values, by their text */
    TreeGenerator(Random random, Map<String, Object> literals) {
        this.random = random;
        this.literals = literals;
    }

    static List<String> literals() {
        return LITERALS;
    }

    /** Each root in turn, mostly with what fits. */
    Tree next() {
        names = 0;
        String name = NAMES.get(made++ % NAMES.size());
        List<Fit> fitting = FITS.stream().filter(fit -> fit.name().equals(name)).toList();
        return made(fitting.get(random.nextInt(fitting.size())), DEPTH, List.of());
    }

    /** Each name with the variable of any kind at each of its places, and what fits at the others. */
    List<Tree> directed() {
        List<Tree> trees = new ArrayList<>();
        Tree x = new Tree.Variable(ANY);
        Tree.TEMPLATES.keySet().forEach(name -> {
            Fit fit = fit(name);
            for (int place = 0; place < Tree.arity(name); place++) {
                List<Tree> operands = trees(fit == null ? List.of("string") : fit.operands(), 0, List.of());
                operands.set(place, x);
                trees.add(new Tree.Call(name, operands));
            }
        });
        Tree list = new Tree.Literal("[1, 2]", literals.get("[1, 2]"));
        Tree yes = new Tree.Literal("true", true);
        Tree no = new Tree.Literal("false", false);
        for (String name : List.of("all", "exists", "exists_one", "map", "filter")) {
            trees.add(new Tree.Macro(name, x, "e", List.of(yes)));
            trees.add(new Tree.Macro(name, list, "e", List.of(x)));
        }
        trees.add(new Tree.Macro("map", x, "e", List.of(yes, yes)));
        trees.add(new Tree.Macro("map", list, "e", List.of(x, yes)));
        trees.add(new Tree.Macro("map", list, "e", List.of(yes, x)));
        for (boolean and : List.of(true, false)) {
            trees.add(new Tree.Logic(and, x, and ? yes : no));
            trees.add(new Tree.Logic(and, and ? yes : no, x));
        }
        trees.add(new Tree.Choice(x, yes, no));
        trees.add(new Tree.ListOf(List.of(yes, x)));
        trees.add(new Tree.MapOf(List.of(x), List.of(yes)));
        trees.add(new Tree.MapOf(List.of(yes), List.of(x)));
        trees.add(new Tree.Select(x, "k", false));
        trees.add(new Tree.Select(x, "k", true));
        return trees;
    }

    private static @Nullable Fit fit(String name) {
        return FITS.stream().filter(fit -> fit.name().equals(name)).findFirst().orElse(null);
    }

    /** Values for all variables, that of any kind being of this one. */
    Map<String, Object> values(String kind) {
        Map<String, Object> values = values();
        values.put(ANY, value(kind));
        return values;
    }

    /** Of this kind, or now and then of any. */
    private Tree tree(String wanted, int depth, List<String> locals) {
        String kind = wanted.equals("any") || random.nextInt(8) == 0 ? any(KINDS) : wanted;
        if (depth > 0 && random.nextInt(3) > 0) {
            List<Fit> fitting =
                    FITS.stream().filter(fit -> fit.result().equals(kind)).toList();
            if (!fitting.isEmpty()) {
                return made(fitting.get(random.nextInt(fitting.size())), depth, locals);
            }
        }
        return leaf(kind, locals);
    }

    private Tree leaf(String kind, List<String> locals) {
        int choice = random.nextInt(12);
        if (choice < 4 && !locals.isEmpty()) {
            return new Tree.Variable(locals.get(random.nextInt(locals.size())));
        } else if (choice == 4) {
            return new Tree.Variable(ANY);
        } else if (choice == 5) {
            String text = LITERALS.get(random.nextInt(LITERALS.size()));
            return new Tree.Literal(text, literals.get(text));
        } else if (choice < 9 && JSON.contains(kind)) {
            return new Tree.Select(new Tree.Variable("p"), ANY + kind, false);
        }
        return new Tree.Variable(ANY + kind);
    }

    private Tree made(Fit fit, int depth, List<String> locals) {
        int below = depth - 1 - random.nextInt(2);
        List<String> wanted = fit.operands();
        return switch (fit.name()) {
            case "select", "has" -> {
                Tree of = random.nextInt(3) == 0 ? new Tree.Variable("p") : tree("map", below, locals);
                yield new Tree.Select(
                        of, random.nextBoolean() ? "k" : "a", fit.name().equals("has"));
            }
            case "and", "or" ->
                new Tree.Logic(fit.name().equals("and"), tree("bool", below, locals), tree("bool", below, locals));
            case "choice" ->
                new Tree.Choice(tree("bool", below, locals), tree("any", below, locals), tree("any", below, locals));
            case "list" -> new Tree.ListOf(trees(wanted.subList(0, random.nextInt(3)), below, locals));
            case "map" -> {
                int size = random.nextInt(3);
                yield new Tree.MapOf(
                        trees(Collections.nCopies(size, wanted.get(0)), 0, locals),
                        trees(Collections.nCopies(size, wanted.get(1)), below, locals));
            }
            case "all", "exists", "exists_one", "map of one", "map of two", "filter" -> {
                String variable = "e" + names++;
                List<String> inner = new ArrayList<>(locals);
                inner.add(variable);
                yield new Tree.Macro(
                        fit.name().startsWith("map") ? "map" : fit.name(),
                        tree(wanted.get(0), below, locals),
                        variable,
                        trees(wanted.subList(1, wanted.size()), below, inner));
            }
            default -> new Tree.Call(fit.name(), trees(wanted, below, locals));
        };
    }

    private List<Tree> trees(List<String> wanted, int depth, List<String> locals) {
        List<Tree> trees = new ArrayList<>();
        wanted.forEach(kind -> trees.add(kind.equals("zone") ? zone(locals) : tree(kind, depth, locals)));
        return trees;
    }

    private Tree zone(List<String> locals) {
        String text = "'" + any(List.of("UTC", "Europe/Berlin", "+02:00", "-5:30", "2:00")) + "'";
        return random.nextBoolean()
                ? new Tree.Literal(text, text.substring(1, text.length() - 1))
                : leaf(any(KINDS), locals);
    }

    static List<String> variables() {
        return Stream.concat(Stream.of(ANY), KINDS.stream().map(kind -> ANY + kind))
                .toList();
    }

    /** Values for all variables. */
    Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>();
        values.put(ANY, value(any(KINDS)));
        KINDS.forEach(kind -> values.put(ANY + kind, value(kind)));
        Map<String, Object> payload = new LinkedHashMap<>();
        JSON.forEach(kind -> payload.put(ANY + kind, value(kind)));
        payload.put("k", value(any(JSON)));
        payload.values().removeIf(value -> value == Nothing.ABSENT);
        // a JSON number is a uint only where it is too large for an int
        payload.replaceAll((name, value) -> value instanceof UnsignedLong ? UnsignedLong.MAX_VALUE : value);
        values.put("p", payload);
        return values;
    }

    private Object value(String kind) {
        List<Object> values = SampleValues.VALUES.get(kind);
        return values.get(random.nextInt(values.size()));
    }

    private String any(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
