package io.contextcore.gateway.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.model.Expression;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Scope;
import io.contextcore.gateway.model.SourceKind;
import io.contextcore.gateway.model.SourceKind.Variable;
import io.contextcore.gateway.model.SourceKind.Verification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a kind's file says, and what holds where it says nothing. */
class KindReaderTest {

    private static SourceKind kind(String text) {
        return Shop.load(Shop.files("kind.yaml", "apiVersion: contextcore.io/v1\n" + text))
                .kinds()
                .get("shop");
    }

    private static Object value(@Nullable Expression expression, String body) {
        Scope scope = new Scope(Variable.values().length, 1_000)
                .set(Variable.HEADERS.ordinal(), Map.of("x-event", "order"))
                .set(Variable.QUERY.ordinal(), Map.of())
                .set(Variable.PAYLOAD.ordinal(), Shop.delivery(body).body())
                .set(Variable.BODY_HASH.ordinal(), "ab12");
        return Objects.requireNonNull(expression).evaluate(scope);
    }

    @Test
    void whatAFileLeavesOutHasItsDefault() {
        SourceKind kind = kind("kind: shop\nverify: [{token: {header: X-Token}}]\nevent: headers['x-event']\n");

        assertEquals(List.of(new Verification.Token("x-token", null)), kind.verifications());
        assertEquals(Nothing.ABSENT, value(kind.deliveryId(), "{}"));
        assertNull(kind.tenant());
        assertNull(kind.sameEvent());
        assertEquals(Set.of(), kind.pings());
        assertNull(kind.form());
        assertFalse(kind.bodyOptional());
        assertFalse(kind.emptyAck());
        assertFalse(kind.redact());
        assertEquals(Duration.ofHours(96).toNanos(), kind.duplicateWindowNanos());
        assertEquals(Set.of(), kind.keepHeaders());
    }

    @Test
    void whatAFileSaysHolds() {
        SourceKind kind = kind("""
                kind: shop
                verify:
                  - hmac: {header: X-Signature, methods: [sha512, sha256]}
                  - token: {header: Authorization, scheme: Bearer}
                  - jwt: {header: Authorization, scheme: JWT, qsh: required}
                  - jwt: {header: X-Token}
                  - basic: {header: Authorization}
                event: payload.event
                delivery_id: payload.id
                tenant: payload.tenant
                same_event: body_hash
                ping: [Hello, ping]
                form: payload
                body: optional
                ack: empty
                redact: true
                duplicate_window: 1h
                headers: [X-Event, X-Other]
                """);

        assertEquals(
                List.of(
                        new Verification.Hmac("x-signature", Set.of("sha256", "sha512")),
                        new Verification.Token("authorization", "Bearer"),
                        new Verification.Jwt("authorization", "JWT", true),
                        new Verification.Jwt("x-token", null, false),
                        new Verification.Basic("authorization")),
                kind.verifications());
        String body = "{'event': 'paid', 'id': 'd7', 'tenant': 't1'}";
        assertEquals("paid", value(kind.event(), body));
        assertEquals("d7", value(kind.deliveryId(), body));
        assertEquals("t1", value(kind.tenant(), body));
        assertEquals("ab12", value(kind.sameEvent(), body));
        assertEquals(Set.of("Hello", "ping"), kind.pings());
        assertEquals("payload", kind.form());
        assertTrue(kind.bodyOptional());
        assertTrue(kind.emptyAck());
        assertTrue(kind.redact());
        assertEquals(Duration.ofHours(1).toNanos(), kind.duplicateWindowNanos());
        assertEquals(Set.of("x-event", "x-other"), kind.keepHeaders());
    }

    @Test
    void aBodyThatIsRequiredAndAnAnswerInJsonAreTheDefaultsToo() {
        SourceKind kind = kind(
                "kind: shop\nverify: [{token: {header: T}}]\nevent: body_hash\nbody: required\nack: json\nredact: false\n");

        assertFalse(kind.bodyOptional() || kind.emptyAck() || kind.redact());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "verify: [] | kind.yaml:3:9: 'verify' names no way to verify",
                "verify: [{hmac: {header: S, methods: [sha1]}}] | kind.yaml:3:39: ",
                "verify: [{token: {header: T}, hmac: {header: S, methods: [sha256]}}] | kind.yaml:3:",
                "verify: [{jwt: {header: T, qsh: sometimes}}] | kind.yaml:3:33: ",
                "verify: [{jwt: {header: T, algorithm: none}}] | kind.yaml:3:",
                "verify: [{token: {header: T}}], tenant: size(headers) > 1 | kind.yaml:",
                "verify: [{token: {header: T}}], tenant: hedaers['a'] | kind.yaml:",
            })
    void whatCannotBeIsToldAtItsPlace(String rest, String problem) {
        List<String> problems = Shop.problems(
                "kind.yaml",
                "apiVersion: contextcore.io/v1\nkind: shop\n" + rest.replace("], tenant", "]\ntenant")
                        + "\nevent: headers['x-event']\n");

        assertFalse(problems.isEmpty());
        assertTrue(problems.get(0).startsWith(problem), problems::toString);
    }
}
