package io.contextcore.gateway.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.app.Reload.Cause;
import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.server.AdminServer;
import java.util.concurrent.TimeUnit;

/** What the admin port tells of the mappings in use and of the last wish to read them again. */
record ReloadPages(Reloader reloader) {

    /** For the answer of {@code POST /admin/reload}: good, or what is wrong. */
    AdminServer.Done reload() {
        Reload reload = reloader.reload(Cause.HTTP);
        ObjectNode body = program();
        tell(body, reload);
        return new AdminServer.Done(reload.result().isGood(), body);
    }

    /** For the status page. */
    ObjectNode status() {
        ObjectNode node = program();
        Reload last = reloader.state().last();
        if (last != null) {
            ObjectNode told = node.putObject("lastReload");
            told.put("at", Nanos.toInstant(last.atNanos()).toString());
            told.put("by", last.cause().word());
            tell(told, last);
        }
        return node;
    }

    void gauges(Metrics metrics) {
        Reloader.State state = reloader.state();
        metrics.gauge(Metric.PROGRAM_LOADED, TimeUnit.NANOSECONDS.toMillis(state.loadedNanos()) / 1e3);
        boolean stale = state.last() != null && !state.last().result().isGood();
        metrics.gauge(Metric.PROGRAM_STALE, stale ? 1 : 0);
    }

    private ObjectNode program() {
        Reloader.State state = reloader.state();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("fingerprint", state.fingerprint());
        node.put("loadedAt", Nanos.toInstant(state.loadedNanos()).toString());
        return node;
    }

    private static void tell(ObjectNode node, Reload reload) {
        node.put("result", reload.result().word());
        if (!reload.renewed().isEmpty()) {
            ArrayNode names = node.putArray("changedSources");
            reload.renewed().forEach(names::add);
        }
        if (!reload.problems().isEmpty()) {
            node.set("problems", ProblemsJson.of(reload.problems()));
        }
    }
}
