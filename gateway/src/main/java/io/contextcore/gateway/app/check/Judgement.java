package io.contextcore.gateway.app.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.app.check.TestCase.Expected;
import io.contextcore.gateway.app.check.TestCase.Mode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.yaml.YamlMapping;
import io.contextcore.gateway.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what of an expectation does not hold. */
final class Judgement {

    private final Expected expected;
    private final Played played;
    private final List<Failure> failures = new ArrayList<>();

    private Judgement(Expected expected, Played played) {
        this.expected = expected;
        this.played = played;
    }

    /** One failure for each thing that does not hold; none: the step passes. */
    static List<Failure> failures(Expected expected, Played played) {
        Judgement judgement = new Judgement(expected, played);
        judgement.judge();
        return judgement.failures;
    }

    private void judge() {
        if (expected.isEmpty()) {
            fail(expected.key(), "nothing is expected");
        }
        reason("rejected", expected.rejected(), played.rejected(), played.detail());
        reason("ignored", expected.ignored(), played.ignored(), "");
        count("spans", expected.spanCount(), played.seen().spans());
        count("logs", expected.logCount(), played.seen().logs());
        reply();
        records("span", expected.spans(), played.seen().spans());
        records("log", expected.logs(), played.seen().logs());
    }

    private void reason(String what, @Nullable String wanted, @Nullable String actual, String detail) {
        if (wanted == null ? actual != null : !wanted.equals(actual)) {
            fail(
                    expected.node().location(),
                    "expected " + (wanted == null ? "not " + what : what + ": " + wanted) + ", was "
                            + (actual == null ? "not " + what : what + ": " + actual)
                            + (detail.isEmpty() ? "" : " (" + detail + ")"));
        }
    }

    private void reply() {
        YamlNode wanted = expected.reply();
        String failed = played.replyError();
        if (failed != null) {
            fail(expected.node().location(), "the reply fails: " + failed);
        } else if (wanted != null) {
            List<Difference> differences = Comparison.differences("reply", wanted, played.reply(wanted));
            if (!differences.isEmpty()) {
                failures.add(new Failure(wanted.location(), "the sender is answered otherwise:", differences));
            }
        }
    }

    private void count(String what, @Nullable Integer wanted, List<JsonNode> all) {
        List<JsonNode> actual = expected.counted(all);
        if (wanted != null && wanted != actual.size()) {
            fail(
                    expected.node().location(),
                    "expected " + wanted + " " + what + ", were " + actual.size() + ": " + names(actual));
        }
    }

    private void records(String what, @Nullable List<YamlMapping> wanted, List<JsonNode> actual) {
        if (wanted == null) {
            return;
        }
        Matching matching = Matching.of(wanted, actual, expected.mode() == Mode.EQUALS);
        for (Matching.Pair pair : matching.pairs()) {
            JsonNode nearest = pair.actual();
            Location at = pair.expected().location();
            if (nearest == null) {
                fail(at, "no such " + what + " came out" + (actual.isEmpty() ? "" : "; these did: " + names(actual)));
            } else if (!pair.fits()) {
                failures.add(new Failure(
                        at, "no such " + what + "; the nearest is " + name(nearest) + ", where", pair.differences()));
            }
        }
        List<JsonNode> others = expected.counted(matching.others());
        if (expected.mode() != Mode.CONTAINS && !others.isEmpty()) {
            fail(expected.node().location(), "no other " + what + " was expected, but there is " + names(others));
        }
    }

    private void fail(Location at, String summary) {
        failures.add(Failure.of(at, summary));
    }

    private static String names(List<JsonNode> records) {
        return records.isEmpty()
                ? "none"
                : records.stream().map(Judgement::name).collect(Collectors.joining(", "));
    }

    private static String name(JsonNode record) {
        return "'" + Seen.name(record) + "'";
    }
}
