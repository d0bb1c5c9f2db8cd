package io.contextcore.gateway.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.re2j.Pattern;
import io.contextcore.gateway.base.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedactorTest {

    private final Redactor redactor = new Redactor(
            List.of(Pattern.compile("(?i)(?:.*_)?token"), Pattern.compile("password")),
            List.of(
                    new Redactor.Rule("key-a", Pattern.compile("ka_[a-z0-9]{8,}"), List.of()),
                    new Redactor.Rule("url", Pattern.compile("://[^/:@]*:([^/@]+)@"), List.of())));

    @Test
    void aTreeWithoutSecretsComesBackAsItIs() {
        JsonNode tree =
                tree("{'a': ['x', 1, null, {'b': true}], 'input_tokens': 5, 'token_count': 7, 'j': '{\\\"a\\\": 1}'}");
        Redactor.Redacted result = redactor.redact(tree);
        assertSame(tree, result.tree());
        assertEquals(Map.of(), result.counts());
    }

    @Test
    void secretsAreTakenOutOfTextsAndCounted() {
        check(
                "{'a': ['run ka_12345678 and ka_abcdefgh!', 'fine']}",
                "{'a': ['run [REDACTED:key-a] and [REDACTED:key-a]!', 'fine']}",
                Map.of("key-a", 2));
    }

    @Test
    void ofAPatternWithAGroupOnlyTheGroupIsTakenOut() {
        check(
                "{'a': 'git clone https://me:s3cret@host/x'}",
                "{'a': 'git clone https://me:[REDACTED:url]@host/x'}",
                Map.of("url", 1));
    }

    @Test
    void membersAreTakenOutByName() {
        check(
                "{'password': 'x', 'api_token': 12345, 'Token': {'deep': 'x'}, 'token': ['x']}",
                "{'password': '[REDACTED:key]', 'api_token': '[REDACTED:key]', 'Token': '[REDACTED:key]', 'token': '[REDACTED:key]'}",
                Map.of("key", 4));
    }

    @Test
    void whatTellsNothingStaysWhateverItIsCalled() {
        JsonNode tree =
                tree("{'password': null, 'token': true, 'api_token': '', 'max_tokens': 9, 'password_hint': 'x'}");
        assertSame(tree, redactor.redact(tree).tree());
    }

    @Test
    void secretsInMemberNamesAreTakenOut() {
        check("{'see ka_1234567890abc': 1}", "{'see [REDACTED:key-a]': 1}", Map.of("key-a", 1));
    }

    @Test
    void stringsThatAreJsonAreLookedInto() {
        check(
                "{'out': ' {\\\"password\\\":\\\"x\\\", \\\"n\\\":[\\\"ka_12345678\\\"]} '}",
                "{'out': '{\\\"password\\\":\\\"[REDACTED:key]\\\",\\\"n\\\":[\\\"[REDACTED:key-a]\\\"]}'}",
                Map.of("key", 1, "key-a", 1));
    }

    @Test
    void stringsThatOnlyLookLikeJsonAreTexts() {
        check("{'out': '{ka_12345678}'}", "{'out': '{[REDACTED:key-a]}'}", Map.of("key-a", 1));
    }

    @Test
    void beyondSomeLevelsAJsonStringIsAText() throws Exception {
        String text = "{\"password\": \"ka_12345678\"}";
        for (int i = 0; i < Redactor.NESTED_LEVELS + 1; i++) {
            text = "[" + TextNode.valueOf(text) + "]";
        }
        assertEquals(Map.of("key-a", 1), redactor.redact(read(text)).counts());
    }

    @Test
    void aRedactedTreeIsNotRedactedAgain() {
        JsonNode once = redactor.redact(tree("{'a': 'https://me:s3cret@h ka_12345678'}"))
                .tree();
        assertSame(once, redactor.redact(once).tree());
    }

    @Test
    void textsAloneAreRedactedToo() {
        assertEquals("x [REDACTED:key-a]", redactor.redact("x ka_12345678"));
        assertEquals("{\"password\":\"[REDACTED:key]\"}", redactor.redact("{\"password\": \"x\"}"));
        assertEquals("same", Redactor.none().redact("same"));
    }

    @Test
    void manyNamesAreTakenOutAsFewAre() {
        for (int i = 0; i < 10_000; i++) {
            String name = i % 2 == 0 ? i + "_token" : "n" + i;
            assertEquals(i % 2 == 0, redactor.isSecretName(name));
            assertEquals(i % 2 == 0, redactor.isSecretName(name));
        }
    }

    @Test
    void hostileTextsTakeLinearTime() {
        Redactor evil = new Redactor(
                List.of(Pattern.compile("(a+)+b")),
                List.of(new Redactor.Rule("evil", Pattern.compile("(?:a+)+b"), List.of())));
        String text = "a".repeat(20_000);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertEquals(text, evil.redact(text)));
    }

    private void check(String before, String after, Map<String, Integer> counts) {
        JsonNode tree = tree(before);
        JsonNode copy = tree.deepCopy();
        Redactor.Redacted result = redactor.redact(tree);
        assertEquals(tree(after), result.tree());
        assertEquals(counts, result.counts());
        assertEquals(copy, tree, "the given tree is not changed");
    }

    /** JSON with single quotes. */
    private static JsonNode tree(String quoted) {
        return read(quoted.replace('\'', '"'));
    }

    private static JsonNode read(String text) {
        try {
            return new StrictJson(Limits.defaults()).read(text.getBytes(UTF_8));
        } catch (UnreadableJson e) {
            throw new AssertionError(text, e);
        }
    }
}
