package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Randomness;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {

    @Test
    void knownNamesAreFilledAndOthersStay() {
        assertEquals("a-1 ${b} $1", Placeholders.fill("a-${x} ${b} $1", Map.of("x", "1")));
    }

    @Test
    void aFilledTextIsTakenAsItIs() {
        assertEquals("$0\\", Placeholders.fill("${x}", Map.of("x", "$0\\")));
    }

    @Test
    void anUnknownNameIsToldWithTheNearest() {
        assertEquals(Optional.empty(), Placeholders.unknown("${url} ${port}", Placeholders.HINT));
        assertEquals(
                Optional.of("unknown placeholder 'prot' (expected one of url, port, nearest: port)"),
                Placeholders.unknown("${prot}", List.of("url", "port")));
    }

    @Test
    void everyRequestHasAnIdOfItsOwnThatIsARandomUuid() {
        Map<String, String> one = Placeholders.ofRequest("e", Clock.system(), Randomness.system());
        Map<String, String> other = Placeholders.ofRequest("e", Clock.system(), Randomness.system());
        assertNotEquals(one.get("uuid"), other.get("uuid"));
        assertTrue(one.get("uuid").matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
        assertEquals(Placeholders.PAYLOAD, List.copyOf(one.keySet()));
    }
}
