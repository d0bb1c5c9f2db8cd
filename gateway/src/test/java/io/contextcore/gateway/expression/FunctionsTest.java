package io.contextcore.gateway.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.common.primitives.UnsignedLong;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionsTest {

    private static final Path PAGE = Path.of("..", "docs", "functions.md");

    private static final int ROUNDS = 400;

    /** Something of every type. */
    private static final List<Object> ARGUMENTS = List.of(
            "",
            " ",
            "a",
            "A1-2",
            "#",
            "x#1",
            "a/b#2",
            "https://a.example:1/b?c=%zz&=d#e",
            "http://[::1",
            "%",
            "%4",
            "%e9",
            "[a=1,b=2",
            "]x[",
            "{a=<null>}",
            "\ud800",
            "😀",
            "2026-01-01T00:00:00Z",
            "1h",
            "true",
            "P",
            "PT",
            "-P1D",
            "=",
            "a===",
            "0g",
            "1".repeat(200),
            "(?P<n>a)(b)?",
            "example.status",
            "UTC",
            "$9",
            "$",
            0L,
            1L,
            -1L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            0.0,
            -0.0,
            0.49999999999999994,
            1e300,
            -2.5,
            Double.NaN,
            Double.NEGATIVE_INFINITY,
            UnsignedLong.MAX_VALUE,
            UnsignedLong.ZERO,
            true,
            false,
            new byte[0],
            new byte[] {-1, 0},
            Instant.EPOCH,
            Instant.parse("9999-12-31T23:59:59Z"),
            Duration.ZERO,
            Duration.ofSeconds(315_576_000_000L),
            Duration.ofNanos(-1),
            List.of(),
            List.of(1L, 2.0, "a"),
            List.of(Double.NaN, 1L),
            List.of(Nothing.NULL, "b", "a"),
            List.of(List.of(1L), Map.of("a", 1L), new byte[1]),
            List.of(Nothing.NULL),
            Collections.nCopies(3, UnsignedLong.ONE),
            Map.of(),
            Map.of("a", Nothing.NULL, 1L, 2L),
            JsonNodeFactory.instance.objectNode().put("a", 1).putNull("b"),
            JsonNodeFactory.instance.arrayNode().add(1).addNull().add(1.5));

    static Stream<String> names() {
        return specs().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyExampleHolds(String name) {
        FunctionSpec spec = specs().get(name);
        Object actual = Bench.value(spec.example(), "{}");
        Object expected = Bench.value(spec.expected(), "{}");
        assertTrue(Bench.equal(expected, actual), () -> spec.example() + " is " + actual);
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyExampleShowsItsFunction(String name) {
        assertTrue(specs().get(name).example().contains(name + "("));
    }

    @ParameterizedTest
    @MethodSource("names")
    void everySignatureIsOfItsFunction(String name) {
        for (Signature signature : specs().get(name).signatures()) {
            assertTrue(signature.text().matches("(\\w+\\.)?" + name + "\\(.*"), signature.text());
        }
    }

    /** Arguments of the right types, nasty ones too: whoever documents no errors has none, and nobody has others. */
    @ParameterizedTest
    @MethodSource("names")
    void whatNeverFailsNeverFails(String name) {
        FunctionSpec spec = specs().get(name);
        Random random = new Random(name.hashCode());
        int fails = 0;
        for (int i = 0; i < ROUNDS; i++) {
            List<Signature> signatures = spec.signatures();
            Signature signature = signatures.get(random.nextInt(signatures.size()));
            Object[] arguments = signature.parameters().stream()
                    .map(parameter -> argument(parameter.kind(), random))
                    .toArray();
            try {
                spec.call(arguments, new Scope(0, Integer.MAX_VALUE));
            } catch (EvaluationException e) {
                fails++;
                assertTrue(
                        e.bound() != null || !spec.errors().isEmpty(),
                        () -> Arrays.deepToString(arguments) + ": " + e.describe());
            }
        }
        assertTrue(fails < ROUNDS, "it always fails");
    }

    private static Object argument(Parameter.Kind kind, Random random) {
        List<Object> fitting = ARGUMENTS.stream().filter(kind::accepts).toList();
        return fitting.get(random.nextInt(fitting.size()));
    }

    @Test
    void aCallCostsWhatThePageSays() {
        String text = "a".repeat(4096);
        assertEquals(5, spent("upper", text) - 4);
        assertEquals(1 + 1, spent("distinct", Collections.nCopies(16, 1L)));
        assertEquals(1, spent("first", Collections.nCopies(1600, 1L)));
        assertEquals(1 + 256 + 256, spent("split", text, ""));
        assertEquals(1 + 2, spent("match", text, "b"), "a pattern that is made at run time counts two a character");
    }

    private static int spent(String function, Object... arguments) {
        int budget = 10_000;
        for (int least = 0; least < budget; least++) {
            try {
                specs().get(function).call(arguments, new Scope(0, least));
                return least;
            } catch (EvaluationException e) {
                assertEquals("iteration budget exceeded", e.describe());
            }
        }
        throw new AssertionError("more than " + budget);
    }

    /** Written anew by {@code mvn test -Dtest=FunctionsTest -Dupdate.docs=true}. */
    @Test
    void theReferencePageIsUpToDate() throws IOException {
        String page = page();
        if (Boolean.getBoolean("update.docs")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE), "stale: run mvn test -Dtest=FunctionsTest -Dupdate.docs=true");
    }

    private static Map<String, FunctionSpec> specs() {
        return Functions.of(Bench.LIBRARY).byName();
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Functions

                Generated from the function library; its tests run every example. What absent and null do to operators and macros
                stands in [mappings/README.md](../mappings/README.md). A function with an absent or null argument is absent, unless
                its text says otherwise. `number` is int, uint or double; `regex` is RE2 syntax; `any` is any value; `items` is a list, and the result has
                its items, or is an `item` of it.

                An argument of another type is an error of the expression, when the file is loaded if the type is known then, and so
                is a text that is longer than the cap. What else makes a function fail stands at *Fails for*. *Costs* is what a call
                takes of the budget of steps that one delivery's expressions share; each round of a macro takes 1 step. Comparing, looking for an
                item (`in`), adding and templates take 1 step for every 1,024 characters or bytes and 16 items that they go through.

                Macros: `has(x)`, `list.all(e, condition)`, `list.exists(e, condition)`, `list.exists_one(e, condition)`,
                `list.map(e, value)`, `list.map(e, condition, value)`, `list.filter(e, condition)`, and `list.first(e, condition)`:
                the first element for which the condition holds, or absent.
                """);
        section(page, "Ours", false);
        section(page, "Standard CEL", true);
        return page.toString();
    }

    private static void section(StringBuilder page, String title, boolean standard) {
        page.append("\n## ").append(title).append('\n');
        List<FunctionSpec> chosen = specs().values().stream()
                .filter(spec -> spec.standard() == standard)
                .toList();
        for (FunctionSpec spec : chosen) {
            page.append("\n### ")
                    .append(spec.name())
                    .append("\n\n")
                    .append(spec.doc())
                    .append("\n\n")
                    .append(spec.errors().isEmpty() ? "Never fails.\n" : "Fails for " + spec.errors() + ".\n")
                    .append("Costs ")
                    .append(spec.cost())
                    .append(".\n\n```\n");
            shown(spec).forEach(signature -> page.append(signature).append('\n'));
            page.append("\n")
                    .append(spec.example())
                    .append(" == ")
                    .append(spec.expected())
                    .append("\n```\n");
        }
    }

    /** Of a long row of signatures that differ only in their count of arguments, the first and the last. */
    private static List<String> shown(FunctionSpec spec) {
        List<String> all = spec.signatures().stream().map(Signature::text).toList();
        return all.size() < 6 ? all : List.of(all.get(0), "…", all.get(all.size() - 1));
    }
}
