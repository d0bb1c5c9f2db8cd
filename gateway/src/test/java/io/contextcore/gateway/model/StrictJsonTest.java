package io.contextcore.gateway.model;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.testing.Caps;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    private static final Limits SMALL = Caps.with(Map.of(
            "bodyBytes",
            1_000L,
            "bodyDepth",
            4L,
            "bodyTokens",
            12L,
            "nameChars",
            5L,
            "stringChars",
            10L,
            "numberChars",
            20L));

    private final StrictJson json = new StrictJson(Limits.defaults());
    private final StrictJson small = new StrictJson(SMALL);

    @Test
    void readsTheSameTreeAsJackson() throws Exception {
        String text = """
                {"a": [1, -2.5, 1e3, true, false, null, "\\ud83d\\ude00 ü\\n", {}], "b": {"c": []}, "n": 9007199254740993}
                """;
        assertEquals(new ObjectMapper().readTree(text), json.read(text.getBytes(UTF_8)));
    }

    @Test
    void wholeNumbersStayExact() throws Exception {
        JsonNode tree = json.read("[2147483648, 9223372036854775807, 18446744073709551616]".getBytes(UTF_8));
        assertEquals(Long.MAX_VALUE, tree.get(1).longValue());
        assertEquals(new BigInteger("18446744073709551616"), tree.get(2).bigIntegerValue());
    }

    @Test
    void ofEqualNamesTheLastStays() throws Exception {
        assertEquals(
                2, json.read("{\"t\": 1, \"t\": 2}".getBytes(UTF_8)).get("t").intValue());
    }

    @Test
    void whatWasWrittenReadsAsAnEqualTree() throws Exception {
        JsonNode tree =
                json.read("{\"é\\u0000\\ud83d\\ude00\": [1.0, 100.0, 1e300, -0.0, 0.1, 12345678901234567890], \"\": {}}"
                        .getBytes(UTF_8));
        assertEquals(tree, json.read(StrictJson.write(tree)));
        assertEquals(tree, StrictJson.reread(StrictJson.write(tree)));
    }

    @Test
    void whatWasAcceptedReadsAgainWhateverTheLimitsAreByNow() throws Exception {
        String text =
                "{\"t\": 1, \"t\": [" + "[".repeat(150) + "1" + "]".repeat(150) + ", " + "9".repeat(900) + ", 1.10]}";
        byte[] body = text.getBytes(UTF_8);
        assertThrows(UnreadableJson.class, () -> small.read(body));
        assertEquals(json.read(body), StrictJson.reread(body));
        assertTrue(StrictJson.reread(new byte[0]).isMissingNode());
        assertThrows(UncheckedIOException.class, () -> StrictJson.reread(new byte[] {'{'}));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\": 1,\\n  \"b\": }|invalid JSON at line 2, column 8",
                "{\"a\": NaN}|invalid JSON at line 1, column 10",
                "{\"a\": 1} x|invalid JSON at line 1, column 10",
                "{} {}|invalid JSON: more text behind the value at line 1, column 4",
                "[1]]|invalid JSON at line 1, column 4",
                "\\n  |invalid JSON: nothing but spaces",
                "{\"a\": \"|invalid JSON at line 1, column 8",
                "[\"\\ud800\"]|invalid Unicode: half a surrogate pair in the text at line 1, column 2",
                "{\"\\udc00\": 1}|invalid JSON at line 1, column 9",
                "[\"\\ud800\\ud800\"]|invalid Unicode: half a surrogate pair in the text at line 1, column 2",
                "42|JSON is no object and no array at line 1, column 1",
            })
    void saysWhereItIsInvalid(String text, String message) {
        byte[] body = text.replace("\\n", "\n").getBytes(UTF_8);
        UnreadableJson error = assertThrows(UnreadableJson.class, () -> json.read(body));
        assertEquals(message, error.getMessage());
        assertFalse(error.overLimit());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[01]",
                "[1,]",
                "{'a': 1}",
                "[/* */]",
                "[+1]",
                "[.5]",
                "[1.]",
                "[\"\t\"]",
                "[\"\\x\"]",
                "[-Infinity]"
            })
    void takesNoDialect(String text) {
        assertThrows(UnreadableJson.class, () -> json.read(text.getBytes(UTF_8)));
    }

    @Test
    void takesWellFormedUtf8Only() {
        byte[] latin = {'{', '\n', '"', (byte) 0xe4, '"', ':', '1', '}'};
        byte[] overlong = {'[', '"', (byte) 0xc0, (byte) 0x80, '"', ']'};
        byte[] surrogate = {'[', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ']'};
        byte[] cut = {'[', '"', (byte) 0xc3};
        assertEquals("invalid UTF-8 at line 2, column 2", messageOf(latin));
        assertEquals("invalid UTF-8 at line 1, column 3", messageOf(overlong));
        assertEquals("invalid UTF-8 at line 1, column 3", messageOf(surrogate));
        assertEquals("invalid UTF-8 at line 1, column 3", messageOf(cut));
        assertTrue(messageOf("[1]".getBytes(UTF_16LE)).startsWith("invalid JSON"));
        assertTrue(messageOf("\ufeff[1]".getBytes(UTF_8)).startsWith("invalid JSON"));
    }

    @Test
    void malformedUtf8IsFoundAfterALongText() {
        byte[] body = ("[\"" + "a".repeat(10_000) + "?\"]").getBytes(UTF_8);
        body[10_002] = (byte) 0xff;
        assertEquals("invalid UTF-8 at line 1, column 10003", messageOf(body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[[[[]]]]|[[[[[]]]]]|JSON nested deeper than 4 at line 1, column 5",
                "[1,1,1,1,1,1,1,1,1,1]|[1,1,1,1,1,1,1,1,1,1,1]|JSON of more than 12 tokens at line 1, column 23",
                "{\"aaaaa\":1}|{\"aaaaaa\":1}|name of more than 5 characters at line 1, column 2",
                "[\"aaaaaaaaaa\"]|[\"aaaaaaaaaaa\"]|string of more than 10 characters at line 1, column 2",
                "[\"aaaaaaaa\\n\\n\"]|[\"aaaaaaaaa\\n\\n\"]|string of more than 10 characters at line 1, column 2",
                "[12345678901234567890]|[123456789012345678901]|number of more than 20 characters, or names made to collide, at",
                "[1e308]|[1e309]|number too large at line 1, column 2",
            })
    void eachLimitHoldsAtTheLimitAndNotOnePast(String at, String past, String message) throws Exception {
        assertTrue(small.read(at.getBytes(UTF_8)).isContainerNode());
        UnreadableJson error = assertThrows(UnreadableJson.class, () -> small.read(past.getBytes(UTF_8)));
        assertTrue(error.getMessage().startsWith(message), error.getMessage());
        assertTrue(error.overLimit());
    }

    @Test
    void aBombOfDepthIsRefusedWithoutAStackOverflow() {
        assertEquals(
                "JSON nested deeper than 200 at line 1, column 201",
                messageOf("[".repeat(1_000_000).getBytes(UTF_8)));
    }

    private String messageOf(byte[] body) {
        return assertThrows(UnreadableJson.class, () -> json.read(body)).getMessage();
    }
}
