package io.contextcore.gateway.e2e;

import io.contextcore.gateway.testing.OtlpReceiver.Received;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * By what a span or log record of one run is known again in another: all that it says but the times at which something was
 * received.
 */
final class Names {

    /** Later than all times of the fixtures: such a time is that of a receipt. */
    private static final long RECEIVED = 1_780_000_000_000_000_000L;

    private Names() {}

    static String of(Span span) {
        Span.Builder said = span.toBuilder();
        if (said.getStartTimeUnixNano() > RECEIVED) {
            said.clearStartTimeUnixNano();
        }
        if (said.getEndTimeUnixNano() > RECEIVED) {
            said.clearEndTimeUnixNano();
        }
        return said.build().toString();
    }

    static String of(LogRecord log) {
        LogRecord.Builder said = log.toBuilder().clearObservedTimeUnixNano();
        if (said.getTimeUnixNano() > RECEIVED) {
            said.clearTimeUnixNano();
        }
        return said.build().toString();
    }

    /** A tally tells what there is at the second at which it tells it: no two runs say the same. */
    static boolean isTally(LogRecord log) {
        return log.getEventName().equals("project.snapshot");
    }

    /** Of all that came, each once, without the tallies. */
    static Set<String> of(List<Received> requests) {
        Set<String> names = new TreeSet<>();
        for (Received request : requests) {
            request.spans().forEach(span -> names.add(of(span)));
            request.logs().stream().filter(log -> !isTally(log)).forEach(log -> names.add(of(log)));
        }
        return names;
    }

    /** @throws AssertionError if they are not the same, with how many are missing and too many, and some of them */
    static void assertSame(Set<String> expected, Set<String> got, String where) {
        Set<String> missing = new TreeSet<>(expected);
        missing.removeAll(got);
        Set<String> unexpected = new TreeSet<>(got);
        unexpected.removeAll(expected);
        if (!missing.isEmpty() || !unexpected.isEmpty()) {
            throw new AssertionError(where + ": " + missing.size() + " of " + expected.size() + " are missing, "
                    + unexpected.size() + " are too many; " + some(missing) + some(unexpected));
        }
    }

    private static String some(Set<String> names) {
        return names.stream().limit(2).collect(Collectors.joining("\n---\n", "\n", "\n"));
    }
}
