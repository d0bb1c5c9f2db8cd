package io.contextcore.gateway.app.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckRunTest {

    private static final String BODY = "{event: note, id: 7, at: 2025-12-31T10:00:00Z, price: 3, tags: [b, a]}";

    @TempDir
    private Path folder;

    private SmallShop shop;

    @BeforeEach
    void aSmallShop() throws IOException {
        shop = new SmallShop(folder);
    }

    @Test
    void aCaseThatSaysWhatComesOutPasses() throws IOException {
        String record = "{event: shop.noted, time: 2025-12-31T11:00:00+01:00,"
                + " attributes: {shop.price: 3, shop.tags: [b, a]}, body: {shop.price: 3.0}}";
        assertEquals(List.of(), failures("{exactly: true, logCount: 1, spanCount: 0, logs: [" + record + "]}"));
        assertEquals(List.of(), failures("{contains: {exactly: true, logCount: 1, logs: [" + record + "]}}"));
    }

    @Test
    void whatDiffersIsToldPathByPathAgainstTheNearestRecord() throws IOException {
        assertEquals(
                """
                a.test.yaml:6:21: no such log; the nearest is 'shop.noted', where
                    attributes.shop.price  (line 6)
                      - 4
                      + 3.0
                    attributes.shop.tags[0]  (line 6)
                      - "a"
                      + "b"
                    attributes.shop.tags[1]  (line 6)
                      - "b"
                      + "a"\
                """, only(failures("{logs: [{event: shop.noted, attributes: {shop.price: 4, shop.tags: [a, b]}}]}")));
    }

    @Test
    void aNullMustNotBeThere() throws IOException {
        String failure = only(failures("{logs: [{event: shop.noted, attributes: {shop.price: null}}]}"));
        assertTrue(failure.endsWith("attributes.shop.price  (line 6)\n      - nothing\n      + 3.0"), failure);
    }

    @Test
    void aSecondRecordThatIsAlikeNeedsASecondOne() throws IOException {
        String failure = only(failures("{logs: [{event: shop.noted}, {event: shop.noted}]}"));
        assertTrue(failure.endsWith("no such log came out; these did: 'shop.noted'"), failure);
    }

    @Test
    void exactlyMeansThatNothingElseComesOut() throws IOException {
        String failure = only(failures("{exactly: true, logs: []}"));
        assertTrue(failure.endsWith("no other log was expected, but there is 'shop.noted'"), failure);
        assertEquals(List.of(), failures("{exactly: true, spans: []}"));
    }

    @Test
    void equalsMeansTheseRecordsAndTheirWholeContent() throws IOException {
        String whole = "{event: shop.noted, time: 2025-12-31T10:00:00Z, observed: 2026-01-01T00:00:00Z, severity: INFO,"
                + " attributes: {event_name: shop.noted, shop.price: 3, shop.tags: [b, a]},"
                + " body: {event_name: shop.noted, shop.price: 3, shop.tags: [b, a]}}";
        assertEquals(List.of(), failures("{equals: {logs: [" + whole + "]}}"));
        String failure = only(failures("{equals: {logs: [" + whole.replace("severity: INFO,", "") + "]}}"));
        assertTrue(failure.endsWith("    severity\n      - nothing\n      + \"INFO\""), failure);
        assertTrue(only(failures("{equals: {logs: []}}")).contains("no other log was expected"));
    }

    @Test
    void aWrongCountIsToldWithTheNames() throws IOException {
        assertEquals("a.test.yaml:6:13: expected 2 logs, were 1: 'shop.noted'", only(failures("{logCount: 2}")));
    }

    @Test
    void anIgnoredDeliveryIsToldByItsReason() throws IOException {
        String ignored = "{event: note, id: 0}";
        assertEquals(List.of(), failures(ignored, "{ignored: when-false}"));
        assertTrue(only(failures(ignored, "{logCount: 0}")).endsWith("expected not ignored, was ignored: when-false"));
        assertTrue(only(failures("{ignored: when-false}")).endsWith("expected ignored: when-false, was not ignored"));
        assertEquals(List.of(), failures("{event: hello}", "{ignored: ping}"));
    }

    @Test
    void aRejectedDeliveryIsToldByItsCode() throws IOException {
        String wrong = "{event: note, id: 1, price: cheap}";
        assertEquals(List.of(), failures(wrong, "{rejected: mapping}"));
        String failure = only(failures(wrong, "{logCount: 0}"));
        assertTrue(failure.contains("expected not rejected, was rejected: mapping ("), failure);
    }

    @Test
    void eachStepHasItsOwnExpectationAndStartsWhereTheOneBeforeItEnded() throws IOException {
        shop.write("a.test.yaml", """
                apiVersion: contextcore.io/v1
                kind: shop
                tests:
                  - name: a life
                    steps:
                      - body: {event: order, id: 7, price: 3, at: 2026-01-01T00:00:00Z}
                        expect: {logs: [{event: order.opened, observed: 2026-01-01T00:00:00Z}]}
                      - body: {event: order, id: 7, price: 4}
                        expect: {spanCount: 1, logs: []%s}
                      - until: 2026-01-02T00:00:00Z
                        expect: {logs: [{event: order.expired}]}
                """.replace("%s", ", exactly: true"));
        assertEquals(List.of(), shop.failures());
        shop.write("a.test.yaml", shop.read("a.test.yaml").replace("order.expired}", "order.vanished}"));
        String failure = only(shop.failures());
        assertTrue(
                failure.startsWith("a.test.yaml:11:25: step 3: no such log; the nearest is 'order.expired'"), failure);
    }

    @Test
    void aDeliveryMayComeFromAnotherSource() throws IOException {
        shop.write("b-kind.yaml", shop.read("kind.yaml").replace("kind: shop", "kind: b-shop"));
        shop.write(
                "b-note.yaml",
                shop.read("note.yaml")
                        .replace("shop.note\n", "b-shop.note\n")
                        .replace("kind: shop", "kind: b-shop")
                        .replace("at: ${payload.at}", "when: source == 'b2'"));
        shop.write("a.test.yaml", """
                apiVersion: contextcore.io/v1
                kind: shop
                tests:
                  - name: two sources
                    steps:
                      - {body: BODY, expect: {logCount: 1}}
                      - {kind: b-shop, source: b2, body: BODY, expect: {logCount: 1}}
                      - {kind: b-shop, body: BODY, expect: {ignored: when-false}}
                """.replace("BODY", BODY));
        assertEquals(List.of(), shop.failures());
    }

    @Test
    void anEarlierDeliveryThatIsRejectedFailsTheCase() throws IOException {
        write("before: [{body: {event: note, id: 1, price: cheap}}]\n    body: " + BODY, "{logCount: 1}");
        String failure = only(shop.failures());
        assertTrue(failure.startsWith("a.test.yaml:5:14: this earlier delivery was rejected: mapping"), failure);
    }

    private List<String> failures(String expect) throws IOException {
        return failures(BODY, expect);
    }

    private List<String> failures(String body, String expect) throws IOException {
        write("body: " + body, expect);
        return shop.failures();
    }

    private void write(String delivery, String expect) throws IOException {
        shop.write(
                "a.test.yaml",
                "apiVersion: contextcore.io/v1\nkind: shop\ntests:\n  - name: a case\n    " + delivery
                        + "\n    expect: " + expect + "\n");
    }

    private static String only(List<String> failures) {
        assertEquals(1, failures.size(), failures.toString());
        return failures.get(0);
    }
}
