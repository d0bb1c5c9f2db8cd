package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.app.check.Replay;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.model.Delivery;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Writes what differs between two replays, delivery by delivery, and on standard error how far they are. */
final class ReplayReport {

    /** Takes some seconds. */
    private static final int PROGRESS = 10_000;

    private final PrintWriter out;
    private final PrintWriter err;
    private final int show;
    private long deliveries;
    private long different;

    ReplayReport(PrintWriter out, PrintWriter err, int show) {
        this.out = out;
        this.err = err;
        this.show = show;
    }

    boolean isSame() {
        return different == 0;
    }

    /** What came out of both; the order within a delivery does not matter. */
    void delivery(Delivery delivery, List<String> before, List<String> after) {
        deliveries++;
        progress();
        List<String> gone = without(before, after);
        List<String> come = without(after, before);
        if (gone.isEmpty() && come.isEmpty()) {
            return;
        }
        different++;
        if (different <= show) {
            out.println(Plain.text(delivery.id()) + "  " + Nanos.toInstant(delivery.receivedNanos()) + "  "
                    + Plain.text(delivery.event()));
            gone.forEach(line -> out.println("  - " + Plain.text(line)));
            come.forEach(line -> out.println("  + " + Plain.text(line)));
        }
    }

    private void progress() {
        if (deliveries % PROGRESS == 0) {
            err.println(deliveries + " deliveries, " + different + " of them differ, …");
            err.flush();
        }
    }

    private static List<String> without(List<String> lines, List<String> others) {
        List<String> left = new ArrayList<>(lines);
        others.forEach(left::remove);
        return left;
    }

    void end(Replay.Counts before, Replay.Counts after) {
        if (different > show) {
            out.println("… and " + (different - show) + " more");
        }
        out.println(deliveries + " deliveries, " + different + " of them differ");
        out.println(ReplayCommand.figure("mapped", Replay.Counts::mapped, before, after));
        out.println(ReplayCommand.figure("ignored", Replay.Counts::ignored, before, after));
        out.println(ReplayCommand.figure("dead letters", Replay.Counts::dead, before, after));
        out.println(ReplayCommand.figure("spans", Replay.Counts::spans, before, after));
        out.println(ReplayCommand.figure("log records", Replay.Counts::logs, before, after));
        out.println(ReplayCommand.figure("adopted lifecycles", Replay.Counts::adopted, before, after));
    }
}
