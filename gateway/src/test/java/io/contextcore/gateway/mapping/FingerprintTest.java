package io.contextcore.gateway.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which files a program was made of, told in 12 digits. */
class FingerprintTest {

    @Test
    void theSameFilesHaveTheSameInAnyOrder() {
        Map<String, String> turned = new LinkedHashMap<>();
        turned.put("b.yaml", "two");
        turned.put("a.yaml", "one");

        assertEquals(Fingerprint.of(Map.of("a.yaml", "one", "b.yaml", "two")), Fingerprint.of(turned));
        assertTrue(Fingerprint.of(turned).matches("[0-9a-f]{12}"));
    }

    @Test
    void anotherTextOrNameOrBorderBetweenThemIsAnother() {
        String one = Fingerprint.of(Map.of("a.yaml", "one"));

        assertNotEquals(one, Fingerprint.of(Map.of("a.yaml", "ones")));
        assertNotEquals(one, Fingerprint.of(Map.of("b.yaml", "one")));
        assertNotEquals(one, Fingerprint.of(Map.of("a.yam", "lone")));
        assertNotEquals(one, Fingerprint.of(Map.of()));
        // Without the lengths both were "a3:b1:c" in a row.
        assertNotEquals(Fingerprint.of(Map.of("a", "3:b1:c")), Fingerprint.of(Map.of("a3:b", "1:c")));
    }

    @Test
    void aProgramHasThatOfItsFiles() {
        assertEquals(
                Shop.load(Shop.files()).fingerprint(), Shop.load(Shop.files()).fingerprint());
        assertNotEquals(
                Shop.load(Shop.files()).fingerprint(),
                Shop.load(Shop.files("more.yaml", Shop.order("logs: [{event: order.noted}]\n")))
                        .fingerprint());
    }
}
