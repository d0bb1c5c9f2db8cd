package io.contextcore.gateway.mapping;

import io.contextcore.gateway.mapping.Mapping.Loop;
import org.jspecify.annotations.Nullable;

/** Runs what is to be done for each item of a list, or once where there is no list. */
final class Loops {

    private Loops() {}

    static void each(Values values, @Nullable Loop loop, Runnable body) {
        if (loop == null) {
            body.run();
            return;
        }
        for (Object item : values.items(loop.list())) {
            values.scope().set(loop.slot(), item);
            body.run();
        }
    }
}
