package io.contextcore.gateway.lifecycle;

import static io.contextcore.gateway.lifecycle.Ages.DAY;
import static io.contextcore.gateway.lifecycle.Lives.HOUR;
import static io.contextcore.gateway.lifecycle.Lives.T0;
import static io.contextcore.gateway.lifecycle.Lives.order;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.lifecycle.Lives.SignalBuilder;
import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.LifecycleDefinition.Times;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.model.Timers.Purpose;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Histories by chance, with late words, ends, reopenings, slices, expiries, forgetting and joined keys. */
final class TimesPropertyTest {

    private static final List<String> KEYS = List.of("shop/1", "shop/2", "shop/3");

    @Test
    void no_span_id_comes_twice_and_phases_do_not_overlap() {
        Set<Note> seen = EnumSet.noneOf(Note.class);
        for (int seed = 0; seed < 300; seed++) {
            Lives lives = Ages.lives(new Times(DAY, 5 * DAY, 0, 20 * DAY, 400 * DAY));
            history(lives, new Random(seed));
            holds(lives.spans, seed);
            seen.addAll(lives.notes);
        }

        Set<Note> wanted = EnumSet.of(
                Note.PHASE_CLAMPED, Note.END_CLAMPED, Note.ADOPTED, Note.EXPIRED, Note.FORGOTTEN, Note.MOVED);
        assertTrue(seen.containsAll(wanted), () -> "the histories had only " + seen);
    }

    private static void history(Lives lives, Random random) {
        long now = T0;
        for (int i = 0; i < 60; i++) {
            now += random.nextInt(60) * HOUR / 2;
            wakeUntil(lives, now);
            lives.tell(word(random, now), now);
        }
        wakeUntil(lives, now + 10 * DAY);
    }

    private static SignalBuilder word(Random random, long now) {
        String key = KEYS.get(random.nextInt(KEYS.size()));
        long at = now - (random.nextInt(3) == 0 ? random.nextInt(80) * HOUR : 0);
        SignalBuilder word = order(key, at);
        switch (random.nextInt(8)) {
            case 0 -> word.start(at - random.nextInt(3) * HOUR);
            case 1 -> word.end(at - random.nextInt(9) * HOUR);
            case 2 -> word.end(null);
            case 3 -> word.says("order.told", "done").end(at);
            case 4 -> word.link("order", KEYS.get(random.nextInt(KEYS.size())));
            case 5 -> word.alias(random.nextInt(5) == 0 ? KEYS.get(random.nextInt(KEYS.size())) : "TEA-" + key);
            default ->
                word.start(at)
                        .says("order.told", List.of("new", "packed", "sent").get(random.nextInt(3)));
        }
        return word;
    }

    /** Runs the timers that are due, the earliest first. */
    private static void wakeUntil(Lives lives, long now) {
        for (int i = 0; i < 10_000; i++) {
            String key = null;
            Purpose purpose = null;
            long due = now;
            for (Row row : List.copyOf(lives.rows.values())) {
                for (Map.Entry<Purpose, Long> timer : row.timers().due().entrySet()) {
                    if (timer.getValue() <= due) {
                        key = row.key();
                        purpose = timer.getKey();
                        due = timer.getValue();
                    }
                }
            }
            if (key == null || purpose == null) {
                return;
            }
            lives.wake(key, purpose, now, true);
        }
        throw new AssertionError("timers without end");
    }

    private static void holds(List<Span> spans, int seed) {
        Set<String> ids = new HashSet<>();
        Map<String, Long> covered = new HashMap<>();
        for (Span span : spans) {
            assertTrue(ids.add(span.traceId() + span.spanId()), () -> "seed " + seed + ": twice " + span);
            assertTrue(span.end() >= span.start(), () -> "seed " + seed + ": ends before its start " + span);
            if (span.name().startsWith("order.status ")) {
                long from = covered.getOrDefault(span.traceId(), Long.MIN_VALUE);
                assertTrue(span.start() >= from, () -> "seed " + seed + ": overlaps " + span);
                covered.put(span.traceId(), span.end());
            }
        }
    }
}
