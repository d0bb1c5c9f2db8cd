package io.contextcore.gateway.store;

import java.util.ArrayDeque;
import java.util.Deque;

/** Native objects that must be closed, last made first. */
final class Natives implements AutoCloseable {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    <T extends AutoCloseable> T own(T resource) {
        open.push(resource);
        return resource;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                throw new StoreException("a resource of the store cannot be closed", e);
            }
        }
    }
}
