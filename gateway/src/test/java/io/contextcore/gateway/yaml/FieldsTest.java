package io.contextcore.gateway.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.yaml.Form.Key;
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

    private static final Shape DIGIT = Shape.whole(0, 9);
    private static final Shape PORT = Shape.whole(0, 65_535);

    private static final Form INNER = Form.of("an inner thing", Key.optional("x", Shape.TEXT, "x"));

    @Test
    void valuesAreReadAsTheTypeThatIsWanted() {
        Form form = Form.of(
                "a thing",
                Key.required("t", Shape.TEXT, "text"),
                Key.required("i", PORT, "whole number"),
                Key.required("b", Shape.FLAG, "flag"),
                Key.required("d", Shape.DURATION, "time span"),
                Key.required("s", Shape.BYTES, "size"),
                Key.required("e", Shape.words(Colour.class), "word"),
                Key.required("l", Shape.list(Shape.TEXT), "list"),
                Key.required("m", Shape.map(Shape.TEXT), "map"),
                Key.required("n", Shape.either(Shape.NUMBER, Shape.list(Shape.TEXT)), "number"),
                Key.required("q", Shape.TEXT, "text"));
        Fields fields = fields(
                form,
                "t: text\ni: 8080\nb: true\nd: 96h\ns: 25MiB\ne: light_blue\nl: [a, b]\nm: {x: '1'}\nn: 1e3\nq: 'no'\n");
        assertEquals(Optional.of("text"), fields.get("t").text());
        assertEquals(Optional.of(8080), fields.get("i").integer());
        assertEquals(Optional.of(true), fields.get("b").flag());
        assertEquals(Optional.of(Duration.ofHours(96)), fields.get("d").duration());
        assertEquals(Optional.of(25L << 20), fields.get("s").bytes());
        assertEquals(Optional.of(Colour.LIGHT_BLUE), fields.get("e").oneOf(Colour.class));
        assertEquals(List.of("a", "b"), fields.get("l").texts());
        assertEquals(Optional.of(1000.0), fields.get("n").number());
        assertEquals(Optional.of("no"), fields.get("q").text());
        Field.Entry entry = fields.get("m").entries().get(0);
        assertEquals("x", entry.key());
        assertEquals("f.yaml:8:5", entry.keyLocation().toString());
        assertEquals(Optional.of("1"), entry.value().text());
        assertEquals(List.of(), messages());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no",
                "On",
                "y",
                "1e3",
                "12:30",
                "0x1F",
                "0o17",
                ".inf",
                "1_000",
                "null",
                "~",
                "true",
                "1.5",
                "2026-01-02",
                "2026-01-02T10:00:00Z"
            })
    void whatMayBeMistakenForSomethingElseMustBeQuotedToBeText(String value) {
        assertEquals(Optional.empty(), fields(Shape.TEXT, "t: " + value).text());
        assertEquals(List.of("1:4: t: '" + value + "' does not fit (expected text: put it in quotes)"), messages());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "1.2.3", "v1", "12:30 h", "nothing", "2026-01", "v2026-01-02", "a: b"})
    void otherTextNeedsNoQuotes(String value) {
        String text = value.contains(": ") ? "'" + value + "'" : value;
        assertEquals(Optional.of(value), fields(Shape.TEXT, "t: " + text).text());
    }

    @Test
    void whatDoesNotFitIsAProblemAtItsPlace() {
        assertWrong("t: many", DIGIT, Field::integer, "1:4: t: 'many' does not fit (expected a whole number)");
        assertWrong("t: 10", DIGIT, Field::integer, "1:4: t: '10' is out of range (expected 0 to 9)");
        assertWrong(
                "t: 9223372036854775808",
                Shape.whole(0, Long.MAX_VALUE),
                Field::whole,
                "1:4: t: '9223372036854775808' does not fit (expected a whole number)");
        assertWrong(
                "t: 96",
                Shape.DURATION,
                Field::duration,
                "1:4: t: '96' does not fit (expected a time span such as 250ms, 30s, 5m, 96h, 30d)");
        assertWrong(
                "t: 9999999999d",
                Shape.DURATION,
                Field::duration,
                "1:4: t: '9999999999d' does not fit (expected a time span such as 250ms, 30s, 5m, 96h, 30d)");
        assertWrong(
                "t: 5MB",
                Shape.BYTES,
                Field::bytes,
                "1:4: t: '5MB' does not fit (expected a size such as 512B, 64KiB, 25MiB, 1GiB)");
        assertWrong("t: yes", Shape.FLAG, Field::flag, "1:4: t: 'yes' does not fit (expected true or false)");
        assertWrong(
                "t: rad",
                Shape.words(Colour.class),
                f -> f.oneOf(Colour.class),
                "1:4: t: 'rad' does not fit (expected one of red, light_blue, nearest: red)");
        assertWrong("t: [a]", Shape.TEXT, Field::text, "1:4: t: a list does not fit (expected a single value)");
        assertWrong("t: a", Shape.of(INNER), f -> f.fields(INNER), "1:4: t: 'a' does not fit (expected a map)");
        assertWrong("t: .inf", Shape.NUMBER, Field::number, "1:4: t: '.inf' does not fit (expected a number)");
    }

    @Test
    void listsAndMapsComplainOfEachBadItem() {
        fields(Shape.list(Shape.TEXT), "t: [a, no, {b: 1}]").texts();
        assertEquals(
                List.of(
                        "1:8: an item of 't': 'no' does not fit (expected text: put it in quotes)",
                        "1:12: an item of 't': a map does not fit (expected a single value)"),
                messages());
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "1e3", "12:30", "0x10", "~", "7", "2026-01-02"})
    void aFreeKeyIsTextTooAndWantsQuotesForIt(String key) {
        assertEquals(
                List.of(), fields(Shape.map(Shape.TEXT), "t: {" + key + ": a}").entries());
        assertEquals(List.of("1:5: the key '" + key + "' does not fit (expected text: put it in quotes)"), messages());
        assertEquals(
                1,
                fields(Shape.map(Shape.TEXT), "t: {'" + key + "': a}").entries().size());
    }

    @Test
    void unknownKeysAreToldWithTheNearestKnownOne() {
        fields(
                Form.of("a thing", Key.optional("event", Shape.TEXT, "x"), Key.optional("at", Shape.TEXT, "x"))
                        .notYet("rollup"),
                "evnt: a\nrollup: b\n");
        assertEquals(
                List.of(
                        "1:1: unknown key 'evnt' in a thing (expected one of event, at, nearest: event)",
                        "2:1: 'rollup' is not supported yet"),
                messages());
    }

    @Test
    void aMissingOrEmptyRequiredKeyIsAProblem() {
        Fields fields = fields(
                Form.of("a thing", Key.required("a", Shape.TEXT, "x"), Key.required("b", Shape.FLAG, "x")), "a:\n");
        assertEquals(Optional.empty(), fields.get("a").text());
        assertEquals(Optional.empty(), fields.get("b").flag());
        assertEquals(List.of("1:1: a thing needs the key 'a'", "1:1: a thing needs the key 'b'"), messages());
    }

    @Test
    void oneOfSomeKeysMustBeThere() {
        Form form = Form.of(
                "a thing",
                Key.optional("a", Shape.TEXT, "x"),
                Key.optional("b", Shape.TEXT, "x"),
                Key.optional("c", Shape.TEXT, "x"));
        fields(form.oneAtLeastOf("a", "b"), "a: x\nb: x\n");
        fields(form.exactlyOneOf("a", "b"), "b: x\n");
        assertEquals(List.of(), messages());
        fields(form.oneAtLeastOf("a", "b"), "c: x\n");
        fields(form.exactlyOneOf("a", "b"), "b: x\na: x\n");
        assertEquals(
                List.of(
                        "1:1: a thing needs one of the keys a, b",
                        "1:1: a thing has the keys a, b (expected one of them)"),
                messages());
    }

    @Test
    void aReaderThatDisagreesWithTheDeclarationIsABug() {
        Form form = Form.of(
                "a thing",
                Key.optional("t", Shape.TEXT, "x"),
                Key.optional("w", Shape.words("a", "b"), "x"),
                Key.optional("l", Shape.list(Shape.FLAG), "x"));
        Fields fields = fields(form, "t: x\nw: a\nl: [true]\n");
        assertThrows(AssertionError.class, () -> fields.get("u"));
        assertThrows(AssertionError.class, () -> fields.get("t").flag());
        assertThrows(AssertionError.class, () -> fields.get("t").items());
        assertThrows(AssertionError.class, () -> fields.get("t").fields(INNER));
        assertThrows(AssertionError.class, () -> fields.get("w").oneOf(List.of("a", "c")));
        assertThrows(AssertionError.class, () -> fields.get("l").texts());
        assertThrows(AssertionError.class, () -> form.with(Key.optional("t", Shape.FLAG, "the same key again")));
    }

    @Test
    void aValueFromOutsideAFileMayBeOfAnyType() {
        Location place = new Location("environment", 1, 1);
        YamlMapping map = new YamlMapping(
                List.of(
                        new YamlMapping.Entry(YamlScalar.given("t", place), YamlScalar.given("no", place)),
                        new YamlMapping.Entry(YamlScalar.given("i", place), YamlScalar.given("5", place))),
                place);
        Fields fields = new Fields(
                map,
                Form.of("the environment", Key.optional("t", Shape.TEXT, "x"), Key.optional("i", DIGIT, "x")),
                problems);
        assertEquals(Optional.of("no"), fields.get("t").text());
        assertEquals(Optional.of(5), fields.get("i").integer());
    }

    private void assertWrong(String text, Shape shape, Function<Field, Optional<?>> read, String expected) {
        Problems found = new Problems();
        YamlNode root = YamlReader.read("f.yaml", text, found).orElseThrow();
        Form form = Form.of("a thing", Key.required("t", shape, "x"));
        assertTrue(
                read.apply(Fields.of(root, form, found).orElseThrow().get("t")).isEmpty());
        assertEquals(List.of("f.yaml:" + expected), messages(found));
    }

    private Field fields(Shape shape, String text) {
        return fields(Form.of("a thing", Key.required("t", shape, "x")), text).get("t");
    }

    private Fields fields(Form form, String text) {
        YamlNode root = YamlReader.read("f.yaml", text, problems).orElseThrow();
        return Fields.of(root, form, problems).orElseThrow();
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
