package io.contextcore.gateway.app.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.otlp.Machine;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptionsTest {

    private static final Map<OptionType<?>, String> SAMPLES = Map.of(
            OptionType.TEXT, "sample",
            OptionType.PORT, "4711",
            OptionType.COUNT, "17",
            OptionType.SIZE_BYTES, "3MiB",
            OptionType.TIME, "17s",
            OptionType.FILE, "/sample",
            OptionType.FOLDERS, "/sample,/other",
            OptionType.RANGES, "192.0.2.1,2001:db8::/32",
            OptionType.HEADERS, "sample=17",
            OptionType.SECRET, "sample");

    static Stream<Option<?>> options() {
        return Options.all().stream();
    }

    @ParameterizedTest
    @MethodSource("options")
    void everyOptionReachesTheSettings(Option<?> option) {
        assertNotEquals(read(Map.of(), List.of()), read(Map.of(), List.of(option.key() + "=" + sample(option))));
    }

    @ParameterizedTest
    @MethodSource("options")
    void everyOptionHasAVariableThatSaysTheSame(Option<?> option) {
        Map<String, String> variables = option.key().endsWith(".insecure")
                ? Map.of(option.variable(), sample(option), "CONTEXTCORE_EXPORT_ENDPOINT", "base:1")
                : Map.of(option.variable(), sample(option));
        assertEquals(read(Map.of(), List.of(option.key() + "=" + sample(option))), read(variables, List.of()));
    }

    @ParameterizedTest
    @MethodSource("options")
    void everyOptionIsExplained(Option<?> option) {
        assertFalse(option.doc().isBlank());
        assertTrue(SettingsPage.render().contains("| `" + option.key() + "` |"));
    }

    @Test
    void aCapThatNobodyExplainedIsABug() {
        for (RecordComponent cap : Limits.class.getRecordComponents()) {
            assertFalse(LimitOptions.meaning(cap.getName()).isBlank(), cap.getName());
        }
        AssertionError error = assertThrows(AssertionError.class, () -> LimitOptions.meaning("shoes"));
        assertEquals("a cap without a meaning for the settings page: shoes", error.getMessage());
    }

    @Test
    void noTwoOptionsShareAKeyOrAVariable() {
        Set<String> names = new HashSet<>();
        for (Option<?> option : Options.all()) {
            assertTrue(names.add(option.key()), option.key());
            assertTrue(names.add(option.variable()), option.variable());
            option.standard().forEach(standard -> assertTrue(names.add(standard.variable()), standard.variable()));
        }
    }

    /** A value that is not the default. */
    private static String sample(Option<?> option) {
        String sample = SAMPLES.get(option.type());
        if (sample != null) {
            return sample;
        }
        return Stream.of(option.type().name().split(" or "))
                .filter(word -> !word.equals(option.fallback()))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    /** As text, without the place where it was said. */
    private static String read(Map<String, String> variables, List<String> sets) {
        return SettingsReader.read(
                        new SettingsReader.Given(
                                null,
                                withPartners(
                                        " " + String.join(" ", sets) + " "
                                                + variables.toString().replace("{", " "),
                                        withBareEndpoint(sets)),
                                Path.of("/work-folder"),
                                Path.of("/mappings"),
                                "1"),
                        new Machine(Environment.of(variables), name -> Optional.empty(), path -> Optional.empty(), 7))
                .toString()
                .replaceAll("setting=[^\\]]*", "")
                .replaceAll("sourceReading=[^,]*, ", "") // what reads them, and no setting
                .replace("Secret(****)", "secret");
    }

    /** Those that mean something together only. */
    private static final List<List<String>> PAIRS = List.of(
            List.of("http.tls.certificate", "http.tls.key"),
            List.of("export.client_key", "export.client_certificate"),
            List.of("export.traces.client_key", "export.traces.client_certificate"),
            List.of("export.logs.client_key", "export.logs.client_certificate"));

    private static List<String> withPartners(String said, List<String> sets) {
        List<String> all = new ArrayList<>(sets);
        for (List<String> pair : PAIRS) {
            boolean wanted = pair.stream().anyMatch(key -> says(said, key))
                    || (pair.contains("http.tls.key") && says(said, "http.tls.client_ca"));
            pair.stream().filter(key -> wanted && !says(said, key)).forEach(key -> all.add(key + "=/partner"));
        }
        return all;
    }

    private static boolean says(String said, String key) {
        return said.contains(" " + key + "=")
                || said.contains(" CONTEXTCORE_" + key.replace('.', '_').toUpperCase(Locale.ROOT) + "=");
    }

    /** An endpoint without scheme, for the option that speaks of such endpoints. */
    private static List<String> withBareEndpoint(List<String> sets) {
        List<String> all = new ArrayList<>(sets);
        if (sets.stream().anyMatch(set -> set.contains("insecure="))) {
            all.add("export.endpoint=base:1");
        }
        return all;
    }
}
