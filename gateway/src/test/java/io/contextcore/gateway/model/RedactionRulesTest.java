package io.contextcore.gateway.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.re2j.Pattern;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.testing.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The rules that ship. Secrets here are made up, and put together so that no scanner takes them for real ones. */
class RedactionRulesTest {

    private static final String X = "a1B2c3D4e5F6g7H8i9J0";

    private final Redactor redactor = shipped();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sk-ant-api03-@@|[REDACTED:anthropic-key]",
                "run sk-proj-@@ now|run [REDACTED:openai-key] now",
                "ghp_@@|[REDACTED:github-token]",
                "remote https://x-access-token:ghs_@@@github.com/o/r|remote https://x-access-token:[REDACTED:github-token]@github.com/o/r",
                "github_pat_@@@@|[REDACTED:github-token]",
                "AKIAABCDEFGHIJKLMNOP|[REDACTED:aws-key-id]",
                "glpat-@@|[REDACTED:gitlab-token]",
                "ATATT3xF@@@@=1|[REDACTED:atlassian-token]",
                "xoxb-1234567890-@@|[REDACTED:slack-token]",
                "npm_a1B2c3D4e5F6g7H8i9J0a1B2c3D4e5F6g7H8|[REDACTED:npm-token]",
                "SG.@@.@@|[REDACTED:sendgrid-key]",
                "hvs.@@@@|[REDACTED:vault-token]",
                "eyJ@@.eyJ@@.@@|[REDACTED:jwt]",
                "postgres://app:hunter2@db/x|postgres://app:[REDACTED:url-password]@db/x",
                "curl -H 'Authorization: Basic dXNlcjpwYXNz' u|curl -H 'Authorization: Basic [REDACTED:authorization]' u",
                "bearer @@|bearer [REDACTED:authorization]",
                "curl -u me:secret u|curl -u me:[REDACTED:command-password] u",
                "mysql -uroot -phunter2 db|mysql -uroot -p[REDACTED:command-password] db",
                "export DB_PASSWORD=changeme; run|export DB_PASSWORD=[REDACTED:assignment]; run",
                "client_secret: \"s3cr3tvalue\"|client_secret: \"[REDACTED:assignment]\"",
            })
    void takesOut(String text, String expected) {
        assertEquals(expected, redactor.redact(text.replace("@@", X + X)).replace(X + X, "@@"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker run -u 1000:1000 image",
                "TOKEN=$OTHER run",
                "const token = getToken();",
                "password: string",
                "task-implement-the-new-gateway-and-its-tests-in-one-go",
                "https://example.com:8080/a@b",
                "max_tokens: 4096",
                "the token is in the header",
                "mysql --port 3306 db",
                "git@github.com:o/r.git",
                "input_tokens=123456789"
            })
    void leavesAlone(String text) {
        assertEquals(text, redactor.redact(text));
    }

    @Test
    void aPrivateKeyIsTakenOutWholeAlsoWhenItsEndIsMissing() {
        String head = "-----BEGIN RSA " + "PRIVATE KEY-----";
        String tail = "-----END RSA " + "PRIVATE KEY-----";
        assertEquals("a [REDACTED:private-key] b", redactor.redact("a " + head + "\nMIIE-x\n" + tail + " b"));
        assertEquals("a [REDACTED:private-key]", redactor.redact("a " + head + "\nMIIE"));
    }

    @Test
    void theDataOfAKubernetesSecretIsTakenOutInBothOrders() {
        assertFalse(redactor.redact("apiVersion: v1\ndata:\n  a: Zm9v\n  b: YmFy\nkind: Secret\n")
                .contains("Zm9v"));
        assertFalse(redactor.redact("kind: Secret\nmetadata:\n  name: x\ndata:\n  a: Zm9v\n")
                .contains("Zm9v"));
        assertTrue(redactor.redact("kind: ConfigMap\nmetadata:\n  name: x\ndata:\n  a: Zm9v\n")
                .contains("Zm9v"));
    }

    /** Counted, not timed: how often a pattern looks at a character. Twice the text, twice the looks at most. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain words of no interest ",
                "ghp_@@ ",
                "sk-ant-sk-proj-sk-",
                "://a:://b@",
                "https://a:b@c https://a:",
                "-----BEGIN RSA PRIVATE ",
                "password=changeme1; ",
                "password= secret: token=",
                "Authorization: Basic Authorization: Bearer ",
                "eyJeyJ.eyJ.",
                "curl -u a:b mysql -p",
                "kind: Secret\ndata:\n  a: Zm9v\n",
                "xoxb-AKIA glpat-SG.hvs.npm_"
            })
    @Promise("redaction-linear")
    void twiceTheTextIsLookedAtTwiceAtMost(String unit) {
        String once = unit.replace("@@", X + X).repeat(400);
        long first = looks(once);
        long second = looks(once + once);
        assertTrue(second <= 2 * first + 4L * unit.length() + 4_096, first + " looks, then " + second);
    }

    private long looks(String text) {
        AtomicLong looks = new AtomicLong();
        new RedactionPass(redactor, new StrictJson(Limits.defaults()), inner -> new Counted(inner, looks))
                .text(text, Redactor.NESTED_LEVELS);
        return looks.get();
    }

    private record Counted(String text, AtomicLong looks) implements CharSequence {

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            looks.incrementAndGet();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password", "db_password", "DB_PASSWORD", "clientSecret", "client_secret", "token", "access_token",
                        "authToken",
                "X-Vault-Token", "apiKey", "api_key", "x-api-key", "Authorization", "proxy-authorization", "cookie",
                        "Set-Cookie",
                "aws_secret_access_key", "private_key", "credentials", "connectionString"
            })
    void membersOfTheseNamesAreSecrets(String name) {
        assertEquals(Map.of(Redactor.KEY_RULE, 1), counts(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "input_tokens",
                "max_tokens",
                "token_count",
                "tokens",
                "total_tokens",
                "gen_ai.usage.input_tokens",
                "token_type",
                "tokenizer",
                "secretary",
                "key",
                "keys",
                "session_id",
                "author",
                "authorization_url",
                "cwd",
                "monkey"
            })
    void membersOfTheseNamesAreNot(String name) {
        assertEquals(Map.of(), counts(name));
    }

    private Map<String, Integer> counts(String name) {
        return redactor.redact(JsonNodeFactory.instance.objectNode().put(name, "text"))
                .counts();
    }

    /** Hints only save time: without them the same is taken out. */
    @Test
    void noHintHidesASecret() {
        Redactor slow = rules(true);
        String[] pieces = {
            "password",
            "PASSWORD",
            "=",
            ": ",
            "Token",
            "secret",
            "\"",
            " ",
            "\n",
            "x1y2z3w4v5",
            "changeme",
            "bearer ",
            "Authorization",
            " -u ",
            "me:",
            "pass@",
            "://",
            "kind: Secret\n",
            "data:\n",
            "  a: b\n",
            "API_KEY",
            "api-key",
            "mysql ",
            "-pfoo",
            "AKIA",
            "ABCDEFGHIJKLMNOP",
            "CREDENTIALS",
            "ghp_" + X + X,
            "--user=",
            "SG.",
            X,
            ".",
            "eyJ",
            "private_key",
            "PRIVATE_KEY"
        };
        Random random = new Random(11);
        for (int round = 0; round < 1_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = 1 + random.nextInt(12); i > 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            assertEquals(slow.redact(text.toString()), redactor.redact(text.toString()));
        }
    }

    @Test
    void everyShippedRuleHasAHint() {
        assertFalse(entries("values").stream()
                .map(entry -> rule((Map<?, ?>) entry, false))
                .anyMatch(rule -> rule.hints().contains("")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "abc~abc",
                "ab?c~a",
                "ab*~a",
                "a{0,3}b~``",
                "ab+c~ab",
                "a\\.b[x]~a.b",
                "(a)~``",
                "(?i)a~``",
                "a|b~``",
                "a(b|c)~a",
                "a[|]b~a",
                "a[]|]b~a",
                "a\\|b~a|b",
                "\\d~``",
                "a\\d~a",
                "^a~``"
            })
    void theHintOfAPatternIsWhatItBeginsWith(String regex, String prefix) {
        assertEquals(prefix, PlainPrefix.of(regex));
    }

    private static Redactor shipped() {
        return rules(false);
    }

    private static Redactor rules(boolean withoutHints) {
        List<Pattern> keys = entries("keys").stream()
                .map(key -> Pattern.compile((String) key))
                .toList();
        return new Redactor(
                keys,
                entries("values").stream()
                        .map(entry -> rule((Map<?, ?>) entry, withoutHints))
                        .toList());
    }

    /** An empty text is in every text. */
    private static Redactor.Rule rule(Map<?, ?> entry, boolean withoutHints) {
        List<String> hints = new ArrayList<>();
        if (entry.get("hints") instanceof List<?> given) {
            given.forEach(hint -> hints.add((String) hint));
        }
        return new Redactor.Rule(
                (String) entry.get("name"),
                Pattern.compile((String) entry.get("pattern")),
                withoutHints ? List.of("") : hints);
    }

    private static List<?> entries(String name) {
        try {
            String text = Files.readString(Path.of("..", "mappings", "redaction.yaml"));
            Object root = new Load(LoadSettings.builder().build()).loadFromString(text);
            Map<?, ?> redaction = (Map<?, ?>) ((Map<?, ?>) root).get("redaction");
            return (List<?>) redaction.get(name);
        } catch (IOException e) {
            throw new AssertionError("the rules ship with the project", e);
        }
    }
}
