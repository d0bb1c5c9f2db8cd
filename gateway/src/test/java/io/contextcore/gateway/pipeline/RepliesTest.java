package io.contextcore.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.intake.Door;
import io.contextcore.gateway.intake.Verdict;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.mapping.Reply;
import io.contextcore.gateway.model.Deadline;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Facts;
import io.contextcore.gateway.testing.Caps;
import io.contextcore.gateway.testing.CountingMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RepliesTest {

    private static final Outcome KEPT = new Outcome.Accepted("shop//d1", true);
    private static final Reply REPLY = new Reply("text/plain", "here");

    @Test
    void aLateReplyIsTheUsualAcknowledgement() {
        CountDownLatch late = new CountDownLatch(1);
        CountingMetrics metrics = new CountingMetrics();
        try (Replies replies = new Replies(key -> null, metrics)) {
            Replying replying = new Replying(
                    (kind, event) -> true,
                    (delivery, facts) -> {
                        awaitQuietly(late);
                        return Optional.of(REPLY);
                    },
                    Duration.ofMillis(20));
            assertEquals(KEPT, answer(replies, replying));
            assertEquals(1, metrics.count(Metric.NOTES, "reply-late"));
            late.countDown();
        }
    }

    @Test
    void aBugInAReplyIsTheUsualAcknowledgementAndANote() {
        CountingMetrics metrics = new CountingMetrics();
        try (Replies replies = new Replies(key -> null, metrics)) {
            Replying replying = new Replying(
                    (kind, event) -> true,
                    (delivery, facts) -> {
                        throw new IllegalStateException("a bug");
                    },
                    Duration.ofSeconds(30));
            assertEquals(KEPT, answer(replies, replying));
            assertEquals(1, metrics.count(Metric.NOTES, "reply-failed"));
        }
    }

    @Test
    void onlyWhatIsWantedIsAskedFor() {
        try (Replies replies = new Replies(key -> null, Metrics.none())) {
            Replying replying = new Replying(
                    (kind, event) -> event.equals("refund"),
                    (delivery, facts) -> Optional.of(REPLY),
                    Duration.ofSeconds(30));
            assertEquals(KEPT, answer(replies, replying));
        }
    }

    @Test
    void onceItIsClosedThereAreNoReplies() {
        Replies replies = new Replies(key -> null, Metrics.none());
        replies.close();
        Replying replying =
                new Replying((kind, event) -> true, (delivery, facts) -> Optional.of(REPLY), Duration.ofSeconds(30));

        assertEquals(KEPT, answer(replies, replying));
    }

    @Test
    void itHasSoManyBytesAndNoMore() {
        Program program = RealShop.program("reply: {body: '${payload.text}'}", Caps.with("replyBytes", 3));

        assertEquals("abc", replied(program, "{\"text\":\"abc\"}", Deadline.none()));
        assertEquals("reply-too-large", replied(program, "{\"text\":\"abcd\"}", Deadline.none()));
    }

    @Test
    void itMayTakeAsLongAsTheLimitAndNotANanosecondMore() {
        Limits limits = Caps.with("replyTimeNanos", 1_000);
        Program program = RealShop.program("reply: {body: '${size(payload.map(x, x))}'}", limits);
        String body = "[" + "1,".repeat(99) + "1]";

        assertEquals("100", replied(program, body, passing(1_000, limits.replyTimeNanos())));
        assertEquals("reply-late", replied(program, body, passing(1_001, limits.replyTimeNanos())));
    }

    @Test
    void anErrorOfAnExpressionIsTheUsualAcknowledgementAndANote() {
        Program program = RealShop.program("reply: {body: '${1 + payload.text}'}", Limits.defaults());

        assertEquals("reply-failed", replied(program, "{\"text\":\"a\"}", Deadline.none()));
    }

    @Test
    void whatFindsTheQueueFullIsAcknowledgedAtOnce() {
        CountDownLatch late = new CountDownLatch(1);
        CountingMetrics metrics = new CountingMetrics();
        try (Replies replies = new Replies(key -> null, metrics)) {
            Replying replying = replying((delivery, facts) -> {
                awaitQuietly(late);
                return Optional.of(REPLY);
            });
            List<CompletableFuture<Outcome>> asked = Stream.generate(() -> ask(replies, replying))
                    .limit(Replies.QUEUE + 2L)
                    .toList();

            assertEquals(KEPT, asked.get(Replies.QUEUE + 1).join());
            assertEquals(1, metrics.count(Metric.NOTES, "reply-queue-full"));
            late.countDown();
            asked.subList(0, Replies.QUEUE + 1)
                    .forEach(answer -> assertEquals(new Outcome.Replied(KEPT, REPLY), answer.join()));
        }
    }

    @Test
    void aStopDoesNotWaitForWhatWaits() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        CountingMetrics metrics = new CountingMetrics();
        Replies replies = new Replies(key -> null, metrics);
        Replying replying = replying((delivery, facts) -> {
            begun.countDown();
            awaitQuietly(never);
            return Optional.of(REPLY);
        });
        CompletableFuture<Outcome> running = ask(replies, replying);
        awaitQuietly(begun);
        CompletableFuture<Outcome> waiting = ask(replies, replying);

        replies.close();

        assertEquals(KEPT, waiting.join());
        assertEquals(new Outcome.Replied(KEPT, REPLY), running.join());
        assertEquals(1, metrics.count(Metric.NOTES, "reply-stopped"));
    }

    private static Replying replying(BiFunction<Delivery, Facts, Optional<Reply>> maker) {
        return new Replying((kind, event) -> true, maker, Duration.ofSeconds(30));
    }

    /** The body of the reply; where there is none, the note. */
    private static String replied(Program program, String body, Deadline deadline) {
        CountingMetrics metrics = new CountingMetrics();
        try (Replies replies = new Replies(key -> null, metrics)) {
            Replying replying = replying((delivery, facts) -> program.reply(delivery, facts, deadline));
            Verdict verdict = RealShop.admit(new Door(Limits.defaults()), program, RealShop.request(body));
            Outcome outcome = replies.answer(replying, ((Verdict.Admitted) verdict).arrival(), 1, World.T0, KEPT)
                    .toCompletableFuture()
                    .join();
            if (outcome instanceof Outcome.Replied replied) {
                return replied.reply().body();
            }
            return Stream.of("reply-failed", "reply-late", "reply-too-large")
                    .filter(slug -> metrics.count(Metric.NOTES, slug) == 1)
                    .collect(Collectors.joining(" "));
        }
    }

    /** A deadline whose clock shows so much from its second reading on. */
    private static Deadline passing(long elapsed, long nanos) {
        AtomicBoolean begun = new AtomicBoolean();
        return Deadline.after(nanos, new Clock() {
            @Override
            public long epochNanos() {
                return World.T0;
            }

            @Override
            public long elapsedNanos() {
                return begun.getAndSet(true) ? elapsed : 0;
            }
        });
    }

    private static Outcome answer(Replies replies, Replying replying) {
        return ask(replies, replying).join();
    }

    private static CompletableFuture<Outcome> ask(Replies replies, Replying replying) {
        return replies.answer(replying, World.arrival("d1", "[]"), 1, World.T0, KEPT)
                .toCompletableFuture();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
