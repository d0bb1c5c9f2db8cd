package io.contextcore.gateway.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The version of the folder's layout: column families, keys, and what the records count. */
final class Format {

    static final int VERSION = 1;

    private static final byte[] KEY = Keys.text("format");

    private Format() {}

    /**
     * Marks a new store, checks an old one.
     *
     * @throws StoreException if a newer version wrote it
     */
    static void check(Engine engine, Path folder) {
        byte @Nullable [] bytes = engine.get(Family.META, KEY);
        if (bytes == null) {
            save(engine, VERSION);
            return;
        }
        int found = Records.read(bytes).path("format").asInt();
        if (found < 1 || found > VERSION) {
            throw new StoreException("store folder " + folder + " has format " + found + " (expected: 1 to " + VERSION
                    + "): a newer version wrote it; use that version, or another folder");
        }
    }

    static void save(Engine engine, int version) {
        try (Batch batch = engine.batch()) {
            batch.put(Family.META, KEY, Records.write(out -> out.writeNumberField("format", version)));
            engine.write(batch);
            engine.sync();
        }
    }
}
