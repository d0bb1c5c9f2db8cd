package io.contextcore.gateway.export;

import io.contextcore.gateway.model.TelemetrySignal;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What the lanes of one signal share: whether its endpoint is sent to, and which of them wait for that. A signal has a
 * circuit of its own also where both go to one address, since a receiver may take one and not the other. Everything but
 * {@link #state} runs on the exporter's event loop.
 */
final class Endpoint {

    private final Exporter.Parts parts;
    private final TelemetrySignal signal;
    /** In the order in which they are let try. */
    private final Set<Lane> waiting = new LinkedHashSet<>();

    private volatile Circuit circuit = Circuit.closed();
    private boolean timed;

    Endpoint(Exporter.Parts parts, TelemetrySignal signal) {
        this.parts = parts;
        this.signal = signal;
    }

    /** From any thread. */
    EndpointState state() {
        return circuit.state();
    }

    /** Whether the request of this lane may go, which must then be settled by {@link #answered} or {@link #failed}. */
    boolean admits(Lane lane) {
        if (!circuit.admits(now())) {
            return false;
        }
        become(circuit.sending(lane.number()), "");
        return true;
    }

    /** Calls {@link Lane#proceed} when the lane may try. */
    void await(Lane lane) {
        waiting.add(lane);
        rouse();
    }

    /** The receiver has answered, whatever it was: all may go on. */
    void answered() {
        become(Circuit.closed(), "");
        List<Lane> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(Lane::proceed);
    }

    /** It did not take a request of this lane now. */
    void failed(Lane lane, SendResult.Retry retry) {
        double fraction = parts.randomness().fraction();
        become(circuit.failed(lane.number(), retry.afterNanos(), parts.options(), fraction, now()), retry.reason());
        rouse();
    }

    /** There is no time to wait any more: the next one may try. */
    void hurry() {
        become(circuit.hurried(now()), "");
    }

    private void become(Circuit next, String reason) {
        Circuit before = circuit;
        circuit = next;
        if (before.state() != next.state()) {
            parts.log().endpoint(signal, before.state(), next, Math.max(0, next.untilNanos() - now()), reason);
        }
    }

    /** Lets the first of those that wait try when the time has come; one that then has nothing to send is followed by the next. */
    private void rouse() {
        if (timed || waiting.isEmpty() || circuit.state() != EndpointState.OPEN) {
            return;
        }
        timed = true;
        long millis = TimeUnit.NANOSECONDS.toMillis(circuit.untilNanos() - now()) + 1;
        parts.vertx().setTimer(Math.max(parts.options().lingerMillis(), millis), id -> {
            timed = false;
            Iterator<Lane> first = waiting.iterator();
            if (circuit.admits(now()) && first.hasNext()) {
                Lane lane = first.next();
                first.remove();
                lane.proceed();
            }
            rouse();
        });
    }

    private long now() {
        return parts.clock().elapsedNanos();
    }
}
