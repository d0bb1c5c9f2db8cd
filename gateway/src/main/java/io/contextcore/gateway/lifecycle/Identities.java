package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.model.Identity;
import io.contextcore.gateway.model.LifecycleDefinition;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the instances that were stepped last. They are functions of the key, but a lifecycle's own rule for them costs
 * more than the rest of a step, and what one delivery sets off names the same few instances again and again. A new one takes
 * the place of the one that was there before, so that their number stays. From any thread.
 */
final class Identities {

    private static final int PLACES = 4_096;

    private final AtomicReferenceArray<@Nullable Known> places = new AtomicReferenceArray<>(PLACES);

    private record Known(LifecycleDefinition definition, String key, Identity identity) {

        boolean is(LifecycleDefinition otherDefinition, String otherKey) {
            return definition == otherDefinition && key.equals(otherKey);
        }
    }

    Identity of(LifecycleDefinition definition, String key) {
        int hash = key.hashCode();
        int place = (hash ^ hash >>> 16) & PLACES - 1;
        Known known = places.get(place);
        if (known == null || !known.is(definition, key)) {
            known = new Known(definition, key, Identity.of(definition, key));
            places.set(place, known);
        }
        return known.identity();
    }
}
