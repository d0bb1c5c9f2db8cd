package io.contextcore.gateway.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionsTest {

    private static final Path PAGE = Path.of("..", "docs", "functions.md");

    static Stream<String> names() {
        return specs().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyExampleHolds(String name) {
        FunctionSpec spec = specs().get(name);
        Object actual = Bench.value(spec.example(), "{}");
        Object expected = Bench.value(spec.expected(), "{}");
        assertTrue(Comparison.equal(expected, actual), () -> spec.example() + " is " + actual);
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
                its text says otherwise. `number` is int, uint or double; `regex` is RE2 syntax; `any` is any value.

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
                    .append("\n\n```\n");
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
