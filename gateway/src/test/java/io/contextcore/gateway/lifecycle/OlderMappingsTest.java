package io.contextcore.gateway.lifecycle;

import static io.contextcore.gateway.lifecycle.Lives.HOUR;
import static io.contextcore.gateway.lifecycle.Lives.KEY;
import static io.contextcore.gateway.lifecycle.Lives.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.Conventions.Attribute;
import io.contextcore.gateway.model.Conventions.Type;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.LifecycleDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** State that was written under one program is read under the next. */
class OlderMappingsTest {

    private final Lives older = new Lives(catalogue("order"), conventions("order.size", Type.INT), Limits.defaults());

    @Test
    void anAttributeThatIsGoneIsLeftOutAndNoted() {
        Lives newer = after(new Lives(catalogue("order"), conventions("order.other", Type.INT), Limits.defaults()));
        Instance instance = (Instance) newer.rows.get(KEY);
        assertFalse(instance.attributes().containsKey("order.size"));
        assertEquals(
                AttributeValue.of("packed"),
                instance.attributes().get("order.status").value());
        assertEquals(List.of(Note.STATE_DROPPED), newer.notes);
    }

    @Test
    void aValueIsConvertedWhereItCanBe() {
        Lives newer = after(new Lives(catalogue("order"), conventions("order.size", Type.DOUBLE), Limits.defaults()));
        Instance instance = (Instance) newer.rows.get(KEY);
        assertEquals(
                new AttributeValue.Real(7),
                instance.attributes().get("order.size").value());
        assertEquals(List.of(Note.STATE_CONVERTED), newer.notes);
    }

    @Test
    void aValueThatFitsNoMoreIsLeftOut() {
        Lives newer = after(new Lives(catalogue("order"), conventions("order.size", Type.BOOLEAN), Limits.defaults()));
        assertFalse(((Instance) newer.rows.get(KEY)).attributes().containsKey("order.size"));
        assertEquals(List.of(Note.STATE_DROPPED), newer.notes);
    }

    @Test
    void underTheSameMappingsNothingIsNoted() {
        Lives newer = after(new Lives(catalogue("order"), conventions("order.size", Type.INT), Limits.defaults()));
        assertEquals(List.of(), newer.notes);
    }

    @Test
    void whatIsToldToALifecycleThatIsGoneHasACodeOfItsOwnAndSoHaveItsTimers() {
        Lives newer = new Lives(catalogue("parcel"), conventions("order.size", Type.INT), Limits.defaults());
        write();
        newer.rows.putAll(older.rows);
        StepException told = assertThrows(
                StepException.class,
                () -> newer.tell(Lives.order(KEY, T0 + HOUR).says("order.status", "packed")));
        assertEquals(StepException.Code.UNKNOWN_LIFECYCLE, told.code());
        assertFalse(newer.rows.get(KEY).timers().due().isEmpty(), "the order has a timer");
        newer.rows.get(KEY).timers().due().keySet().forEach(purpose -> {
            StepException woken = assertThrows(StepException.class, () -> newer.wake(KEY, purpose));
            assertEquals(StepException.Code.UNKNOWN_LIFECYCLE, woken.code());
        });
        assertTrue(newer.spans.isEmpty());
    }

    private void write() {
        older.tell(Lives.opening().is("order.size", AttributeValue.of(7)));
    }

    /** The order goes on in the newer world. */
    private Lives after(Lives newer) {
        write();
        newer.rows.putAll(older.rows);
        return newer.tell(Lives.order(KEY, T0 + HOUR).says("order.status", "packed"));
    }

    private static LifecycleDefinition.Catalogue catalogue(String name) {
        return new LifecycleDefinition.Catalogue(Map.of(name, Lives.order()));
    }

    private static Conventions conventions(String name, Type type) {
        Map<String, Attribute> attributes = new HashMap<>(Lives.conventions().byName());
        attributes.put(name, new Attribute(name, type, List.of(), "", "stable", false, null));
        return new Conventions(attributes);
    }
}
