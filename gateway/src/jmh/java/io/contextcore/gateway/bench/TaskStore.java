package io.contextcore.gateway.bench;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.lifecycle.LifecycleEngine;
import io.contextcore.gateway.lifecycle.StepResult;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.store.Commit;
import io.contextcore.gateway.store.RocksStore;
import io.contextcore.gateway.store.Settled;
import io.contextcore.gateway.store.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * A store on disk, set up as in production, full of open tasks: families of a parent and its children. All that they told
 * each other and the tally has arrived, all is in table files, and compaction has nothing left to do.
 */
final class TaskStore implements AutoCloseable {

    private static final StoreSettings SETTINGS = StoreSettings.defaults();
    private static final int ROWS_PER_COMMIT = 2_000;
    private static final int ROWS_PER_LINE = 100_000;

    private final LifecycleEngine engine;
    private final Path folder;
    private final int familySize;
    /** Tasks that were told of an odd number of times. */
    private final BitSet odd = new BitSet();

    private RocksStore store;
    private long sequence;

    private TaskStore(int open, int familySize) throws IOException, RocksDBException {
        Program program = IssueFixture.program();
        this.engine = new LifecycleEngine(program.lifecycles(), program.conventions(), Limits.defaults());
        this.folder = Files.createTempDirectory("contextcore-bench");
        this.familySize = familySize;
        this.store = open();
        fill(open);
        store.close();
        Settled.settle(folder, SETTINGS);
        this.store = open();
    }

    /** @param familySize the first of so many tasks is the parent of the others */
    static TaskStore filled(int open, int familySize) throws IOException, RocksDBException {
        return new TaskStore(open, familySize);
    }

    private RocksStore open() {
        return RocksStore.open(
                folder,
                Clock.system(),
                SETTINGS,
                bytes -> {
                    throw new AssertionError("no delivery is read");
                },
                Metrics.none());
    }

    /** Families are stepped side by side, in memory; the tally then counts all of them. */
    private void fill(int open) {
        Map<String, Row> tallies = new HashMap<>();
        int families = (open + familySize - 1) / familySize;
        int atOnce = Math.max(1, ROWS_PER_COMMIT / familySize);
        for (int from = 0; from < families; from += atOnce) {
            List<Family> born = IntStream.range(from, Math.min(families, from + atOnce))
                    .parallel()
                    .mapToObj(family -> family(family * familySize, open))
                    .toList();
            List<Row> rows = new ArrayList<>();
            for (Family family : born) {
                rows.addAll(family.rows());
                family.counts().forEach(count -> step(tallies, count));
            }
            long done = Math.min(open, (long) (from + atOnce) * familySize);
            commit(Tasks.at(done), rows);
            if (done % ROWS_PER_LINE == 0) {
                System.out.println("# " + done + " of " + open + " open tasks");
            }
        }
        sequence = open;
        commit(Tasks.at(sequence), List.copyOf(tallies.values()));
    }

    /** @param counts what it told the tally */
    private record Family(List<Row> rows, List<Message.Count> counts) {}

    private Family family(int parent, int open) {
        Map<String, Row> rows = new HashMap<>();
        List<Message.Count> counts = new ArrayList<>();
        for (int number = parent; number < Math.min(open, parent + familySize); number++) {
            Deque<Message> waiting = new ArrayDeque<>(List.of(signal(number + 1, number, "pending", 1)));
            while (!waiting.isEmpty()) {
                Message message = waiting.remove();
                if (message instanceof Message.Count count) {
                    counts.add(count);
                } else {
                    waiting.addAll(step(rows, message));
                }
            }
        }
        return new Family(List.copyOf(rows.values()), counts);
    }

    private List<Message> step(Map<String, Row> rows, Message message) {
        StepResult result = engine.step(rows.get(message.addressee()), message, Tasks.at(message.origin().sequence()));
        @Nullable Row row = result.row();
        if (row == null) {
            throw new AssertionError("nothing is kept of " + message);
        }
        rows.put(row.key(), row);
        return result.messages();
    }

    /** The next change of a task: always another status, and other points. */
    Signal change(int number) {
        odd.flip(number);
        boolean flipped = odd.get(number);
        return signal(++sequence, number, flipped ? "in_progress" : "in_review", flipped ? 2 : 1);
    }

    private Signal signal(long at, int number, String status, double points) {
        int parent = number / familySize * familySize;
        return Tasks.signal(at, number, parent == number ? null : parent, status, points);
    }

    /** A message, and the row of its addressee. */
    record Change(Message message, @Nullable Row row, long now) {}

    /** The next changes of tasks, whose rows are read from the store. */
    List<Change> read(IntStream numbers) {
        commit(Tasks.at(sequence), List.of());
        return numbers.mapToObj(this::read).toList();
    }

    private Change read(int number) {
        Signal change = change(number);
        return new Change(change, store.row(change.addressee()), Tasks.at(sequence));
    }

    /** The lifecycle's own part: a function of the row, the message and the time. */
    StepResult lifecycleStep(Change change) {
        return engine.step(change.row(), change.message(), change.now());
    }

    /** Reads, steps and writes one row. */
    List<Message> step(Message message) {
        long now = Tasks.at(sequence);
        StepResult result = engine.step(store.row(message.addressee()), message, now);
        commit(now, result.row() == null ? List.of() : List.of(result.row()));
        return result.messages();
    }

    /**
     * The same with all that follows.
     *
     * @return the number of steps
     */
    int stepAll(Message first) {
        Deque<Message> waiting = new ArrayDeque<>(List.of(first));
        int steps = 0;
        while (!waiting.isEmpty()) {
            waiting.addAll(step(waiting.remove()));
            steps++;
        }
        return steps;
    }

    private void commit(long now, List<Row> rows) {
        store.commit(new Commit(now, null, null, rows, List.of(), List.of(), List.of(), null));
    }

    @Override
    public void close() throws IOException {
        store.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
