package io.contextcore.gateway.app.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.mapping.ProgramLoader;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Conventions.Attribute;
import io.contextcore.gateway.model.Conventions.Holds;
import io.contextcore.gateway.model.Conventions.Type;
import io.contextcore.gateway.model.Privacy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of docs/privacy.md is true, and no attribute is missing there. */
class PrivacyPageTest {

    private static final Path PAGE = Path.of("..", "docs", "privacy.md");
    private static final Path MAPPINGS = Path.of("..", "mappings");
    private static final String START = "<!-- held -->\n";
    private static final String END = "<!-- /held -->";
    private static final Map<String, Holds> WHAT =
            Map.of("a person", Holds.PERSON, "a text", Holds.TEXT, "anything else", Holds.FACT);

    private static final Program PROGRAM =
            ProgramLoader.load(List.of(MAPPINGS), (source, name) -> Optional.empty(), Limits.defaults());

    private record Row(List<String> sets, Holds holds, String told, Optional<String> sent) {}

    static List<Row> rows() throws IOException {
        List<Row> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.split(" *\\| *"))
                .filter(cells -> cells.length == 5 && WHAT.containsKey(cells[2]))
                .map(cells -> new Row(
                        cells[1].equals("none")
                                ? List.of()
                                : List.of(code(cells[1]).split(" ")),
                        WHAT.get(cells[2]),
                        code(cells[3]),
                        cells[4].equals("nothing") ? Optional.empty() : Optional.of(code(cells[4]))))
                .toList();
        assertTrue(rows.size() >= 15, rows.toString());
        return rows;
    }

    private static String code(String cell) {
        assertTrue(cell.startsWith("`") && cell.endsWith("`"), cell);
        return cell.substring(1, cell.length() - 1);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatThePageSaysIsSentIsWhatIsSent(Row row) {
        Privacy privacy = SettingsReader.read(
                        new SettingsReader.Given(null, row.sets(), Path.of("/work"), MAPPINGS, "1"),
                        Environment.of(Map.of()))
                .privacy();
        Attribute attribute = new Attribute("any", Type.STRING, List.of(), "", "stable", false, null, row.holds());
        Optional<AttributeValue> sent = privacy.tells(attribute)
                ? Optional.of(privacy.told(attribute, new AttributeValue.Text(row.told()), PROGRAM.redactor()::redact))
                : Optional.empty();
        assertEquals(row.sent(), sent.map(value -> String.valueOf(value.plain())));
    }

    @Test
    void thePageNamesEveryAttributeThatHoldsANameOrAText() throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf(START) + START.length();
        int end = page.indexOf(END);
        String held = "| attribute | holds | meaning |\n|---|---|---|\n"
                + PROGRAM.conventions().byName().values().stream()
                        .filter(attribute -> attribute.holds() != Holds.FACT)
                        .map(attribute -> "| `" + attribute.name() + "` | "
                                + (attribute.holds() == Holds.PERSON ? "a person" : "a text") + " | "
                                + attribute.meaning() + " |\n")
                        .sorted()
                        .collect(Collectors.joining());
        if (Boolean.getBoolean("update.docs")) {
            Files.writeString(PAGE, page.substring(0, start) + held + page.substring(end));
        } else {
            assertEquals(held, page.substring(start, end), "run it with -Dupdate.docs=true");
        }
    }

    @Test
    void everySettingOfPrivacyIsInARow() throws IOException {
        String said = rows().stream().map(row -> row.sets().toString()).collect(Collectors.joining());
        Stream<String> keys = Options.PRIVACY.all().stream().map(Option::key);
        assertEquals(List.of(), keys.filter(key -> !said.contains(key + "=")).toList());
    }
}
