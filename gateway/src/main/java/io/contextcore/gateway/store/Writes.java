package io.contextcore.gateway.store;

/** What stands around each write of the store. A seam: tests look at the folder before and after it, or let it fail. */
@FunctionalInterface
interface Writes {

    /** Nothing: each is done as it comes. */
    Writes PLAIN = Runnable::run;

    /**
     * Does the write.
     *
     * @throws StoreException if the disk does not take it; then nothing of it may be kept
     */
    void around(Runnable write);
}
