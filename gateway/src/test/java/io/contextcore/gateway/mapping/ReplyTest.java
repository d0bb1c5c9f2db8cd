package io.contextcore.gateway.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Bound;
import io.contextcore.gateway.model.Deadline;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Facts;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplyTest {

    private static Optional<Reply> reply(String rest, String body) {
        return Shop.mapping(rest).reply(Shop.delivery(body), Facts.none(), Deadline.none());
    }

    private static Optional<Reply> json(String body) {
        return Optional.of(new Reply("application/json", body));
    }

    private static Optional<Reply> text(String body) {
        return Optional.of(new Reply("text/plain; charset=utf-8", body));
    }

    @Test
    void aTreeOfTemplatesIsSentAsJson() {
        assertEquals(
                json("{\"order\":{\"id\":7,\"name\":\"order 7\",\"tags\":[\"a\",true,null],\"all\":[1,{\"x\":2}]}}"),
                reply("""
                        vars: {id: payload.id}
                        reply:
                          body:
                            order:
                              id: ${id}
                              name: order ${id}
                              gone: ${payload.nothing}
                              tags: [a, true, "${payload.gone}", "${payload.none}"]
                              all: ${payload.all}
                        """, "{'id': 7, 'none': null, 'all': [1, {'x': 2}]}"));
    }

    @Test
    void oneTemplateIsSentAsTheTextThatItYields() {
        assertEquals(text("order 7"), reply("reply: {body: \"order ${payload.id}\"}\n", "{'id': 7}"));
        assertEquals(Optional.empty(), reply("reply: {body: \"${payload.id}\"}\n", "{}"));
        assertEquals(Optional.empty(), reply("reply: {body: \"${payload.id}\"}\n", "{'id': null}"));
    }

    @Test
    void oneTemplateThatYieldsNoTextIsSentAsJson() {
        assertEquals(json("{\"x\":2}"), reply("reply: {body: \"${payload.id}\"}\n", "{'id': {'x': 2}}"));
        assertEquals(json("7"), reply("reply: {body: \"${payload.id}\"}\n", "{'id': 7}"));
    }

    @Test
    void itsMediaTypeCanBeSaid() {
        assertEquals(
                Optional.of(new Reply("text/html; charset=utf-8", "<b>7</b>")),
                reply(
                        "reply: {content_type: text/html; charset=utf-8, body: \"<b>${payload.id}</b>\"}\n",
                        "{'id': 7}"));
    }

    @Test
    void timesAreTextAndQuotesAreEscaped() {
        assertEquals(
                json("{\"at\":\"2026-03-01T00:00:00Z\",\"says\":\"a \\\"b\\\"\\n\"}"),
                reply(
                        "reply: {body: {at: \"${time(payload.at)}\", says: \"${payload.says}\"}}\n",
                        "{'at': '2026-03-01T01:00:00+01:00', 'says': 'a \\\"b\\\"\\n'}"));
    }

    @Test
    void itReadsWhatWasLearnt() {
        Program program = Shop.mapping("""
                learn: [{table: shop.names, key: "${payload.id}", value: "${payload.name}"}]
                reply: {body: "Hello ${learnt('shop.names', payload.id)}"}
                """);
        Facts facts = (table, key) -> table.equals("shop.names") && key.equals("7") ? AttributeValue.of("Ada") : null;

        assertEquals(
                text("Hello Ada"), program.reply(Shop.delivery("{'id': 7, 'name': 'Eve'}"), facts, Deadline.none()));
    }

    @Test
    void thereIsNoneWhereTheMappingDoesNotWantTheDelivery() {
        String rest = "when: payload.id > 1\nignore: [{when: payload.id > 5, reason: big}]\n"
                + "reply: {when: payload.id != 3, body: \"yes ${payload.id}\"}\n";

        assertEquals(text("yes 2"), reply(rest, "{'id': 2}"));
        assertEquals(Optional.empty(), reply(rest, "{'id': 1}"));
        assertEquals(Optional.empty(), reply(rest, "{'id': 3}"));
        assertEquals(Optional.empty(), reply(rest, "{'id': 6}"));
    }

    @Test
    void theFirstMappingThatHasOneAnswers() {
        Program program = Shop.load(Shop.files(
                "a.yaml",
                Shop.order("reply: {when: payload.id == 1, body: one}\n").replace("shop.order", "shop.a"),
                "b.yaml",
                Shop.order("reply: {body: other}\n").replace("shop.order", "shop.b")));

        assertEquals(text("one"), program.reply(Shop.delivery("{'id': 1}"), Facts.none(), Deadline.none()));
        assertEquals(text("other"), program.reply(Shop.delivery("{'id': 2}"), Facts.none(), Deadline.none()));
    }

    @Test
    void onlyEventsWithAReplyAreWorthAsking() {
        Program program = Shop.mapping("reply: {body: yes}\n".replace("yes", "here"));

        assertTrue(program.replies("shop", "order"));
        assertFalse(program.replies("shop", "refund"));
        assertFalse(program.replies("other", "order"));
    }

    @Test
    void itsSizeIsCountedInBytesOfUtf8() {
        int most = Limits.defaults().replyBytes();
        String rest = "reply: {body: \"${payload.text}\"}\n";
        String fits = "ü" + "x".repeat(most - 2);

        assertEquals(text(fits), reply(rest, "{'text': '" + fits + "'}"));
        assertTooLarge(rest, "{'text': '" + fits + "x'}");
    }

    @Test
    void whatIsManyTimesTooLargeIsNotWritten() {
        assertTooLarge(
                "vars: {long: payload.text}\nreply: {body: {all: \"${payload.list.map(x, long)}\"}}\n",
                "{'text': '" + "x".repeat(60_000) + "', 'list': [" + "1,".repeat(5_000) + "1]}");
    }

    private static void assertTooLarge(String rest, String body) {
        EvaluationException error = assertThrows(EvaluationException.class, () -> reply(rest, body));
        assertEquals(Bound.REPLY_BYTES, error.bound());
        assertTrue(error.tell().contains("the reply has more than 65536 bytes"), error.tell());
    }

    @Test
    void whatIsNoMediaTypeIsAProblem() {
        assertEquals(
                List.of("order.yaml:5:23: content_type: 'json' does not fit (expected a media type such as"
                        + " application/json)"),
                Shop.problems("order.yaml", Shop.order("reply: {content_type: json, body: here}\n")));
    }
}
