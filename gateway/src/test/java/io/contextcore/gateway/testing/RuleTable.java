package io.contextcore.gateway.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rows of a table in mappings/README.md, and the tests that bear their names: neither goes without the other. */
public final class RuleTable {

    private static final Path PAGE = Path.of("..", "mappings", "README.md");

    private RuleTable() {}

    /** Compares the rows {@code | O1 |} with the tests {@code o1_…} of these classes. */
    public static void agrees(String prefix, Class<?>... tests) {
        List<Integer> rows = numbers(Pattern.compile("^\\| " + prefix + "(\\d+) \\|", Pattern.MULTILINE), page());
        String names = Arrays.stream(tests)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName)
                .reduce("", (all, name) -> all + name + "\n");
        Pattern test = Pattern.compile("^" + prefix.toLowerCase(Locale.ROOT) + "(\\d+)_", Pattern.MULTILINE);

        assertTrue(rows.size() > 1, () -> PAGE + " has no rows " + prefix);
        assertEquals(rows.stream().distinct().sorted().toList(), rows, "each row once, in order");
        assertEquals(rows, numbers(test, names).stream().sorted().toList(), "each row has one test of its name");
    }

    private static List<Integer> numbers(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.results().map(found -> Integer.valueOf(found.group(1))).toList();
    }

    private static String page() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
