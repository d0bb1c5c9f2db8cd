package io.contextcore.gateway.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamlReaderTest {

    private final Problems problems = new Problems();

    @Test
    void everyNodeKnowsItsPlace() {
        YamlMapping root = map("# first\na: 1\nb:\n  - x\n  - 'y'\nc: {d: \"z\"}\n");
        assertEquals("f.yaml:2:1", root.location().toString());
        assertEquals("f.yaml:2:4", root.get("a").orElseThrow().location().toString());
        YamlSequence list = (YamlSequence) root.get("b").orElseThrow();
        assertEquals("f.yaml:4:5", list.items().get(0).location().toString());
        assertEquals("f.yaml:5:6", list.items().get(1).location().toString(), "behind the quote");
        YamlMapping inner = (YamlMapping) root.get("c").orElseThrow();
        assertEquals("f.yaml:6:5", inner.entries().get(0).key().location().toString());
        assertEquals("f.yaml:6:9", inner.get("d").orElseThrow().location().toString());
        assertTrue(problems.isEmpty());
    }

    @Test
    void columnsCountCharactersNotCodePoints() {
        assertEquals(
                "f.yaml:1:11",
                map("{a: \"😀\", b: x}").entries().get(1).key().location().toString());
    }

    @Test
    void placesBehindManyWideCharactersAreRight() {
        YamlMapping root = map("😀: {a: \"x😀y\", 😀b😀: [😀, 'z']}\nc: |\n  😀\n  two\nd: 😀 😀\ne: end");
        YamlMapping inner = (YamlMapping) root.entries().get(0).value();
        assertEquals("f.yaml:1:10", inner.get("a").orElseThrow().location().toString());
        assertEquals("f.yaml:1:17", inner.entries().get(1).key().location().toString());
        YamlSequence list = (YamlSequence) inner.entries().get(1).value();
        assertEquals("f.yaml:1:25", list.items().get(0).location().toString());
        assertEquals("f.yaml:1:30", list.items().get(1).location().toString());
        assertEquals("f.yaml:3:3", root.get("c").orElseThrow().location().toString());
        assertEquals("f.yaml:5:4", root.get("d").orElseThrow().location().toString());
        assertEquals("f.yaml:6:4", root.get("e").orElseThrow().location().toString());
        assertEquals("😀 😀", ((YamlScalar) root.get("d").orElseThrow()).text());
    }

    @Test
    void anOffsetInAScalarIsAPlaceInTheFile() {
        assertPlace("a: one two", "two", 1, 8);
        assertPlace("a: 'it''s two'", "two", 1, 11);
        assertPlace("a: \"q\\\"\\u0041 two\"", "two", 1, 15);
        assertPlace("a: |\n  one\n  two\n", "two", 3, 3);
        assertPlace("a: |\n  one\n    two\n", "two", 3, 5);
        assertPlace("a: >-\n  one\n  two three\n", "three", 3, 7);
        assertPlace("a: one\n  two", "two", 2, 3);
        assertPlace("a: \"one\n  two\"", "two", 2, 3);
        assertPlace("a: |-\r\n  one\r\n  two\r\n", "two", 3, 3);
    }

    @Test
    void plainAndQuotedScalarsAreToldApart() {
        YamlMapping root = map("{a: no, b: 'no', c: \"no\"}\n");
        assertFalse(((YamlScalar) root.get("a").orElseThrow()).quoted());
        assertTrue(((YamlScalar) root.get("b").orElseThrow()).quoted());
        assertTrue(((YamlScalar) root.get("c").orElseThrow()).quoted());
        assertTrue(((YamlScalar) map("a: |\n  no\n").get("a").orElseThrow()).quoted());
    }

    @Test
    void whatOurFilesDoNotHaveIsRefusedWithItsPlace() {
        assertProblem("a: &x 1\n", "f.yaml:1:4: the anchor '&x' is not supported (write the value out)");
        assertProblem("a: *x\n", "f.yaml:1:4: the alias '*x' is not supported (write the value out)");
        assertProblem("<<: {a: 1}\n", "f.yaml:1:1: the merge key '<<' is not supported (write the entries out)");
        assertProblem("a: 1\nb: 2\na: 3\n", "f.yaml:3:1: the key 'a' stands here twice (first at line 1)");
        assertProblem("a: !!str 1\n", "f.yaml:1:4: the tag 'tag:yaml.org,2002:str' is not supported (leave it out)");
        assertProblem("a: 1\n---\nb: 2\n", "f.yaml:3:1: a second document (expected one document a file)");
        assertProblem("[a]: 1\n", "f.yaml:1:1: a list as a key (expected text)");
        assertProblem("# nothing\n", "f.yaml:1:1: the file holds nothing (expected a map)");
        assertProblem("a: \u0001\n", "f.yaml:1:4: the character U+0001 is not allowed in YAML");
    }

    @Test
    void anUnquotedConditionalIsToldToBeQuoted() {
        assertProblem(
                "a: ${x ? 1 : 2}\n",
                "f.yaml:1:12: mapping values are not allowed here"
                        + " (text with ': ' or ' #' in it must stand in quotes: \"${a ? b : c}\")");
        assertProblem("- ${x ? 1 : 2}\n", "f.yaml:1:3: text with ': ' in it must stand in quotes: \"${a ? b : c}\"");
        assertProblem("a: {b: ${x}}\n", "f.yaml:1:9: expected ',' or '}', but got { (put a value with ${…} in quotes)");
    }

    private void assertPlace(String text, String wanted, int line, int column) {
        YamlScalar scalar = (YamlScalar) map(text).get("a").orElseThrow();
        int offset = scalar.text().indexOf(wanted);
        assertEquals("f.yaml:" + line + ":" + column, scalar.at(offset).toString(), text);
    }

    private void assertProblem(String text, String expected) {
        Problems found = new Problems();
        YamlReader.read("f.yaml", text, found);
        List<String> all =
                found.all().stream().map(p -> p.location() + ": " + p.message()).toList();
        assertEquals(List.of(expected), all);
    }

    private YamlMapping map(String text) {
        return (YamlMapping) YamlReader.read("f.yaml", text, problems).orElseThrow();
    }
}
