package io.contextcore.gateway.store;

import io.contextcore.gateway.base.Metrics;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The engine keeps the contract. */
final class RocksStoreTest {

    @TempDir
    Path folder;

    private Store open(ManualClock clock, StoreSettings settings) {
        return RocksStore.open(folder.resolve("store"), clock, settings, Examples::parse, Metrics.none());
    }

    @Nested
    final class Accepting extends AcceptContract {

        @Override
        Store open(StoreSettings settings) {
            return RocksStoreTest.this.open(clock, settings);
        }
    }

    @Nested
    final class WithinTheBudget extends BudgetContract {

        @Override
        Store open(StoreSettings settings) {
            return RocksStoreTest.this.open(clock, settings);
        }
    }

    @Nested
    final class Stepping extends StepContract {

        @Override
        Store open(StoreSettings settings) {
            return RocksStoreTest.this.open(clock, settings);
        }
    }

    @Nested
    final class Burying extends DeadLetterContract {

        @Override
        Store open(StoreSettings settings) {
            return RocksStoreTest.this.open(clock, settings);
        }
    }

    @Nested
    final class Sending extends OutboxContract {

        @Override
        Store open(StoreSettings settings) {
            return RocksStoreTest.this.open(clock, settings);
        }
    }
}
