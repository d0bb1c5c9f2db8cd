package io.contextcore.gateway.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.model.TelemetrySignal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExportLogTest {

    private static final TelemetrySignal TRACES = TelemetrySignal.TRACES;
    private static final Logger LOGGER = Logger.getLogger("io.contextcore.gateway.export");

    /** Lines of this thread only: what other tests log beside it is theirs. */
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private final Handler handler = new Handler() {
        private final Thread mine = Thread.currentThread();

        @Override
        public void publish(LogRecord line) {
            if (Thread.currentThread() == mine) {
                lines.add(line.getLevel() + " " + line.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private final ExportLog log = new ExportLog(Clock.system());

    @BeforeEach
    void listen() {
        LOGGER.addHandler(handler);
    }

    @AfterEach
    void leave() {
        LOGGER.removeHandler(handler);
    }

    @Test
    void thatAnEndpointIsLeftAloneAndThatItIsBackIsOneLineEach() {
        become(EndpointState.CLOSED, EndpointState.OPEN);
        become(EndpointState.OPEN, EndpointState.HALF_OPEN);
        become(EndpointState.HALF_OPEN, EndpointState.OPEN);
        become(EndpointState.HALF_OPEN, EndpointState.CLOSED);

        assertEquals(
                List.of(
                        "WARNING The receiver of traces is left alone after 5 failures in a row (http-503);"
                                + " one request tries it in 2 ms.",
                        "INFO The receiver of traces answers again; all that waits is sent."),
                lines);
    }

    @Test
    void oneThatComesAndGoesIsToldOfOnce() {
        for (int i = 0; i < 3; i++) {
            become(EndpointState.CLOSED, EndpointState.OPEN);
            become(EndpointState.HALF_OPEN, EndpointState.CLOSED);
        }

        assertEquals(2, lines.size());
    }

    private void become(EndpointState before, EndpointState after) {
        log.endpoint(TRACES, before, new Circuit(after, 5, 1, 0), 2_000_000, "http-503");
    }
}
