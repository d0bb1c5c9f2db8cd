package io.contextcore.gateway.pipeline;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.intake.Door;
import io.contextcore.gateway.intake.IntakeRequest;
import io.contextcore.gateway.intake.Verdict;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.testing.Caps;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How a limit is tried.
 *
 * @param cap that is set
 * @param mapping the rest of a mapping of the shop's orders
 * @param at a body that just fits
 * @param past one that has one more of it
 * @param elsewhere {@code package.Class#method} of the test that tries it, where one body cannot
 */
record LimitCase(
        String name,
        long cap,
        String mapping,
        String at,
        String past,
        @Nullable String elsewhere) {

    private static final String TRACE = "0123456789abcdef0123456789abcdef";

    static List<LimitCase> all() {
        return List.of(
                door("bodyBytes", 20, "[" + " ".repeat(18) + "]", "[" + " ".repeat(19) + "]"),
                door("bodyDepth", 3, "[[[]]]", "[[[[]]]]"),
                door("bodyTokens", 5, "[1,2,3]", "[1,2,3,4]"),
                door("nameChars", 20, "{\"" + "n".repeat(20) + "\":1}", "{\"" + "n".repeat(21) + "\":1}"),
                door("stringChars", 3, "[\"abc\"]", "[\"abcd\"]"),
                door("numberChars", 3, "[123]", "[1234]"),
                elsewhere("calls", "intake.CallsTest#aListMayHaveAsManyCallsAsTheLimitAndNotOneMore"),
                elsewhere("headerBytes", "server.IntakeLimitsTest#headersOverTheCapAreRefused"),
                elsewhere("inFlightBytes", "server.IntakeLimitsTest#theBudgetHoldsAtItsLimitAndNotOnePast"),
                elsewhere("connections", "server.ConnectionsTest#oneConnectionMoreThanMayBeIsClosedUnanswered"),
                elsewhere(
                        "addressConnections",
                        "server.ConnectionsTest#oneConnectionMoreOfAnAddressThanMayBeIsClosedUnanswered"),
                elsewhere("headTimeNanos", "server.ConnectionsTest#aHeadThatComesDropByDropIsNotWaitedFor"),
                elsewhere("bodyTimeNanos", "server.ConnectionsTest#aBodyThatComesDropByDropIsNotWaitedFor"),
                elsewhere("idleTimeNanos", "server.ConnectionsTest#theNextHeadMayTakeAsLongAsAConnectionMayIdle"),
                elsewhere("addressRequests", "server.ConnectionsTest#anAddressThatSendsTooMuchIsToldSo"),
                elsewhere("sourceRequests", "intake.RateTest#theDoorCountsOnlyWhatIsVerified"),
                elsewhere("addresses", "intake.RateTest#namesPastTheMostShareOneCount"),
                elsewhere("clockSkewNanos", "intake.SignedTokenTest#aTokenMayBeOffByTheSkewAndNotMore"),
                step("iterations", 20, "logs: [{event: a, when: 'payload.list.all(x, true)'}]", 20),
                step("resultChars", 20, "logs: [{event: a, when: 'size(join(payload.list, \"\")) > 0'}]", 20),
                new LimitCase(
                        "attributeChars",
                        3,
                        "logs: [{event: a, attributes: {order.id: '${payload.text}'}}]",
                        "{\"text\":\"abc\"}",
                        "{\"text\":\"abcd\"}",
                        null),
                new LimitCase(
                        "attributes",
                        1,
                        "logs: [{event: a, attributes: {order.id: '${payload.id}', order.code: '${payload.code}'}}]",
                        "{\"id\":\"1\"}",
                        "{\"id\":\"1\",\"code\":1}",
                        null),
                step(
                        "spansPerDelivery",
                        3,
                        "spans: [{for_each: payload.list, trace_id: " + TRACE + ", span_id: 0123456789abcdef, name: a,"
                                + " start: \"2026-01-01\", end: \"2026-01-01\"}]",
                        3),
                step("logsPerDelivery", 3, "logs: [{for_each: payload.list, event: a}]", 3),
                step(
                        "messagesPerDelivery",
                        3,
                        "lifecycles: [{for_each: payload.list, lifecycle: order, key: '${text(item)}'}]",
                        3),
                new LimitCase(
                        "setMembers",
                        1,
                        "lifecycles: [{lifecycle: order, key: k, sets: {order.held_by: {a: '${payload.a}', b: '${payload.b}'}}}]",
                        "{\"a\":true}",
                        "{\"a\":true,\"b\":true}",
                        null),
                step(
                        "aliases",
                        3,
                        "lifecycles: [{for_each: payload.list, lifecycle: order, key: k, aliases: ['a${item}']}]",
                        3),
                step(
                        "links",
                        3,
                        "lifecycles: [{lifecycle: order, key: k, start: '2026-03-01T00:00:00Z', links: [{for_each:"
                                + " payload.list, lifecycle: order, key: 'k${item}'}]}]",
                        3),
                step("waitingSignals", 3, "lifecycles: [{for_each: payload.list, lifecycle: order, alias: a}]", 3),
                elsewhere("hops", "pipeline.SequencerTest#aMessageBeyondTheHopLimitDies"),
                elsewhere("children", "lifecycle.ChildrenTest#atTheCapAllAreListedAndOnePastItIsNot"),
                elsewhere(
                        "tallyGroups", "lifecycle.TallyTest#atTheCapGroupsAreWholeAndOnePastItIsCountedWithTheSurplus"),
                elsewhere("tombstones", "pipeline.TombstoneCapTest#oneMoreThanTheCapIsForgottenForGood"),
                step(
                        "facts",
                        3,
                        "learn: [{table: shop.seen, for_each: payload.list, key: '${text(item)}', value: 1}]",
                        3),
                elsewhere("timeNanos", "pipeline.LimitsTest#aDeliveryMayTakeAsLongAsTheLimitAndNotANanosecondMore"),
                elsewhere("expressionDepth", "pipeline.LimitsTest#anExpressionMayBeAsDeepAsTheLimitAndNotDeeper"),
                elsewhere("replyBytes", "pipeline.RepliesTest#itHasSoManyBytesAndNoMore"),
                elsewhere("replyTimeNanos", "pipeline.RepliesTest#itMayTakeAsLongAsTheLimitAndNotANanosecondMore"));
    }

    private static LimitCase door(String name, long cap, String at, String past) {
        return new LimitCase(name, cap, "logs: [{event: a}]", at, past, null);
    }

    private static LimitCase step(String name, long cap, String mapping, int fits) {
        return new LimitCase(name, cap, mapping, list(fits), list(fits + 1), null);
    }

    private static LimitCase elsewhere(String name, String test) {
        return new LimitCase(name, 1, "", "", "", test);
    }

    /** Single digits, so that joined they are as long as the list. */
    private static String list(int count) {
        return "{\"list\":" + IntStream.range(0, count).map(i -> i % 10).boxed().toList() + "}";
    }

    /** Why the body is refused, else what its steps are counted as: dead letters and notes. */
    List<String> told(String body) {
        Limits limits = Caps.with(name, cap);
        Program program = RealShop.program(mapping, limits);
        IntakeRequest request = RealShop.request(body);
        Verdict verdict = RealShop.admit(new Door(limits), program, request);
        if (verdict instanceof Verdict.Refused refused) {
            return List.of(refused.reason().slug());
        }
        return RealShop.rehearsal(program, limits)
                .play(RealShop.delivery(((Verdict.Admitted) verdict).arrival()))
                .stream()
                .flatMap(step -> Optional.ofNullable(step.commit().deadLetter())
                        .map(dead -> List.of(dead.code()))
                        .orElse(Collections.unmodifiableList(step.notes()))
                        .stream())
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
