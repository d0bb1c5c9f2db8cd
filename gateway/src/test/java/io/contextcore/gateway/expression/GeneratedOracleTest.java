package io.contextcore.gateway.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.primitives.UnsignedLong;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Our closures and dev.cel's planner agree on generated expressions, wherever no row of the table in mappings/README.md
 * applies; where one does, ours agree with the {@link Model}, which takes those rows and asks dev.cel for all else.
 * Another seed: {@code -Doracle.seed=7}; more or fewer expressions: {@code -Doracle.expressions=50000}.
 */
class GeneratedOracleTest {

    private static final int FEWEST_PAIRS = 50_000;
    private static final int FEWEST_HITS = 5;
    private static final int PAYLOADS = 20;
    private static final int DIRECTED = FEWEST_HITS * TreeGenerator.KINDS.size();
    private static final int EXPRESSIONS = 3_000;
    private static final int MOST_SHOWN = 20;
    private static final Object ERROR = "«error»";
    private static final Variables OURS = variables();

    private final long seed = Long.getLong("oracle.seed", 20260302L);
    private final int expressions = Integer.getInteger("oracle.expressions", EXPRESSIONS);
    private final ExpressionCompiler compiler = new ExpressionCompiler(Bench.LIBRARY);
    private final ObjectMapper json = new ObjectMapper();
    private final Cel planner = planner();
    private final List<String> disagreements = new ArrayList<>();

    @Test
    void ourClosuresAgreeWithDevCelAndTheTable() throws Exception {
        Model model = new Model(planner);
        TreeGenerator generator = new TreeGenerator(new Random(seed), literals());
        int standard = 0;
        int byTable = 0;
        int failing = 0;
        int leaked = 0;
        List<Tree> trees = new ArrayList<>(generator.directed());
        int directed = trees.size();
        for (int i = 0; i < expressions; i++) {
            trees.add(generator.next());
        }
        for (int i = 0; i < trees.size(); i++) {
            Tree tree = trees.get(i);
            String text = tree.text();
            Compiled ours = ours(text);
            CelRuntime.Program theirs =
                    planner.createProgram(planner.compile(text).getAst());
            for (int round = 0;
                    round < (i < directed ? DIRECTED : PAYLOADS) && disagreements.size() < MOST_SHOWN;
                    round++) {
                Map<String, Object> values = i < directed
                        ? generator.values(TreeGenerator.KINDS.get(round % TreeGenerator.KINDS.size()))
                        : generator.values();
                Object expected = expected(model, tree, values);
                Object actual = run(ours, values);
                Object planned = model.wasStandard() ? run(theirs, values) : ERROR;
                if (!model.wasStandard()) {
                    byTable++;
                } else if (model.logicFailed() && !planned.equals(ERROR)) {
                    leaked++;
                } else {
                    standard++;
                    assertSame(planned, actual, "dev.cel", text, values);
                }
                failing += expected.equals(ERROR) ? 1 : 0;
                assertSame(expected, actual, "the table", text, values);
            }
        }
        assertEquals("", String.join("\n", disagreements), () -> "seed " + seed);
        report(standard, byTable, leaked, failing, model.hits());
        assertTrue(standard >= FEWEST_PAIRS || expressions < EXPRESSIONS, "pairs with dev.cel: " + standard);
        assertEquals(List.of(), holes(model.hits()), "operands that no expression met");
    }

    private void report(int standard, int byTable, int leaked, int failing, Map<String, Integer> hits) {
        TreeMap<String, Integer> byName = new TreeMap<>();
        hits.forEach((cell, count) -> byName.merge(cell.replaceAll(" \\d+ [a-z]+$", ""), count, Integer::sum));
        System.out.printf(
                Locale.ROOT,
                "oracle: seed %d, %,d expressions x %d payloads and one for each place of an operator x %d = %,d pairs; %,d of them with dev.cel as a whole, %,d by rows of the table, %,d not"
                        + " compared as a whole, for an error of && or || that dev.cel takes for a value;"
                        + " errors on both sides: %,d%nevaluations of each: %s%n",
                seed,
                expressions,
                PAYLOADS,
                DIRECTED,
                standard + byTable + leaked,
                standard,
                byTable,
                leaked,
                failing,
                byName);
    }

    /** Every operator, macro and function, at every place, with every kind of operand. */
    private static List<String> holes(Map<String, Integer> hits) {
        List<String> places = new ArrayList<>(List.of(
                ".member 0",
                "has 0",
                "_&&_ 0",
                "_&&_ 1",
                "_||_ 0",
                "_||_ 1",
                "_?_:_ 0",
                "[…] 0",
                "{…} key 0",
                "{…} value 0",
                "all 0",
                "all 1",
                "exists 0",
                "exists 1",
                "exists_one 0",
                "exists_one 1 0",
                "filter 0",
                "filter 1 0",
                "map 0",
                "map 1",
                "map of two 0",
                "map of two 1 0",
                "map of two 1"));
        for (String call : Tree.TEMPLATES.keySet()) {
            for (int i = 0; i < Tree.arity(call); i++) {
                places.add(call + " " + i);
            }
        }
        TreeSet<String> holes = new TreeSet<>();
        for (String place : places) {
            for (String kind : TreeGenerator.KINDS) {
                if (hits.getOrDefault(place + " " + kind, 0) < FEWEST_HITS) {
                    holes.add(place + " " + kind);
                }
            }
        }
        return List.copyOf(holes);
    }

    private void assertSame(Object expected, Object actual, String whose, String text, Map<String, Object> values) {
        if (!same(expected, actual)) {
            disagreements.add(text + "\n  with " + values + "\n  " + whose + ": " + shown(expected) + "\n  ours: "
                    + shown(actual));
        }
    }

    private static String shown(Object value) {
        return value instanceof byte[] bytes
                ? Arrays.toString(bytes)
                : value + " (" + value.getClass().getSimpleName() + ")";
    }

    /** Of one type, and equal: NaN to NaN, but 0.0 not to -0.0. */
    private static boolean same(Object left, Object right) {
        if (left instanceof byte[] a && right instanceof byte[] b) {
            return Arrays.equals(a, b);
        } else if (left instanceof List<?> a && right instanceof List<?> b) {
            boolean same = a.size() == b.size();
            for (int i = 0; same && i < a.size(); i++) {
                same = same(a.get(i), b.get(i));
            }
            return same;
        } else if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
            return a.keySet().equals(b.keySet())
                    && a.entrySet().stream().allMatch(entry -> same(entry.getValue(), b.get(entry.getKey())));
        }
        return left.equals(right);
    }

    private static Object expected(Model model, Tree tree, Map<String, Object> values) {
        try {
            return plain(model.evaluate(tree, values));
        } catch (Model.Fails e) {
            return ERROR;
        }
    }

    private static Object run(CelRuntime.Program theirs, Map<String, Object> values) {
        Map<String, Object> there = new HashMap<>(values);
        there.values().removeIf(value -> value == Nothing.ABSENT);
        try {
            return plain(theirs.eval(there));
        } catch (CelEvaluationException e) {
            return ERROR;
        }
    }

    private Object run(Compiled ours, Map<String, Object> values) {
        Scope scope = new Scope(OURS.byName().size(), 1_000_000);
        OURS.byName().forEach((name, variable) -> scope.set(variable.slot(), ourValue(name, values.get(name))));
        try {
            return plain(ours.expression().evaluate(scope));
        } catch (EvaluationException e) {
            return ERROR;
        }
    }

    /** The payload is JSON, not copied; the others are values. */
    private Object ourValue(String name, Object value) {
        return name.equals("p") ? json.valueToTree(plainJson(value)) : plain(value);
    }

    private static @Nullable Object plainJson(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> copy.put(key, plainJson(item)));
            return copy;
        } else if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(plainJson(item)));
            return copy;
        } else if (value instanceof UnsignedLong number) {
            return number.bigIntegerValue();
        }
        return value == NullValue.NULL_VALUE ? null : value;
    }

    /** As the closures have it, whosever value it is. */
    private static Object plain(Object value) {
        if (value instanceof CelByteString bytes) {
            return bytes.toByteArray();
        } else if (value instanceof NullValue) {
            return Nothing.NULL;
        } else if (value instanceof TypeType type) {
            return Objects.requireNonNull(TypeName.ALL.get(name(type.type())), () -> "unknown type " + type);
        } else if (value instanceof JsonNode || value instanceof List || value instanceof Map) {
            return container(value);
        }
        return value;
    }

    /** dev.cel takes the type of a type for unknown. */
    private static String name(CelType type) {
        return switch (type.kind()) {
            case NULL_TYPE -> "null_type";
            case DYN -> "type";
            default -> type.name();
        };
    }

    private static Object container(Object value) {
        if (Values.list(value).isPresent()) {
            List<Object> copy = new ArrayList<>();
            Values.list(value).get().forEach(item -> copy.add(plain(Values.of(item))));
            return copy;
        }
        Map<Object, Object> copy = new LinkedHashMap<>();
        Values.keys(value).orElseThrow().forEach(key -> copy.put(key, plain(Values.index(value, key))));
        return copy;
    }

    private Compiled ours(String text) {
        Problems problems = new Problems();
        return compiler.expression(Bench.scalar(text), OURS, problems)
                .orElseThrow(() -> new AssertionError(text + " " + Bench.messages(problems)));
    }

    private Map<String, Object> literals() throws Exception {
        Map<String, Object> literals = new HashMap<>();
        for (String text : TreeGenerator.literals()) {
            literals.put(
                    text, planner.createProgram(planner.compile(text).getAst()).eval());
        }
        return literals;
    }

    private static Variables variables() {
        Variables all = Variables.none().with("p", 0);
        for (String name : TreeGenerator.variables()) {
            all = all.with(name, all.byName().size());
        }
        return all;
    }

    private static Cel planner() {
        CelBuilder builder = CelFactory.plannerCelBuilder()
                .setOptions(CelOptions.current()
                        .enableHeterogeneousNumericComparisons(true)
                        .build())
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addVar("p", SimpleType.DYN)
                .addVar("a", SimpleType.DYN)
                .addVar("b", SimpleType.DYN);
        TreeGenerator.variables().forEach(name -> builder.addVar(name, SimpleType.DYN));
        return builder.build();
    }
}
