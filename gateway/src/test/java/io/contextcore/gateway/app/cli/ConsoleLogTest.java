package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.testing.Promise;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class ConsoleLogTest {

    private final StringWriter text = new StringWriter();
    private final Hand clock = new Hand();
    private final ConsoleLog log = new ConsoleLog(new PrintWriter(text), clock);

    /** A clock that the test moves. */
    private static final class Hand implements Clock {
        private long nanos;

        @Override
        public long epochNanos() {
            return nanos;
        }

        @Override
        public long elapsedNanos() {
            return nanos;
        }
    }

    @Test
    void aLineHasTimeLevelAndSentence() {
        log.publish(new LogRecord(Level.WARNING, "The receiver does not answer."));
        assertEquals(List.of("1970-01-01T00:00:00Z warning The receiver does not answer."), lines());
    }

    @Test
    void anErrorIsShownInOneLineWithThePlaceWhereItBegan() {
        LogRecord entry = new LogRecord(Level.SEVERE, "It failed.");
        entry.setThrown(new IllegalStateException("why"));
        log.publish(entry);
        assertEquals(1, lines().size());
        assertTrue(lines().get(0).contains("[java.lang.IllegalStateException: why at "), lines().get(0));
    }

    @Test
    void whatSomebodyElseWroteCannotMoveTheCursorOrBreakTheLine() {
        LogRecord entry = new LogRecord(Level.WARNING, "Refused: {0}");
        entry.setParameters(new Object[] {"\u001b[2Jx\nfake line"});
        entry.setThrown(new IllegalStateException("\u001b]0;title\u0007"));
        log.publish(entry);
        assertEquals(1, lines().size());
        assertTrue(lines().get(0).contains("Refused: \ufffd[2Jx\ufffdfake line "), lines().get(0));
        assertTrue(lines().get(0).contains("\ufffd]0;title\ufffd"), lines().get(0));
    }

    @Promise("log-is-bounded")
    @Test
    void theSameSentenceComesTenTimesAMinuteAndThenTellsHowManyWereLeftOut() {
        for (int i = 0; i < 25; i++) {
            log.publish(new LogRecord(Level.INFO, "Again."));
        }
        assertEquals(10, lines().size());
        log.publish(new LogRecord(Level.INFO, "Something else."));
        assertEquals(11, lines().size());
        clock.nanos += TimeUnit.MINUTES.toNanos(1) + 1;
        log.publish(new LogRecord(Level.INFO, "Again."));
        assertTrue(lines().get(11).endsWith("Again. (and 15 more like it)"), lines().get(11));
    }

    @Promise("log-is-bounded")
    @Test
    void sentencesThatAllDifferComeAHundredTimesAMinuteFromOneLogger() {
        for (int i = 0; i < 130; i++) {
            log.publish(of("library", "Peer " + i + " is gone."));
        }
        assertEquals(100, lines().size());
        log.publish(of("another", "Peer 1 is gone too."));
        assertEquals(101, lines().size());
        clock.nanos += TimeUnit.MINUTES.toNanos(1) + 1;
        log.publish(of("library", "Peer 131 is gone."));
        assertTrue(lines().get(101).endsWith("Peer 131 is gone. (and 30 others of its kind)"), lines().get(101));
    }

    private static LogRecord of(String logger, String sentence) {
        LogRecord line = new LogRecord(Level.WARNING, sentence);
        line.setLoggerName(logger);
        return line;
    }

    private List<String> lines() {
        return text.toString().lines().toList();
    }
}
