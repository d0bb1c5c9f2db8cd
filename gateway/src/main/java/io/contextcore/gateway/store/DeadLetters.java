package io.contextcore.gateway.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the dead letters. From any thread. */
final class DeadLetters {

    private final Engine engine;

    DeadLetters(Engine engine) {
        this.engine = engine;
    }

    DeadQuery.Page page(DeadQuery query) {
        Walk walk = new Walk(query);
        engine.scan(Family.DEAD_LETTERS, from(query), end(query), walk::visit);
        return new DeadQuery.Page(walk.found, Optional.ofNullable(walk.next));
    }

    Optional<DeadRecord> get(DeadKey key) {
        byte[] bytes = Keys.deadLetter(key);
        byte @Nullable [] record = engine.get(Family.DEAD_LETTERS, bytes);
        return record == null ? Optional.empty() : Optional.of(DeadRecord.decode(bytes, record));
    }

    private static byte[] from(DeadQuery query) {
        DeadKey after = query.after();
        DeadKey.Kind kind = query.kind();
        if (after != null && (kind == null || after.kind().compareTo(kind) >= 0)) {
            return Keys.deadLetter(new DeadKey(after.kind(), after.number() + 1));
        }
        return kind == null ? new byte[0] : new byte[] {Codes.of(kind)};
    }

    private static byte @Nullable [] end(DeadQuery query) {
        DeadKey.Kind kind = query.kind();
        return kind == null ? null : new byte[] {(byte) (Codes.of(kind) + 1)};
    }

    /** One reading of a page. */
    private static final class Walk {

        private final DeadQuery query;
        private final List<DeadHead> found = new ArrayList<>();
        private int lookedAt;
        private @Nullable DeadKey last;
        private @Nullable DeadKey next;

        private Walk(DeadQuery query) {
            this.query = query;
        }

        private boolean visit(byte[] key, byte[] value) {
            if (found.size() == query.limit() || lookedAt == DeadQuery.MOST_LOOKED_AT) {
                next = last;
                return false;
            }
            DeadHead head = DeadRecord.decode(key, value).head();
            lookedAt++;
            last = head.key();
            if (query.wants(head)) {
                found.add(head);
            }
            return true;
        }
    }
}
