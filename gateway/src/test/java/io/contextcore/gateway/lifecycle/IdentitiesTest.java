package io.contextcore.gateway.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.contextcore.gateway.model.Identity;
import io.contextcore.gateway.model.LifecycleDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentitiesTest {

    private final LifecycleDefinition definition = Lives.order();
    private final Identities identities = new Identities();

    @Test
    void idsThatWereAskedForAreNotMadeAgain() {
        assertSame(identities.of(definition, "a"), identities.of(definition, "a"));
    }

    @Test
    void keysThatShareAPlaceKeepTheirOwnIds() {
        for (String key : List.of("Aa", "BB", "Aa")) {
            assertEquals(Identity.of(definition, key), identities.of(definition, key));
        }
        assertEquals("Aa".hashCode(), "BB".hashCode(), "they do share one");
    }

    @Test
    void moreKeysThanPlacesAreAllRight() {
        for (int i = 0; i < 10_000; i++) {
            identities.of(definition, "key-" + i);
        }
        for (int i = 0; i < 10_000; i++) {
            assertEquals(Identity.of(definition, "key-" + i), identities.of(definition, "key-" + i));
        }
    }
}
