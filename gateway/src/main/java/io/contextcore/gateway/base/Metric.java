package io.contextcore.gateway.base;

import java.util.List;

/**
 * The catalogue of self-telemetry: one entry per fact that the gateway counts about itself. The
 * balances of {@link Balance} are made of these.
 */
public enum Metric {
    REQUESTS(
            Type.COUNTER,
            "contextcore.requests",
            "requests to an intake path, counted as they come; of a list of calls each for itself"),
    UNANSWERED(Type.GAUGE, "contextcore.requests.open", "requests to an intake path that have no answer yet"),
    RECEIVED(
            Type.COUNTER,
            "contextcore.deliveries.received",
            "requests to an intake path, of a list of calls each for itself, by what became of them",
            "source",
            "outcome"),
    MAPPED(Type.COUNTER, "contextcore.deliveries.mapped", "accepted deliveries that a mapping took", "source"),
    IGNORED(
            Type.COUNTER,
            "contextcore.deliveries.ignored",
            "accepted deliveries that no mapping wanted",
            "source",
            "reason"),
    DEAD_DELIVERIES(
            Type.COUNTER,
            "contextcore.deliveries.dead",
            "accepted deliveries that went to the dead letters",
            "source",
            "reason"),
    REPLAYED_DELIVERIES(
            Type.COUNTER,
            "contextcore.deliveries.replayed",
            "deliveries that were taken from the dead letters and stepped again",
            "source"),
    RECOVERED_DELIVERIES(
            Type.COUNTER, "contextcore.deliveries.recovered", "deliveries found waiting in the inbox at start"),
    QUEUED(Type.GAUGE, "contextcore.deliveries.queued", "accepted deliveries that wait for their step"),
    ROWS(Type.GAUGE, "contextcore.state.rows", "rows of the state, by sort", "sort"),
    EMITTED(Type.COUNTER, "contextcore.items.emitted", "spans and log records written to the outbox", "signal"),
    RECOVERED_ITEMS(
            Type.COUNTER,
            "contextcore.items.recovered",
            "spans and log records found in the outbox at start",
            "signal"),
    REPLAYED_ITEMS(
            Type.COUNTER,
            "contextcore.items.replayed",
            "spans and log records that were taken from the dead letters to be sent again",
            "signal"),
    DELIVERED(
            Type.COUNTER, "contextcore.items.delivered", "spans and log records that the receiver accepted", "signal"),
    DEAD_ITEMS(
            Type.COUNTER,
            "contextcore.items.dead",
            "spans and log records that went to the dead letters",
            "signal",
            "reason"),
    WAITING(Type.GAUGE, "contextcore.items.waiting", "spans and log records in the outbox", "signal"),
    OUTBOX_AGE(Type.GAUGE, "contextcore.outbox.age.seconds", "age of the oldest outbox entry", "signal"),
    ENDPOINT(
            Type.GAUGE,
            "contextcore.endpoint.state",
            "whether the receiver is sent to: 0 by every lane, 1 one request tries it, 2 not now, after failures in a row",
            "signal"),
    EXPORTS(Type.COUNTER, "contextcore.exports", "export requests, by result", "signal", "result"),
    RELOADS(
            Type.COUNTER,
            "contextcore.reloads",
            "wishes to read mappings and secrets again: loaded, unchanged, refused (something is wrong with them), failed (a bug)",
            "result"),
    PROGRAM_LOADED(
            Type.GAUGE, "contextcore.program.loaded.seconds", "since when the mappings are in use, seconds since 1970"),
    PROGRAM_STALE(
            Type.GAUGE,
            "contextcore.program.stale",
            "1: the last reload was refused or failed, older mappings or secrets than those on disk are in use"),
    CONNECTIONS_CLOSED(
            Type.COUNTER,
            "contextcore.connections.closed",
            "connections of the intake that a limit ended: connections, address_connections, head_time, idle_time",
            "limit"),
    CERTIFICATES(
            Type.COUNTER,
            "contextcore.certificate.reloads",
            "changes of the files of TLS: loaded, refused (they cannot be used, the former certificate stays), failed (a bug)",
            "result"),
    CERTIFICATE_EXPIRES(
            Type.GAUGE,
            "contextcore.certificate.expires.seconds",
            "until when the certificate in use holds, seconds since 1970"),
    STAGE(Type.TIMER, "contextcore.stage", "time spent in a stage of a delivery's way", "stage"),
    NOTES(
            Type.COUNTER,
            "contextcore.notes",
            "things worth knowing that are no errors: clamped times, cut attributes, unresolved aliases",
            "note"),
    BALANCE(
            Type.GAUGE,
            "contextcore.balance.difference",
            "what was missing (above 0) or too much (below 0) in a balance at every second of the last minute; 0: all is well",
            "balance");

    /** What kind of figure it is. */
    public enum Type {
        COUNTER,
        GAUGE,
        TIMER
    }

    private final Type type;
    private final String id;
    private final String meaning;
    private final List<String> labels;

    Metric(Type type, String id, String meaning, String... labels) {
        this.type = type;
        this.id = id;
        this.meaning = meaning;
        this.labels = List.of(labels);
    }

    public Type type() {
        return type;
    }

    /** Dotted name; Prometheus shows it with underscores. */
    public String id() {
        return id;
    }

    public String meaning() {
        return meaning;
    }

    public List<String> labels() {
        return labels;
    }

    /** As Prometheus shows it; a timer is a histogram of several series. */
    public String prometheusName() {
        String base = id.replace('.', '_');
        return switch (type) {
            case COUNTER -> base + "_total";
            case GAUGE -> base;
            case TIMER -> base + "_seconds";
        };
    }
}
