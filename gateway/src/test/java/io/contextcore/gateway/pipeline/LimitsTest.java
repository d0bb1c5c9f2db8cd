package io.contextcore.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.InvalidFiles;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.intake.Door;
import io.contextcore.gateway.intake.Verdict;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.model.Deadline;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.store.Commit.DeadLetter;
import io.contextcore.gateway.testing.Caps;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every limit holds at the limit, and one past it is told as the table in mappings/README.md says. */
class LimitsTest {

    private static final String ROOT = "io.contextcore.gateway.";
    private static final Pattern ROW =
            Pattern.compile("^\\| `limits\\.(\\w+)` \\|.*\\| `([^`]+)` \\|$", Pattern.MULTILINE);
    private static final long LIMIT_NANOS = 1_000_000;

    static Stream<LimitCase> tried() {
        return LimitCase.all().stream().filter(tried -> tried.elsewhere() == null);
    }

    static Stream<LimitCase> triedElsewhere() {
        return LimitCase.all().stream().filter(tried -> tried.elsewhere() != null);
    }

    @Test
    void everyLimitHasACaseAndARow() throws IOException {
        List<String> limits = Arrays.stream(Limits.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();

        assertEquals(limits, LimitCase.all().stream().map(LimitCase::name).toList());
        assertEquals(limits.stream().map(LimitsTest::setting).toList(), List.copyOf(rows().keySet()));
    }

    @ParameterizedTest
    @MethodSource("tried")
    void atTheLimitNothingIsToldAndOnePastItIs(LimitCase tried) throws IOException {
        String label = Objects.requireNonNull(rows().get(setting(tried.name())));

        List<String> at = tried.told(tried.at());
        List<String> past = tried.told(tried.past());

        assertFalse(at.contains(label), () -> at.toString());
        assertTrue(at.stream().noneMatch(told -> told.startsWith("limit-")), () -> at.toString());
        assertTrue(past.contains(label), () -> past.toString());
    }

    @ParameterizedTest
    @MethodSource("triedElsewhere")
    void whatIsTriedElsewhereIsTriedThere(LimitCase tried) throws ClassNotFoundException {
        String[] test = Objects.requireNonNull(tried.elsewhere()).split("#");

        assertTrue(
                Arrays.stream(Class.forName(ROOT + test[0]).getDeclaredMethods())
                        .anyMatch(method -> method.getName().equals(test[1]) && method.isAnnotationPresent(Test.class)),
                tried.elsewhere());
    }

    @Test
    void aDeliveryMayTakeAsLongAsTheLimitAndNotANanosecondMore() {
        assertNull(stepped(LIMIT_NANOS));

        DeadLetter dead = stepped(LIMIT_NANOS + 1);

        assertNotNull(dead);
        assertEquals("limit-time", dead.code());
        assertTrue(dead.error().contains("took longer than 1 ms"), dead.error());
    }

    /** An error of the left side could be made good by the right one; time that is over cannot. */
    private static @Nullable DeadLetter stepped(long elapsed) {
        Limits limits = Caps.with("timeNanos", LIMIT_NANOS);
        Program program = RealShop.program("logs: [{event: a, when: 'payload.list.all(x, true) || true'}]", limits);
        Clock clock = new Clock() {
            private long reading = -elapsed;

            @Override
            public long epochNanos() {
                return World.T0;
            }

            @Override
            public long elapsedNanos() {
                reading += elapsed;
                return Math.min(reading, elapsed);
            }
        };
        Stepper stepper = RealShop.stepper(program, limits, () -> Deadline.after(limits.timeNanos(), clock));
        Delivery delivery = delivery(program, "{\"list\": [" + "1,".repeat(99) + "1]}");
        return stepper.delivery(delivery, 0, key -> null).commit().deadLetter();
    }

    private static Delivery delivery(Program program, String body) {
        Verdict verdict = RealShop.admit(new Door(Limits.defaults()), program, RealShop.request(body));
        return RealShop.delivery(((Verdict.Admitted) verdict).arrival());
    }

    @Test
    void atTheCapOfFactsThoseThatAreKnownStillChange() {
        Limits limits = Caps.with("facts", 1);
        Program program = RealShop.program(
                "learn: [{table: shop.seen, for_each: payload.keys, as: k, key: '${k}', value: '${payload.value}'}]",
                limits);
        Rehearsal rehearsal = RealShop.rehearsal(program, limits);

        Stepped first = rehearsal
                .play(delivery(program, "{\"keys\": [\"a\"], \"value\": 1}"))
                .get(0);
        Stepped second = rehearsal
                .play(delivery(program, "{\"keys\": [\"a\", \"b\"], \"value\": 2}"))
                .get(0);

        assertEquals(List.of(), first.notes());
        assertEquals(List.of("facts-full"), second.notes());
        assertEquals(1, second.commit().rows().size());
    }

    @Test
    void anExpressionMayBeAsDeepAsTheLimitAndNotDeeper() {
        Limits limits = Caps.with("expressionDepth", 10);
        assertNotNull(RealShop.program(when(deep(10)), limits));

        InvalidFiles error = assertThrows(InvalidFiles.class, () -> RealShop.program(when(deep(11)), limits));

        assertEquals("CC0303", error.problems().get(0).code().code());
    }

    @Test
    void aLongExpressionIsAnErrorAndNoCrash() {
        for (String operator : List.of(" + ", " && ", " == ", " ? 1 : ")) {
            String chain = "1" + (operator + "1").repeat(12_000);
            InvalidFiles error =
                    assertThrows(InvalidFiles.class, () -> RealShop.program(when(chain), Limits.defaults()), operator);
            assertFalse(error.problems().isEmpty());
        }
    }

    /** An expression that nests so deep. */
    private static String deep(int depth) {
        return "lower(".repeat(depth - 1) + "payload" + ")".repeat(depth - 1);
    }

    private static String when(String condition) {
        return "vars: {deep: '" + condition + "'}\nlogs: [{event: a}]";
    }

    private static String setting(String component) {
        return component.replaceFirst("Nanos$", "").replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> rows() throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("..", "mappings", "README.md")));
        while (row.find()) {
            rows.put(row.group(1), row.group(2));
        }
        return rows;
    }
}
