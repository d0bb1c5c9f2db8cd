package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.contextcore.gateway.testing.Await;
import io.contextcore.gateway.testing.Signals;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class HangUpTest {

    @Test
    void whereTheSignalIsIgnoredItIsSaidThatItIsNotHeard() {
        assumeTrue(Signals.hangUpIsIgnored(), "the tests were not started by nohup");
        assertFalse(HangUp.on(() -> {}));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void eachSignalRunsTheActionAndTheProcessLivesOn() throws Exception {
        assumeFalse(Signals.hangUpIsIgnored(), "the tests were started by nohup");
        AtomicInteger heard = new AtomicInteger();
        assertTrue(HangUp.on(heard::incrementAndGet), "this platform has SIGHUP");
        for (int i = 1; i <= 2; i++) {
            int wanted = i;
            String self = String.valueOf(ProcessHandle.current().pid());
            new ProcessBuilder(List.of("kill", "-HUP", self))
                    .inheritIO()
                    .start()
                    .waitFor();
            Await.until("signal " + wanted, Duration.ofSeconds(20), () -> heard.get() == wanted);
        }
    }
}
