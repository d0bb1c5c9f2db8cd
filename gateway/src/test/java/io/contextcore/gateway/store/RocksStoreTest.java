package io.contextcore.gateway.store;

import io.contextcore.gateway.base.Metrics;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The engine keeps the contract. */
final class RocksStoreTest extends StoreContract {

    @TempDir
    Path folder;

    @Override
    Store open(StoreSettings settings) {
        return RocksStore.open(folder.resolve("store"), clock, settings, Examples::parse, Metrics.none());
    }
}
