package io.contextcore.gateway.store;

/** The double does what the engine does. */
final class MemoryStoreTest extends StoreContract {

    private MemoryStore kept;

    @Override
    Store open(StoreSettings settings) {
        kept = kept == null ? new MemoryStore(clock, settings) : kept.reopened(settings);
        return kept;
    }
}
