package io.contextcore.gateway.pipeline;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.intake.Door;
import io.contextcore.gateway.intake.Verdict;
import io.contextcore.gateway.mapping.Program;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that mean harm end in a refusal with its place, in a step or in a dead letter, and take memory by their size. */
class HostileBodiesTest {

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String STEPPED = "stepped";
    private static final int MIB = 1024 * 1024;
    /** A tree of tiny members is so much larger than its text. */
    private static final long PER_BYTE = 64;

    private static final Limits LIMITS = Limits.defaults();
    private static final Program PROGRAM = RealShop.program("""
            vars:
              inner: json(coalesce(payload.text, '{}'))
            logs:
              - event: a
                attributes:
                  order.id: "${payload.text}${size(payload)}"
                  order.code: ${payload.number}
              - {event: b, when: "match(coalesce(payload.text, ''), '(a|aa)+$')"}
            """, LIMITS);

    private record Body(String name, byte[] bytes, String type, String expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Body json(String name, String text, String expected) {
        return new Body(name, text.getBytes(UTF_8), JSON, expected);
    }

    static Stream<Body> bodies() {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);
        return Stream.of(
                json("10,000 deep", deep, "over-limit: JSON nested deeper than 200 at line 1, column 201"),
                new Body(
                        "10,000 deep in a form",
                        ("payload=" + URLEncoder.encode(deep, UTF_8)).getBytes(UTF_8),
                        FORM,
                        "over-limit: form field 'payload': JSON nested deeper than 200 at line 1, column 201"),
                json("10,000 deep in a text", "{\"text\":\"" + deep + "\"}", "limit-body-depth"),
                json("never closed", "{\"a\":".repeat(150), "unreadable: invalid JSON at line 1, column 751"),
                json("a million keys, one of them too many", members(1_000_000), "over-limit"),
                json("nearly a million keys", members(900_000), STEPPED),
                json("25 MB of one string", "{\"text\":\"" + "a".repeat(25 * MIB - 20) + "\"}", "over-limit"),
                json("9 MB of one string", "{\"text\":\"" + "a".repeat(9 * MIB) + "\"}", "limit-result-chars"),
                json("NaN", "{\"number\":NaN}", "unreadable: invalid JSON at line 1, column 14"),
                json("infinity", "{\"number\":-Infinity}", "unreadable"),
                json("infinity by overflow", "{\"number\":1e999}", "over-limit: number too large at line 1, column 11"),
                json("a huge exponent", "{\"number\":1e999999999999}", "over-limit: number too large"),
                json("a tiny exponent", "{\"number\":1e-999999999}", "mapping"),
                json("a long number", "{\"number\":" + "9".repeat(1_001) + "}", "over-limit"),
                json("a number beyond 64 bits", "{\"number\":" + "9".repeat(1_000) + "}", "mapping"),
                json("a name twice: the last counts", "{\"number\":\"x\",\"number\":1}", STEPPED),
                json("a name twice: the last one is wrong", "{\"number\":1,\"number\":\"x\"}", "mapping"),
                json("a lone surrogate, escaped", "{\"text\":\"\\ud800\"}", "unreadable"),
                json("a lone low surrogate, escaped", "{\"text\":\"\\udc00\"}", "unreadable"),
                new Body(
                        "a lone surrogate, raw",
                        "{\"text\":\"\u00ed\u00a0\u0080\"}".getBytes(ISO_8859_1),
                        JSON,
                        "unreadable: invalid UTF-8 at line 1, column 10"),
                new Body(
                        "invalid UTF-8",
                        "{\"text\":\"\u00ff\"}".getBytes(ISO_8859_1),
                        JSON,
                        "unreadable: invalid UTF-8"),
                json("a byte order mark", "\ufeff{}", "unreadable"),
                json("NUL, escaped", "{\"text\":\"\\u0000\"}", STEPPED),
                json("NUL, raw", "{\"text\":\"\u0000\"}", "unreadable"),
                json("NUL behind", "{}\u0000", "unreadable"),
                json("no object", "\"text\"", "unreadable"));
    }

    private static String members(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aHostileBodyEndsInWhatIsClearAndInMemoryByItsSize(Body body) {
        outcome(new Body("warm-up", "{}".getBytes(UTF_8), JSON, STEPPED));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        String outcome = outcome(body);

        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(
                body.expected(),
                outcome.substring(0, Math.min(outcome.length(), body.expected().length())),
                outcome);
        assertTrue(
                allocated < 4 * MIB + PER_BYTE * body.bytes().length,
                () -> allocated + " bytes for " + body.bytes().length);
    }

    /** {@code reason: text} of a refusal, the code of a dead letter, or that it was stepped. */
    private static String outcome(Body body) {
        Verdict verdict = RealShop.admit(new Door(LIMITS), PROGRAM, RealShop.request(body.bytes(), body.type()));
        if (verdict instanceof Verdict.Refused refused) {
            return refused.reason().slug() + ": " + refused.text();
        }
        return RealShop.rehearsal(PROGRAM, LIMITS)
                .play(RealShop.delivery(((Verdict.Admitted) verdict).arrival()))
                .stream()
                .map(step -> step.commit().deadLetter())
                .map(dead -> dead == null ? STEPPED : dead.code() + ": " + dead.error())
                .findFirst()
                .orElseThrow();
    }
}
