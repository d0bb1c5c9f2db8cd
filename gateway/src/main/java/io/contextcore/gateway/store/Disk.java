package io.contextcore.gateway.store;

/** What the committer waits for. A seam: tests hold the disk back, or let it fail. */
@FunctionalInterface
interface Disk {

    /**
     * Forces to disk all that was written before.
     *
     * @throws StoreException if the disk refused
     */
    void sync();
}
