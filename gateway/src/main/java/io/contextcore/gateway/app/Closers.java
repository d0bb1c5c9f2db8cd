package io.contextcore.gateway.app;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened, to be closed in the opposite order. What cannot be closed does not keep the others open. */
final class Closers {

    private static final Logger LOG = System.getLogger(Closers.class.getName());

    private final Deque<Closer> closers = new ArrayDeque<>();

    /** One thing to close. */
    @FunctionalInterface
    interface Close {
        void run() throws Exception;
    }

    private record Closer(String what, Close close) {}

    void add(String what, Close close) {
        closers.push(new Closer(what, close));
    }

    void closeAll() {
        while (!closers.isEmpty()) {
            Closer closer = closers.pop();
            try {
                closer.close().run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.log(Level.WARNING, "Could not close " + closer.what() + ".", e);
            }
        }
    }
}
