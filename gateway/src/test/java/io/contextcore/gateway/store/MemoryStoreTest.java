package io.contextcore.gateway.store;

import org.junit.jupiter.api.Nested;

/** The double does what the engine does. */
final class MemoryStoreTest {

    private MemoryStore kept;

    private Store open(ManualClock clock, StoreSettings settings) {
        kept = kept == null ? new MemoryStore(clock, settings) : kept.reopened(settings);
        return kept;
    }

    @Nested
    final class Accepting extends AcceptContract {

        @Override
        Store open(StoreSettings settings) {
            return MemoryStoreTest.this.open(clock, settings);
        }
    }

    @Nested
    final class WithinTheBudget extends BudgetContract {

        @Override
        Store open(StoreSettings settings) {
            return MemoryStoreTest.this.open(clock, settings);
        }
    }

    @Nested
    final class Burying extends DeadLetterContract {

        @Override
        Store open(StoreSettings settings) {
            return MemoryStoreTest.this.open(clock, settings);
        }
    }

    @Nested
    final class Stepping extends StepContract {

        @Override
        Store open(StoreSettings settings) {
            return MemoryStoreTest.this.open(clock, settings);
        }
    }

    @Nested
    final class Sending extends OutboxContract {

        @Override
        Store open(StoreSettings settings) {
            return MemoryStoreTest.this.open(clock, settings);
        }
    }
}
