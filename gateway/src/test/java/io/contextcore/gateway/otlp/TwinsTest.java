package io.contextcore.gateway.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.contextcore.gateway.model.AttributeValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TwinsTest {

    private static final Map<String, AttributeValue> BOTH =
            Map.of("agent.id", AttributeValue.of("ours"), "gen_ai.agent.id", AttributeValue.of("theirs"));

    @Test
    void aValueGivenOutrightBeatsItsPartners() {
        assertEquals("{agent.id=ours, gen_ai.agent.id=theirs}", applied(EmitMode.DUAL, BOTH));
        assertEquals("{agent.id=ours}", applied(EmitMode.LEGACY, BOTH));
        assertEquals("{gen_ai.agent.id=theirs}", applied(EmitMode.OTEL, BOTH));
    }

    @Test
    void aTwinGivenAloneIsSentUnderOurNameToo() {
        Map<String, AttributeValue> twin = Map.of("gen_ai.agent.id", AttributeValue.of("theirs"));

        assertEquals("{agent.id=theirs, gen_ai.agent.id=theirs}", applied(EmitMode.DUAL, twin));
        assertEquals("{agent.id=theirs}", applied(EmitMode.LEGACY, twin));
        assertEquals("{gen_ai.agent.id=theirs}", applied(EmitMode.OTEL, twin));
    }

    @Test
    void whatHasNoTwinStaysInEveryMode() {
        for (EmitMode mode : EmitMode.values()) {
            assertEquals("{task.id=PROJ-7}", applied(mode, Map.of("task.id", AttributeValue.of("PROJ-7"))));
        }
    }

    @Test
    void theFirstNameHasATwinThatTwoClaim() {
        Twins twins = new Twins(
                List.of(Samples.attribute("b.id", "gen_ai.x"), Samples.attribute("a.id", "gen_ai.x")), EmitMode.OTEL);

        assertEquals(
                Map.of("gen_ai.x", AttributeValue.of("a"), "b.id", AttributeValue.of("b")),
                twins.apply(Map.of("a.id", AttributeValue.of("a"), "b.id", AttributeValue.of("b"))));
    }

    private static String applied(EmitMode mode, Map<String, AttributeValue> given) {
        Map<String, Object> plain = new TreeMap<>();
        new Twins(Samples.conventions().byName().values(), mode)
                .apply(given)
                .forEach((name, value) -> plain.put(name, value.plain()));
        return plain.toString();
    }
}
