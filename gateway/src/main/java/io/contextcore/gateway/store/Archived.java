package io.contextcore.gateway.store;

import io.contextcore.gateway.model.Delivery;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the deliveries that a data folder keeps: those that wait, and those of the archive. */
public final class Archived {

    private Archived() {}

    /**
     * Which of them. Null: whatever it is.
     *
     * @param sinceNanos received then or later, epoch nanoseconds
     */
    public record Wanted(@Nullable String source, @Nullable Long sinceNanos) {

        /** Whether it is one of them. */
        public boolean wants(Delivery delivery) {
            return (source == null || source.equals(delivery.source()))
                    && (sinceNanos == null || delivery.receivedNanos() >= sinceNanos);
        }
    }

    /**
     * In the order of receipt. The folder may be in use: what is accepted meanwhile is not seen.
     *
     * @throws StoreException if there is no store, or it cannot be read
     */
    public static void read(Path folder, BodyParser bodies, Wanted wanted, Consumer<Delivery> visitor) {
        try (Engine engine = Engine.look(folder, StoreSettings.defaults())) {
            engine.scan(Family.INBOX, Keys.number(0), null, (key, value) -> {
                Delivery delivery =
                        DeliveryCodec.decode(Keys.number(key), value, bodies).delivery();
                if (wanted.wants(delivery)) {
                    visitor.accept(delivery);
                }
                return true;
            });
        }
    }
}
