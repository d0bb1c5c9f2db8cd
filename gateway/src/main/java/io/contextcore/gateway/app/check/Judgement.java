package io.contextcore.gateway.app.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.app.check.TestCase.Expected;
import io.contextcore.gateway.app.check.TestCase.Record;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what of a case's expectation does not hold. */
final class Judgement {

    private final List<String> failures = new ArrayList<>();

    private Judgement() {}

    /** One text (perhaps of several lines) for each failure; none: the case passes. */
    static List<String> failures(Expected expected, Played played) {
        Judgement judgement = new Judgement();
        judgement.judge(expected, played);
        return judgement.failures;
    }

    private void judge(Expected expected, Played played) {
        reason("rejected", expected.rejected(), played.rejected(), played.detail());
        reason("ignored", expected.ignored(), played.ignored(), "");
        count("spans", expected.spanCount(), played.seen().spans());
        count("logs", expected.logCount(), played.seen().logs());
        records("span", expected.spans(), played.seen().spans(), expected.exactly());
        records("log", expected.logs(), played.seen().logs(), expected.exactly());
    }

    private void reason(String what, @Nullable String expected, @Nullable String actual, String detail) {
        if (expected == null ? actual != null : !expected.equals(actual)) {
            failures.add("expected " + (expected == null ? "not " + what : what + ": " + expected) + ", was "
                    + (actual == null ? "not " + what : what + ": " + actual)
                    + (detail.isEmpty() ? "" : " (" + detail + ")"));
        }
    }

    private void count(String what, @Nullable Integer expected, List<JsonNode> actual) {
        if (expected != null && expected != actual.size()) {
            failures.add("expected " + expected + " " + what + ", were " + actual.size() + ": " + names(actual));
        }
    }

    /** Each expected record takes the first fitting one, so that two that are alike need two. */
    private void records(String what, @Nullable List<Record> expected, List<JsonNode> actual, boolean exactly) {
        if (expected == null) {
            return;
        }
        List<JsonNode> left = new ArrayList<>(actual);
        for (Record record : expected) {
            List<JsonNode> fitting = left.stream()
                    .filter(candidate ->
                            Comparison.differences(record.fields(), candidate).isEmpty())
                    .toList();
            if (fitting.isEmpty()) {
                failures.add(missing(what, record, left));
            } else {
                left.remove(fitting.get(0));
            }
        }
        if (exactly && !left.isEmpty()) {
            failures.add("nothing else was expected, but there is " + what + " " + names(left));
        }
    }

    private static String missing(String what, Record record, List<JsonNode> left) {
        String head = record.at() + ": no such " + what;
        if (left.isEmpty()) {
            return head + "; none is left";
        }
        List<String> fewest = left.stream()
                .map(candidate -> Comparison.differences(record.fields(), candidate))
                .min(Comparator.comparingInt(List::size))
                .orElse(List.of());
        return head + "; the nearest differs:\n    " + String.join("\n    ", fewest) + "\n  came out: " + names(left);
    }

    private static String names(List<JsonNode> records) {
        return records.isEmpty()
                ? "none"
                : records.stream()
                        .map(record ->
                                record.path("name").asText(record.path("event").asText()))
                        .map(name -> "'" + name + "'")
                        .collect(Collectors.joining(", "));
    }
}
