package io.contextcore.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.intake.Door;
import io.contextcore.gateway.intake.Verdict;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.testing.HostileBody;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that mean harm end in a refusal with its place, in a step or in a dead letter, and take memory by their size. */
class HostileBodiesTest {

    private static final int MIB = 1024 * 1024;
    /** A tree of tiny members is so much larger than its text. */
    private static final long PER_BYTE = 64;

    private static final Limits LIMITS = Limits.defaults();
    private static final Program PROGRAM = RealShop.program(HostileBody.MAPPING, LIMITS);

    static Stream<HostileBody> bodies() {
        return HostileBody.all();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aHostileBodyEndsInWhatIsClearAndInMemoryByItsSize(HostileBody body) {
        outcome(HostileBody.harmless());
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
    private static String outcome(HostileBody body) {
        Verdict verdict = RealShop.admit(new Door(LIMITS), PROGRAM, RealShop.request(body.bytes(), body.type()));
        if (verdict instanceof Verdict.Refused refused) {
            return refused.reason().slug() + ": " + refused.text();
        }
        return RealShop.rehearsal(PROGRAM, LIMITS)
                .play(RealShop.delivery(((Verdict.Admitted) verdict).arrival()))
                .stream()
                .map(step -> step.commit().deadLetter())
                .map(dead -> dead == null ? HostileBody.STEPPED : dead.code() + ": " + dead.error())
                .findFirst()
                .orElseThrow();
    }
}
