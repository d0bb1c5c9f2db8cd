package io.contextcore.gateway.app.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.InvalidFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckRunTest {

    private static final String BODY = "{id: 7, at: 2025-12-31T10:00:00Z, price: 3, tags: [b, a]}";

    @TempDir
    private Path folder;

    @BeforeEach
    void aSmallMapping() throws IOException {
        write("kind.yaml", """
                apiVersion: contextcore.io/v1
                kind: shop
                verify: [{token: {header: X-Token}}]
                event: payload.event
                ping: [hello]
                """);
        write("order.yaml", """
                apiVersion: contextcore.io/v1
                mapping: shop.order
                kind: shop
                events: "*"
                when: payload.id != 0
                logs:
                  - event: shop.noted
                    at: ${payload.at}
                    attributes: {shop.price: "${payload.price}", shop.tags: "${payload.tags}"}
                """);
        write("conventions.yaml", """
                apiVersion: contextcore.io/v1
                conventions:
                  shop.price: {type: double, meaning: A price., stability: stable, indexed: true}
                  shop.tags: {type: strings, meaning: Some words., stability: stable, indexed: true}
                """);
    }

    @Test
    void aCaseThatSaysWhatComesOutPasses() throws IOException {
        assertEquals(
                List.of(),
                failures(
                        "{exactly: true, logCount: 1, spanCount: 0, logs: [{event: shop.noted, time: 2025-12-31T11:00:00+01:00,"
                                + " attributes: {shop.price: 3, shop.tags: [b, a], shop.none: null}, body: {shop.price: 3.0}}]}"));
    }

    @Test
    void whatDiffersIsToldAgainstTheNearestRecord() throws IOException {
        String failure =
                only(failures("{logs: [{event: shop.noted, attributes: {shop.price: 4, shop.tags: [a, b]}}]}"));
        assertTrue(failure.contains("a.test.yaml:6:21: no such log; the nearest differs:"), failure);
        assertTrue(failure.contains("attributes.shop.price: expected 4, was 3.0"), failure);
        assertTrue(failure.contains("attributes.shop.tags[0]: expected \"a\", was \"b\""), failure);
    }

    @Test
    void aNullMustNotBeThere() throws IOException {
        String failure = only(failures("{logs: [{event: shop.noted, attributes: {shop.price: null}}]}"));
        assertTrue(failure.contains("attributes.shop.price: expected nothing, was 3.0"), failure);
    }

    @Test
    void aSecondRecordThatIsAlikeNeedsASecondOne() throws IOException {
        String failure = only(failures("{logs: [{event: shop.noted}, {event: shop.noted}]}"));
        assertTrue(failure.contains("no such log; none is left"), failure);
    }

    @Test
    void exactlyMeansThatNothingElseComesOut() throws IOException {
        assertEquals(
                "nothing else was expected, but there is log 'shop.noted'",
                only(failures("{exactly: true, logs: []}")));
        assertEquals(List.of(), failures("{exactly: true, spans: []}"));
    }

    @Test
    void aWrongCountIsToldWithTheNames() throws IOException {
        assertEquals("expected 2 logs, were 1: 'shop.noted'", only(failures("{logCount: 2}")));
    }

    @Test
    void anIgnoredDeliveryIsToldByItsReason() throws IOException {
        String ignored = "{id: 0}";
        assertEquals(List.of(), failures(ignored, "{ignored: when-false}"));
        assertEquals("expected not ignored, was ignored: when-false", only(failures(ignored, "{logCount: 0}")));
        assertEquals("expected ignored: when-false, was not ignored", only(failures("{ignored: when-false}")));
        assertEquals(List.of(), failures("{event: hello}", "{ignored: ping}"));
    }

    @Test
    void aRejectedDeliveryIsToldByItsCode() throws IOException {
        String wrong = "{id: 1, price: cheap}";
        assertEquals(List.of(), failures(wrong, "{rejected: mapping}"));
        String failure = only(failures(wrong, "{logCount: 0}"));
        assertTrue(failure.startsWith("expected not rejected, was rejected: mapping ("), failure);
    }

    @Test
    void whatIsWrongInATestFileIsToldWithItsPlace() throws IOException {
        write(
                "b.test.yaml",
                "apiVersion: contextcore.io/v1\nkind: shop\ntests:\n  - {name: x, expct: {}, expect: {span: []}, received: soon}\n");
        InvalidFiles error =
                assertThrows(InvalidFiles.class, () -> CheckRun.run(List.of(folder), List.of(folder), name -> true));
        String message = error.getMessage();
        assertTrue(message.contains("unknown key 'expct'"), message);
        assertTrue(message.contains("unknown key 'span'"), message);
        assertTrue(message.contains("'soon' is no time"), message);
    }

    @Test
    void aTestFileSaysItsVersion() throws IOException {
        write("b.test.yaml", "kind: shop\ntests: []\n");
        write("c.test.yaml", "apiVersion: contextcore.io/v9\nkind: shop\ntests: {}\n");
        InvalidFiles error =
                assertThrows(InvalidFiles.class, () -> CheckRun.run(List.of(folder), List.of(folder), name -> true));
        assertEquals(2, error.problems().size(), error.getMessage());
        assertTrue(
                error.getMessage().contains("b.test.yaml:1:1: CC0204 the file does not say its version"),
                error.getMessage());
        assertTrue(
                error.getMessage().contains("c.test.yaml:1:13: CC0204 apiVersion: 'contextcore.io/v9' is unknown"),
                error.getMessage());
    }

    private List<String> failures(String expect) throws IOException {
        return failures(BODY, expect);
    }

    private List<String> failures(String body, String expect) throws IOException {
        write(
                "a.test.yaml",
                "apiVersion: contextcore.io/v1\nkind: shop\ntests:\n  - name: a case\n    body: " + body
                        + "\n    expect: " + expect + "\n");
        List<CheckRun.Result> results = CheckRun.run(List.of(folder), List.of(folder), name -> true);
        assertEquals(1, results.size());
        assertEquals("a case", results.get(0).name());
        return results.get(0).failures();
    }

    private static String only(List<String> failures) {
        assertEquals(1, failures.size(), failures.toString());
        return failures.get(0);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
