package io.contextcore.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.mapping.ProgramLoader;
import io.contextcore.gateway.model.Deadline;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Message.Bond;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Timers.Purpose;
import io.contextcore.gateway.store.Commit.DeadLetter;
import io.contextcore.gateway.store.Store.DueTimer;
import io.contextcore.gateway.store.Store.QueuedMessage;
import io.contextcore.gateway.testing.Caps;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A message between rows, or a timer, whose step has an error or takes too long: nothing stops, and sums stay right. */
class FailedMessageTest {

    private static final long MILLION = 1_000_000;
    private static final long LIMIT_NANOS = 1_000_000;
    private static final String MENDED = "string(after['order.sum'])";
    private static final String BROKEN = "after['order.sum'] + 'x'";
    private static final String LONG = "[" + "1, ".repeat(99) + "1].all(x, x != after['order.sum']) ? 'y' : 'n'";

    private final Map<String, Row> rows = new HashMap<>();

    @Test
    void aShareThatCannotBeToldIsKeptInTheSums() {
        Stepped failed = step(stepper(BROKEN), share("p", "a", Bond.JOINED, 3));

        assertEquals("untold", dead(failed).code());
        assertTrue(
                dead(failed).error().startsWith("mapping: order.yaml:"),
                dead(failed).error());
        assertEquals(List.of("untold"), failed.notes());
        assertEquals(List.of(), failed.emissions());
        assertEquals(7L, failed.commit().message(), "it leaves the queue");
        assertSums("p", 1, 3);

        Stepped mended = step(stepper(MENDED), share("p", "b", Bond.JOINED, 4));

        assertNull(mended.commit().deadLetter());
        assertSums("p", 2, 7);
    }

    @Test
    void whatGoesIsTakenFromTheSumsLikewise() {
        step(stepper(MENDED), share("p", "a", Bond.JOINED, 3));
        step(stepper(MENDED), share("p", "b", Bond.JOINED, 5));

        assertEquals(
                "untold",
                dead(step(stepper(BROKEN), share("p", "a", Bond.LEFT, -3))).code());

        assertSums("p", 1, 5);
    }

    @Test
    void whatAnotherOneHandsOverIsKept() {
        step(stepper(MENDED), share("p", "a", Bond.JOINED, 3));
        step(stepper(MENDED), share("former", "b", Bond.JOINED, 4));
        Instance former = (Instance) Objects.requireNonNull(rows.get("former"));
        Message absorb = new Message.Absorb(Reference.key("order", "p"), former, World.T0, World.T0, origin());

        assertEquals("untold", dead(step(stepper(BROKEN), absorb)).code());

        assertSums("p", 2, 7);
        assertEquals(List.of("former"), known("p").aliases());
    }

    @Test
    void aNameThatOthersWaitForIsAKeyThenToo() {
        Message waiting = signal(Reference.alias("order", "p"));
        step(stepper(MENDED), waiting);

        Stepped failed = step(stepper(BROKEN), share("p", "a", Bond.JOINED, 3));

        assertSums("p", 1, 3);
        assertEquals(1, failed.commit().messages().size(), "what waited is for the instance");
    }

    @Test
    void whatBringsNoSumsDiesAsAWhole() {
        step(stepper(MENDED), share("p", "a", Bond.JOINED, 3));
        Message ended = new Message.ParentEnded(Reference.key("order", "p"), "over", World.T0, World.T0, origin());

        Stepped failed = step(stepper(BROKEN), ended);

        assertEquals("mapping", dead(failed).code());
        assertEquals(List.of(), failed.commit().rows());
        assertEquals(List.of(), failed.notes());
    }

    @Test
    void aMessageMayTakeAsLongAsTheLimitAndNotANanosecondMore() {
        assertNull(step(slow(LIMIT_NANOS), share("p", "a", Bond.JOINED, 3))
                .commit()
                .deadLetter());

        Stepped late = step(slow(LIMIT_NANOS + 1), share("p", "b", Bond.JOINED, 4));

        assertEquals("untold", dead(late).code());
        assertTrue(dead(late).error().startsWith("limit-time: "), dead(late).error());
        assertSums("p", 2, 7);
    }

    @Test
    void aTimerMayTakeAsLongAsTheLimitAndNotANanosecondMore() {
        step(stepper(MENDED), signal(Reference.key("order", "p")));
        long due = Objects.requireNonNull(known("p").timers().due().get(Purpose.ADOPT));
        DueTimer timer = new DueTimer(due, Purpose.ADOPT, "p");

        assertNull(slow(LIMIT_NANOS).timer(timer, due, 0, rows::get).commit().deadLetter());
        Stepped late = slow(LIMIT_NANOS + 1).timer(timer, due, 0, rows::get);

        assertEquals("limit-time", dead(late).code());
        long again = Objects.requireNonNull(
                late.commit().rows().get(0).timers().due().get(Purpose.ADOPT));
        assertTrue(again > due, "it is tried again");
    }

    /** Two rules look at a hundred elements each: what the first has taken is not there for the second. */
    @Test
    void theExpressionsOfOneStepShareTheirBudget() {
        Message share = share("p", "a", Bond.JOINED, 3);
        int least = IntStream.rangeClosed(1, 1_000)
                .filter(budget -> within(budget, share).commit().deadLetter() == null)
                .findFirst()
                .orElseThrow();

        assertTrue(least >= 200, () -> "two hundred elements take " + least);
        DeadLetter past = dead(within(least - 1, share));
        assertEquals("untold", past.code());
        assertTrue(past.error().startsWith("limit-iterations: "), past.error());
    }

    private Stepped within(int iterations, Message message) {
        Limits limits = Caps.with("iterations", iterations);
        return RealShop.stepper(program(LONG, LONG), limits, Deadline::none)
                .message(new QueuedMessage(7, message), World.T0, key -> null);
    }

    private Stepped step(Stepper stepper, Message message) {
        Stepped stepped = stepper.message(new QueuedMessage(7, message), World.T0, rows::get);
        stepped.commit().rows().forEach(row -> rows.put(row.key(), row));
        return stepped;
    }

    private static Stepper stepper(String derive) {
        return RealShop.stepper(program(derive, "'-'"), Limits.defaults(), Deadline::none);
    }

    /** Whatever is done takes so long. */
    private static Stepper slow(long elapsed) {
        Clock clock = new Clock() {
            private boolean begun;

            @Override
            public long epochNanos() {
                return World.T0;
            }

            @Override
            public long elapsedNanos() {
                long reading = begun ? elapsed : 0;
                begun = true;
                return reading;
            }
        };
        return RealShop.stepper(program(MENDED, "'-'"), Limits.defaults(), () -> Deadline.after(LIMIT_NANOS, clock));
    }

    private static Program program(String first, String second) {
        return ProgramLoader.load(
                Map.of("conventions.yaml", """
                        apiVersion: contextcore.io/v1
                        conventions:
                          order.first: {type: string, meaning: One., stability: stable}
                          order.second: {type: string, meaning: Another., stability: stable}
                          order.code: {type: int, meaning: Its number., stability: stable}
                          order.sum: {type: int, meaning: Sum of numbers., stability: stable}
                        """, "order.yaml", """
                        apiVersion: contextcore.io/v1
                        lifecycle: order
                        span: {name: an order, root: anchor}
                        rollup: {order.sum: "child['order.code']"}
                        derive:
                          order.first: "%s"
                          order.second: "%s"
                        """.replaceFirst("%s", first)
                        .replaceFirst("%s", second)),
                (source, name) -> Optional.empty(),
                Limits.defaults());
    }

    private static Origin origin() {
        return new Origin("shop", "shop//d1", 1, "child", 1, 1);
    }

    private static Message share(String parent, String child, Bond bond, long code) {
        return new Message.Share(
                Reference.key("order", parent),
                Reference.key("order", child),
                bond,
                false,
                Collections.emptySortedMap(),
                new TreeMap<>(Map.of("order.sum", code * MILLION)),
                World.T0,
                World.T0,
                origin());
    }

    private static Signal signal(Reference target) {
        return new Signal(
                target,
                World.T0,
                null,
                null,
                null,
                null,
                null,
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(),
                List.of(),
                World.T0,
                origin());
    }

    private void assertSums(String key, long members, long sum) {
        assertEquals(members, known(key).kin().members());
        assertEquals(sum * MILLION, known(key).kin().sums().get("order.sum"));
    }

    private Instance known(String key) {
        return (Instance) Objects.requireNonNull(rows.get(key));
    }

    private static DeadLetter dead(Stepped stepped) {
        return Objects.requireNonNull(stepped.commit().deadLetter());
    }
}
