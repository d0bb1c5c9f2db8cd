package io.contextcore.gateway.app.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each file is compared byte by byte with what it must become; then its cases must pass. */
class UpdateTest {

    private static final String HEAD = """
            # Ours.
            apiVersion: contextcore.io/v1
            kind:   shop   # odd spacing
            tests:

              # The first.
              - name: "ünïcödé \\U0001F600 case"
                body: {"event": "note",   "id": 7,
                  "at": "2025-12-31T10:00:00Z", "price": 3, "tags": [b, a]}
            """;
    private static final String TAIL = """

              # The second: stays as it is.
              - name: fine
                body: {event: note, id: 0}
                expect: {  ignored: 'when-false'  }   # fine
            """;

    @TempDir
    private Path folder;

    private SmallShop shop;

    @BeforeEach
    void aSmallShop() throws IOException {
        shop = new SmallShop(folder);
    }

    @Test
    void wrongValuesAreReplacedAloneAndCommentsBetweenThemStay() throws IOException {
        becomes("""
                    expect:
                      # Why it is so.
                      logs:
                        - event: shop.noted   # the name
                          severity: 'WARN'    # the severity
                          time: 2025-12-31T10:00:00Z
                          attributes: {shop.price: 4, shop.tags: [a,
                             b]}
                """, """
                    expect:
                      # Why it is so.
                      logs:
                        - event: shop.noted   # the name
                          severity: INFO    # the severity
                          time: 2025-12-31T10:00:00Z
                          attributes: {shop.price: 3.0, shop.tags: [b,
                             a]}
                """);
    }

    @Test
    void aRecordTooManyIsTakenOutAndTheOthersNameTheSameFields() throws IOException {
        becomes("""
                    expect:
                      logs:
                        - {event: shop.noted, attributes: {shop.price: 4}}
                        - {event: shop.other}
                """, """
                    expect:
                      logs:
                        - {event: shop.noted, attributes: {shop.price: 3.0}}
                """);
    }

    @Test
    void aCountIsCorrected() throws IOException {
        becomes("    expect: {contains: {logCount: 2}}  # c\n", "    expect: {contains: {logCount: 1}}  # c\n");
    }

    @Test
    void aRecordThatIsNotThereAtAllBecomesACount() throws IOException {
        becomes(
                "    expect:\n      spans:\n        - name: order\n    # after\n",
                "    expect:\n      spanCount: 0\n    # after\n");
    }

    @Test
    void exactlyListsWhatCameOutBeside() throws IOException {
        becomes(
                "    expect: {exactly: true, logs: []}\n",
                "    expect: {exactly: true, logs: [{event: shop.noted, time: 2025-12-31T10:00:00Z}]}\n");
    }

    @Test
    void whatIsOfAnotherKindNowStaysAndFails() throws IOException {
        staysAndFails(HEAD + "    expect:\n      ignored: no-mapping\n", "spans and logs");
        staysAndFails(HEAD.replace("\"id\": 7", "\"id\": 0") + "    expect: {logCount: 1}\n", "ignored");
        staysAndFails(HEAD.replace("\"price\": 3", "\"price\": [1]") + "    expect: {logCount: 1}\n", "rejected");
        staysAndFails(
                HEAD.replace("\"price\": 3", "\"price\": [1]") + "    expect: {equals: {logs: []}}\n", "rejected");
    }

    private void staysAndFails(String text, String kind) throws IOException {
        shop.write("a.test.yaml", text + TAIL);

        CheckRun.Report report = shop.update();

        assertEquals(text + TAIL, shop.read("a.test.yaml"));
        assertEquals(Set.of(), report.rewritten());
        String told = report.results().get(0).failures().toString();
        assertTrue(told.contains("not rewritten, since it is of another kind now: " + kind), told);
    }

    @Test
    void anotherReasonOfTheSameKindIsRewritten() throws IOException {
        String test = HEAD.replace("\"id\": 7", "\"id\": 0");
        rewritten(
                test + "    expect: {ignored: no-mapping}\n" + TAIL,
                test + "    expect: {ignored: when-false}\n" + TAIL);
    }

    @Test
    void whatDoesNotCountIsNotWritten() throws IOException {
        becomes(
                "    without: [shop.noted]\n    expect: {exactly: true, logCount: 4, logs: []}\n",
                "    without: [shop.noted]\n    expect: {exactly: true, logCount: 0, logs: []}\n");
    }

    @Test
    void anEmptyExpectationIsFilled() throws IOException {
        String whole = """
                    expect:
                      equals:
                        spans: []
                        logs:
                          - event: shop.noted
                            time: 2025-12-31T10:00:00Z
                            observed: 2026-01-01T00:00:00Z
                            severity: INFO
                            attributes: {event_name: shop.noted, shop.price: 3.0, shop.tags: [b, a]}
                            body: {event_name: shop.noted, shop.price: 3.0, shop.tags: [b, a]}
                """;
        becomes("    expect: {}\n", whole);
    }

    @Test
    void anEmptyExpectationBecomesOfTheKindThatCameOut() throws IOException {
        String test = HEAD.replace("\"id\": 7", "\"id\": 0");
        rewritten(test + "    expect: {}\n" + TAIL, test + "    expect:\n      ignored: when-false\n" + TAIL);
    }

    @Test
    void eachStepHasItsOwnExpectation() throws IOException {
        String steps = """
                apiVersion: contextcore.io/v1
                kind: shop
                tests:
                  - name: both
                    steps:
                      - {body: {event: order, id: 1, at: 2026-01-01T00:00:00Z, price: 1}, expect: {spans: [{name: %s}]}}
                      - {until: 2026-01-03T00:00:00Z, expect: {logs: [{event: %s}]}} # end
                """;
        rewritten(
                String.format(Locale.ROOT, steps, "x", "y"),
                String.format(Locale.ROOT, steps, "order", "order.expired"));
    }

    @Test
    void whatPassesIsNotTouched() throws IOException {
        String text = HEAD + "    expect: { logCount:   1 }\r\n" + TAIL;
        shop.write("a.test.yaml", text);
        assertEquals(Set.of(), shop.update().rewritten());
        assertEquals(text, shop.read("a.test.yaml"));
    }

    private void becomes(String expect, String renewed) throws IOException {
        rewritten(HEAD + expect + TAIL, HEAD + renewed + TAIL);
    }

    private void rewritten(String before, String after) throws IOException {
        shop.write("a.test.yaml", before);
        CheckRun.Report report = shop.update();
        assertEquals(after, shop.read("a.test.yaml"));
        assertEquals(Set.of(folder.resolve("a.test.yaml")), report.rewritten());
        assertTrue(
                report.results().stream().allMatch(CheckRun.Result::passed),
                report.results().toString());
    }
}
