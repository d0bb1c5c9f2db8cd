package io.contextcore.gateway.app.tracing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** The last {@value #MOST} of something, by key. What is forgotten costs a link, no span. Thread-safe. */
final class Remembered<K, V> {

    static final int MOST = 10_000;

    private final Map<K, V> byKey = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MOST;
        }
    };

    /** Whether it was new; what was there stays. */
    synchronized boolean add(K key, V value) {
        return byKey.putIfAbsent(key, value) == null;
    }

    synchronized void merge(K key, V value, BinaryOperator<V> both) {
        byKey.merge(key, value, both);
    }

    synchronized @Nullable V get(K key) {
        return byKey.get(key);
    }

    synchronized @Nullable V take(K key) {
        return byKey.remove(key);
    }
}
