package io.contextcore.gateway.base;

import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * The gateway's own spans: one of each acceptance, one of the step that follows, one of each export request. Off unless a user
 * asks for them; then nothing is made. Thread-safe, never blocks, never throws.
 */
public interface Tracing {

    /** Something under way that will be a span. Ended once. */
    interface Traced {

        /** What is not traced. */
        Traced NOTHING = outcome -> {};

        /** @param outcome a slug: {@code accepted}, {@code mapped}, {@code delivered} */
        void end(String outcome);
    }

    /**
     * A request that was verified is about to be kept.
     *
     * @param headers of the request, by lower-case name: they may say of which trace it is part
     * @param startElapsedNanos when it came, as {@link Clock#elapsedNanos}
     */
    Traced accept(String source, String delivery, Map<String, String> headers, long startElapsedNanos);

    /**
     * A step begins.
     *
     * @param nowNanos the time that it takes place at: what it writes bears it
     */
    Traced step(String source, String delivery, long nowNanos);

    /**
     * A request to the receiver begins.
     *
     * @param written the times of the steps that wrote what it carries
     */
    Traced export(String signal, long items, Supplier<LongStream> written);

    /** Makes no spans. */
    static Tracing none() {
        return new Tracing() {
            @Override
            public Traced accept(String source, String delivery, Map<String, String> headers, long startElapsedNanos) {
                return Traced.NOTHING;
            }

            @Override
            public Traced step(String source, String delivery, long nowNanos) {
                return Traced.NOTHING;
            }

            @Override
            public Traced export(String signal, long items, Supplier<LongStream> written) {
                return Traced.NOTHING;
            }
        };
    }
}
