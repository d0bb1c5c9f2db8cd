package io.contextcore.gateway.app.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sender is answered, and what of the headers and records a test leaves out or must not say. */
class ReplyCheckTest {

    @TempDir
    private Path folder;

    private SmallShop shop;

    @BeforeEach
    void aShopThatReplies() throws IOException {
        shop = new SmallShop(folder);
        shop.write("reply.yaml", """
                apiVersion: contextcore.io/v1
                mapping: shop.reply
                kind: shop
                events: [ask]
                learn: [{table: shop.asked, key: "${payload.id}", value: "yes"}]
                reply:
                  when: payload.id != 2
                  body: {id: "${payload.id}", before: "${learnt('shop.asked', payload.id, 'no')}"}
                """);
        shop.write("text.yaml", """
                apiVersion: contextcore.io/v1
                mapping: shop.text
                kind: shop
                events: [say]
                reply: {body: "Hello ${1 + payload.id}"}
                """);
    }

    @Test
    void aReplyIsComparedWhole() throws IOException {
        passes("{body: {event: ask, id: 1}, expect: {reply: {id: 1, before: no}}}".replace("no}", "\"no\"}"));
        assertEquals(
                List.of(
                        "a.test.yaml:4:70: the sender is answered otherwise:\n    reply.id  (line 4)\n      - 3\n      + 1"),
                failures(
                                "{name: x, steps: [{body: {event: ask, id: 1}, expect: {logCount: 0, reply: {id: 3, before: \"no\"}}}]}")
                        .stream()
                        .map(failure -> failure.replaceFirst("^(a.test.yaml:4):[0-9]+: step 1: ", "$1:70: "))
                        .toList());
        fails("{body: {event: ask, id: 1}, expect: {reply: {id: 1}}}", "reply.before");
    }

    @Test
    void itReadsWhatEarlierDeliveriesTaught() throws IOException {
        passes("{before: [{body: {event: ask, id: 1}}], body: {event: ask, id: 1},"
                + " expect: {reply: {id: 1, before: \"yes\"}}}");
    }

    @Test
    void nullMeansThatThereIsNone() throws IOException {
        passes("{body: {event: ask, id: 2}, expect: {reply: null}}");
        fails("{body: {event: ask, id: 1}, expect: {reply: null}}", "the sender is answered otherwise");
        fails("{body: {event: ask, id: 2}, expect: {reply: {id: 2}}}", "the sender is answered otherwise");
    }

    @Test
    void aTextIsComparedAsItIsSent() throws IOException {
        passes("{body: {event: say, id: 1}, expect: {ignored: when-false, reply: Hello 2}}");
        fails("{body: {event: say, id: 1}, expect: {ignored: when-false, reply: hello 2}}", "+ \"Hello 2\"");
    }

    @Test
    void aReplyThatFailsFailsTheCase() throws IOException {
        fails("{body: {event: say, id: a}, expect: {ignored: when-false}}", "the reply fails: ");
    }

    @Test
    void aReplyIsRewrittenWithItsKind() throws IOException {
        shop.write("a.test.yaml", head("{name: x, body: {event: ask, id: 1}, expect: {logCount: 0, reply: {id: 3}}}"));

        assertTrue(shop.update().results().stream().allMatch(CheckRun.Result::passed));

        assertEquals(
                head("{name: x, body: {event: ask, id: 1}, expect: {logCount: 0, reply: {id: 1, before: \"no\"}}}"),
                shop.read("a.test.yaml").replace("before: 'no'", "before: \"no\""));
    }

    @Test
    void recordsThatAFileACaseOrAStepLeavesOutDoNotCount() throws IOException {
        String expect = "expect: {exactly: true, logCount: 0, logs: []}";
        String body = "body: {event: note, id: 1}";
        fails("{" + body + ", " + expect + "}", "expected 0 logs, were 1: 'shop.noted'");
        passes("{" + body + ", without: [shop.noted], " + expect + "}");
        passes("{without: [shop.noted], steps: [{" + body + ", " + expect + "}]}");
        passes("{steps: [{" + body + ", without: [shop.noted], " + expect + "}]}");
        fails(
                "{steps: [{" + body + ", without: [shop.noted], " + expect + "}, {" + body + ", " + expect + "}]}",
                "step 2: expected 0 logs");
        shop.write(
                "a.test.yaml",
                head("{name: x, " + body + ", " + expect + "}").replace("tests:", "without: [shop.noted]\ntests:"));
        assertEquals(List.of(), shop.failures());
    }

    @Test
    void whatIsLeftOutMayStillBeExpected() throws IOException {
        passes(
                "{body: {event: note, id: 1}, without: [shop.noted], expect: {exactly: true, logs: [{event: shop.noted}]}}");
        fails(
                "{body: {event: note, id: 1}, without: [shop.noted], expect: {logs: [{event: shop.noted, severity: WARN}]}}",
                "severity");
    }

    @Test
    void aHeaderThatNothingReadsFailsTheCase() throws IOException {
        shop.write("kind.yaml", """
                apiVersion: contextcore.io/v1
                kind: shop
                verify: [{token: {header: X-Token}}]
                event: headers['x-event']
                delivery_id: headers['x-id']
                headers: [x-shop]
                """);
        String expect = "body: {id: 0}, expect: {ignored: when-false}}";
        passes("{headers: {X-Event: note, X-Id: d-1, X-Shop: a, X-Token: t, Content-Type: application/json}, "
                + expect);
        fails(
                "{headers: {X-Event: note, X-Shp: a}, " + expect,
                "nothing reads the header 'X-Shp' of the kind 'shop' (it keeps x-shop, nearest: x-shop)");
    }

    private void passes(String test) throws IOException {
        assertEquals(List.of(), failures(test.replaceFirst("\\{", "{name: x, ")));
    }

    private void fails(String test, String expected) throws IOException {
        List<String> failures = failures(test.replaceFirst("\\{", "{name: x, "));
        assertTrue(String.join("\n", failures).contains(expected), failures.toString());
    }

    private List<String> failures(String test) throws IOException {
        shop.write("a.test.yaml", head(test));
        return shop.failures();
    }

    private static String head(String test) {
        return "apiVersion: contextcore.io/v1\nkind: shop\ntests:\n  - " + test + "\n";
    }
}
