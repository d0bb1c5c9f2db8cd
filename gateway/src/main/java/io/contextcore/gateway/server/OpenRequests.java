package io.contextcore.gateway.server;

import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many requests have no answer yet. Follows the responses, not the outcomes, so that a request that ends without an
 * outcome is seen in the balance. Thread-safe.
 */
final class OpenRequests {

    private final LongAdder count = new LongAdder();

    /** Ends once, by its answer or with its connection. Belongs to its event loop. */
    private final class One {
        private boolean ended;

        void end() {
            if (!ended) {
                ended = true;
                count.decrement();
            }
        }
    }

    void add(HttpServerResponse response) {
        One one = new One();
        count.increment();
        response.bodyEndHandler(end -> one.end()).closeHandler(close -> one.end());
    }

    long count() {
        return count.sum();
    }
}
