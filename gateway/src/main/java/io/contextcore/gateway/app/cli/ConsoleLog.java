package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.app.settings.LogLevel;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Nanos;
import java.io.PrintWriter;
import java.text.MessageFormat;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What the gateway and its libraries say about themselves: one line each on the console, the libraries from warnings up.
 * The same sentence is printed at most ten times a minute, and a hundred different ones of one logger; how many were left
 * out is told with the next.
 */
final class ConsoleLog extends Handler {

    private static final String OURS = "io.contextcore";
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final int MOST_SENTENCES = 1_000;

    private final PrintWriter out;
    private final Clock clock;
    private final Map<String, Window> windows = new HashMap<>();

    /**
     * How often lines that are alike may come in a minute.
     *
     * @param like lines of the same are alike
     */
    private record Bound(Function<LogRecord, String> like, int most, String leftOut) {}

    /** What one of them leaves out does not count for those that follow. */
    private static final List<Bound> BOUNDS = List.of(
            new Bound(line -> line.getLevel() + " " + line.getMessage(), 10, "more like it"),
            new Bound(line -> "logger " + line.getLoggerName(), 100, "others of its kind"));

    /** How often lines that are alike came in the present minute. */
    private static final class Window {
        private long start;
        private int count;
    }

    ConsoleLog(PrintWriter out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    /** Takes the place of the platform's own console format, for this process. */
    static void install(PrintWriter out, LogLevel level, Clock clock) {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        root.addHandler(new ConsoleLog(out, clock));
        Logger.getLogger(OURS).setLevel(julLevel(level));
    }

    private static Level julLevel(LogLevel level) {
        return switch (level) {
            case DEBUG -> Level.FINE;
            case INFO -> Level.INFO;
            case WARNING -> Level.WARNING;
            case ERROR -> Level.SEVERE;
        };
    }

    @Override
    public synchronized void publish(LogRecord record) {
        String sentence = String.valueOf(record.getMessage());
        StringBuilder leftOut = new StringBuilder();
        for (Bound bound : BOUNDS) {
            int left = leftOut(bound.like().apply(record), bound.most());
            if (left < 0) {
                return;
            }
            leftOut.append(left == 0 ? "" : " (and " + left + " " + bound.leftOut() + ")");
        }
        out.println(line(record, sentence) + leftOut);
        out.flush();
    }

    /** How many were left out before this one; -1: this one is left out too. */
    private int leftOut(String sentence, int most) {
        if (windows.size() > MOST_SENTENCES) {
            windows.clear();
        }
        Window window = windows.computeIfAbsent(sentence, key -> new Window());
        long now = clock.elapsedNanos();
        int left = 0;
        if (window.count == 0 || now - window.start > MINUTE_NANOS) {
            left = Math.max(0, window.count - most);
            window.start = now;
            window.count = 0;
        }
        window.count++;
        return window.count > most ? -1 : left;
    }

    private String line(LogRecord record, String sentence) {
        String time = Nanos.toInstant(clock.epochNanos())
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
        Object[] parameters = record.getParameters();
        String text = parameters == null || parameters.length == 0
                ? sentence
                : new MessageFormat(sentence, Locale.ROOT).format(parameters);
        Throwable thrown = record.getThrown();
        return Plain.text(
                time + " " + word(record.getLevel()) + " " + text + (thrown == null ? "" : " " + trace(thrown)));
    }

    /** An error that nobody expected is shown with the place where it began. */
    private static String trace(Throwable thrown) {
        StackTraceElement[] frames = thrown.getStackTrace();
        String place = frames.length == 0 ? "" : " at " + frames[0];
        Throwable cause = thrown.getCause();
        return "[" + thrown + place + (cause == null || cause == thrown ? "" : ", caused by " + cause) + "]";
    }

    private static String word(Level level) {
        String word = level.intValue() >= Level.SEVERE.intValue()
                ? "error"
                : level.intValue() >= Level.WARNING.intValue()
                        ? "warning"
                        : level.intValue() >= Level.INFO.intValue() ? "info" : "debug";
        return word;
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
