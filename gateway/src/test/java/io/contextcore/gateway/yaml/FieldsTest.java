package io.contextcore.gateway.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

    private final Problems problems = new Problems();

    private enum Colour {
        RED,
        LIGHT_BLUE
    }

    @Test
    void valuesAreReadAsTheTypeThatIsWanted() {
        Fields fields = fields(
                "t: text\ni: 8080\nb: true\nd: 96h\ns: 25MiB\ne: light_blue\nl: [a, b]\nm: {x: '1'}\nn: 1e3\nq: 'no'\n");
        assertEquals(Optional.of("text"), fields.required("t").text());
        assertEquals(Optional.of(8080), fields.required("i").integer(0, 65_535));
        assertEquals(Optional.of(true), fields.required("b").flag());
        assertEquals(Optional.of(Duration.ofHours(96)), fields.required("d").duration());
        assertEquals(Optional.of(25L << 20), fields.required("s").bytes());
        assertEquals(Optional.of(Colour.LIGHT_BLUE), fields.required("e").oneOf(Colour.class));
        assertEquals(List.of("a", "b"), fields.required("l").texts());
        assertEquals(Optional.of(1000.0), fields.required("n").number());
        assertEquals(Optional.of("no"), fields.required("q").text());
        Field.Entry entry = fields.required("m").entries().get(0);
        assertEquals("x", entry.key());
        assertEquals("f.yaml:8:5", entry.keyLocation().toString());
        assertEquals(Optional.of("1"), entry.value().text());
        fields.done();
        assertEquals(List.of(), messages());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"no", "On", "y", "1e3", "12:30", "0x1F", "0o17", ".inf", "1_000", "null", "~", "true", "1.5"})
    void whatMayBeMistakenForSomethingElseMustBeQuotedToBeText(String value) {
        assertEquals(Optional.empty(), fields("t: " + value).required("t").text());
        assertEquals(List.of("1:4: t: '" + value + "' does not fit (expected text: put it in quotes)"), messages());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "1.2.3", "v1", "12:30 h", "nothing", "2026-01-02", "a: b"})
    void otherTextNeedsNoQuotes(String value) {
        String text = value.contains(": ") ? "'" + value + "'" : value;
        assertEquals(Optional.of(value), fields("t: " + text).required("t").text());
    }

    @Test
    void whatDoesNotFitIsAProblemAtItsPlace() {
        assertWrong("t: many", f -> f.integer(0, 9), "1:4: t: 'many' does not fit (expected a whole number)");
        assertWrong("t: 10", f -> f.integer(0, 9), "1:4: t: '10' is out of range (expected 0 to 9)");
        assertWrong(
                "t: 9223372036854775808",
                f -> f.whole(0, Long.MAX_VALUE),
                "1:4: t: '9223372036854775808' does not fit (expected a whole number)");
        assertWrong(
                "t: 96",
                Field::duration,
                "1:4: t: '96' does not fit (expected a time span such as 250ms, 30s, 5m, 96h, 30d)");
        assertWrong(
                "t: 9999999999d",
                Field::duration,
                "1:4: t: '9999999999d' does not fit (expected a time span such as 250ms, 30s, 5m, 96h, 30d)");
        assertWrong(
                "t: 5MB",
                Field::bytes,
                "1:4: t: '5MB' does not fit (expected a size such as 512B, 64KiB, 25MiB, 1GiB)");
        assertWrong("t: yes", Field::flag, "1:4: t: 'yes' does not fit (expected true or false)");
        assertWrong(
                "t: rad",
                f -> f.oneOf(Colour.class),
                "1:4: t: 'rad' does not fit (expected one of red, light_blue, nearest: red)");
        assertWrong("t: [a]", Field::text, "1:4: t: a list does not fit (expected a single value)");
        assertWrong("t: a", f -> f.fields("a thing"), "1:4: t: 'a' does not fit (expected a map)");
        assertWrong("t: .inf", Field::number, "1:4: t: '.inf' does not fit (expected a number)");
    }

    @Test
    void listsAndMapsComplainOfEachBadItem() {
        fields("t: [a, no, {b: 1}]").required("t").texts();
        assertEquals(
                List.of(
                        "1:8: an item of 't': 'no' does not fit (expected text: put it in quotes)",
                        "1:12: an item of 't': a map does not fit (expected a single value)"),
                messages());
    }

    @Test
    void unknownKeysAreToldWithTheNearestKnownOne() {
        Fields fields = fields("evnt: a\nrollup: b\n");
        fields.optional("event");
        fields.notSupportedYet("rollup");
        fields.done();
        assertEquals(
                List.of(
                        "1:1: unknown key 'evnt' in a thing (expected one of event, rollup, nearest: event)",
                        "2:1: 'rollup' is not supported yet"),
                messages());
    }

    @Test
    void aMissingOrEmptyRequiredKeyIsAProblem() {
        Fields fields = fields("a:\n");
        assertEquals(Optional.empty(), fields.required("a").text());
        assertEquals(Optional.empty(), fields.required("b").flag());
        assertEquals(List.of("1:1: a thing needs the key 'a'", "1:1: a thing needs the key 'b'"), messages());
    }

    @Test
    void aValueFromOutsideAFileMayBeOfAnyType() {
        Location place = new Location("environment", 1, 1);
        YamlMapping map = new YamlMapping(
                List.of(
                        new YamlMapping.Entry(YamlScalar.given("t", place), YamlScalar.given("no", place)),
                        new YamlMapping.Entry(YamlScalar.given("i", place), YamlScalar.given("5", place))),
                place);
        Fields fields = new Fields(map, "the environment", problems);
        assertEquals(Optional.of("no"), fields.optional("t").text());
        assertEquals(Optional.of(5), fields.optional("i").integer(0, 9));
    }

    private void assertWrong(String text, Function<Field, Optional<?>> read, String expected) {
        Problems found = new Problems();
        YamlNode root = YamlReader.read("f.yaml", text, found).orElseThrow();
        assertTrue(read.apply(Fields.of(root, "a thing", found).orElseThrow().required("t"))
                .isEmpty());
        assertEquals(List.of("f.yaml:" + expected), messages(found));
    }

    private Fields fields(String text) {
        YamlNode root = YamlReader.read("f.yaml", text, problems).orElseThrow();
        return Fields.of(root, "a thing", problems).orElseThrow();
    }

    private List<String> messages() {
        return messages(problems).stream()
                .map(m -> m.substring("f.yaml:".length()))
                .toList();
    }

    private static List<String> messages(Problems problems) {
        return problems.all().stream()
                .map(p -> p.location() + ": " + p.message())
                .toList();
    }
}
