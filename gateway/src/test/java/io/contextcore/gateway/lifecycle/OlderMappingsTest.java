package io.contextcore.gateway.lifecycle;

import static io.contextcore.gateway.lifecycle.Lives.HOUR;
import static io.contextcore.gateway.lifecycle.Lives.KEY;
import static io.contextcore.gateway.lifecycle.Lives.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
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
import io.contextcore.gateway.model.LifecycleDefinition.Times;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Timers.Purpose;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** State that was written under one program is read under the next: rows RL2 to RL6 and RL8 of mappings/README.md. */
public class OlderMappingsTest {

    private final Lives older = new Lives(catalogue("order"), conventions("order.size", Type.INT), Limits.defaults());

    @Test
    void rl2_anAttributeThatIsGoneIsLeftOutAndNoted() {
        Lives newer = after(new Lives(catalogue("order"), conventions("order.other", Type.INT), Limits.defaults()));
        Instance instance = (Instance) newer.rows.get(KEY);
        assertFalse(instance.attributes().containsKey("order.size"));
        assertEquals(
                AttributeValue.of("packed"),
                instance.attributes().get("order.status").value());
        assertEquals(List.of(Note.STATE_DROPPED), newer.notes);
    }

    @Test
    void rl3_aValueIsConvertedWhereItCanBe() {
        Lives newer = after(new Lives(catalogue("order"), conventions("order.size", Type.DOUBLE), Limits.defaults()));
        Instance instance = (Instance) newer.rows.get(KEY);
        assertEquals(
                new AttributeValue.Real(7),
                instance.attributes().get("order.size").value());
        assertEquals(List.of(Note.STATE_CONVERTED), newer.notes);
    }

    @Test
    void rl4_aValueThatFitsNoMoreIsLeftOut() {
        Lives newer = after(new Lives(catalogue("order"), conventions("order.size", Type.BOOLEAN), Limits.defaults()));
        assertFalse(((Instance) newer.rows.get(KEY)).attributes().containsKey("order.size"));
        assertEquals(List.of(Note.STATE_DROPPED), newer.notes);
    }

    @Test
    void whatWaitedForAnOwnerSinceThenIsReadLikewise() {
        older.tell(Lives.orderAlias("TEA-1", T0).is("order.size", AttributeValue.of(7)));
        Lives newer = new Lives(catalogue("order"), conventions("order.other", Type.INT), Limits.defaults());
        newer.rows.putAll(older.rows);

        newer.tell(Lives.opening().alias("TEA-1"));

        assertFalse(((Instance) newer.rows.get(KEY)).attributes().containsKey("order.size"));
        assertEquals(List.of(Note.STATE_DROPPED), newer.notes);
    }

    @Test
    void whatAnotherOneHandsOverIsReadLikewise() {
        older.tell(Lives.order("shop/2", T0).start(T0).is("order.size", AttributeValue.of(7)));
        Lives newer = new Lives(catalogue("order"), conventions("order.other", Type.INT), Limits.defaults());
        Message absorb = new Message.Absorb(
                Reference.key("order", KEY),
                (Instance) older.rows.get("shop/2"),
                T0,
                T0,
                new Origin("src", "src//d9", 9, "shop/2", 0, 1));

        newer.tell(Lives.opening());
        newer.deliver(absorb, T0);

        assertFalse(((Instance) newer.rows.get(KEY)).attributes().containsKey("order.size"));
        assertEquals(List.of(Note.STATE_DROPPED), newer.notes);
    }

    @Test
    void underTheSameMappingsNothingIsNoted() {
        Lives newer = after(new Lives(catalogue("order"), conventions("order.size", Type.INT), Limits.defaults()));
        assertEquals(List.of(), newer.notes);
    }

    @Test
    void rl5_aPhaseThatIsNoneAnyMoreIsNotSentAndItsAttributeStays() {
        Lives newer = after(new Lives(
                catalogue(changed(null, Lives.order().times())),
                conventions("order.size", Type.INT),
                Limits.defaults()));
        Instance instance = (Instance) newer.rows.get(KEY);
        assertNull(instance.phase());
        assertEquals(List.of(Note.STATE_DROPPED), newer.notes);
        assertEquals(
                AttributeValue.of("packed"),
                instance.attributes().get("order.status").value());
        newer.tell(Lives.order(KEY, T0 + 2 * HOUR).end(T0 + 2 * HOUR));
        assertTrue(
                newer.spanNames().stream().noneMatch(name -> name.startsWith("order.status ")),
                newer.spanNames()::toString);
    }

    @Test
    void rl6_aTimerThatIsSetGoesOffAsItWasSetAndTheNextWordSetsItAnew() {
        Times sooner = new Times(24 * HOUR, 12 * HOUR, 0, null, 0);
        Times later = new Times(24 * HOUR, 48 * HOUR, 0, null, 0);
        Lives before = new Lives(catalogue(changed("order.status", sooner)), Lives.conventions(), Limits.defaults());
        before.tell(Lives.opening());
        Lives quiet = new Lives(catalogue(changed("order.status", later)), Lives.conventions(), Limits.defaults());
        quiet.rows.putAll(before.rows);
        assertEquals(T0 + 12 * HOUR, quiet.due(KEY, Purpose.EXPIRE));
        quiet.wake(KEY, Purpose.EXPIRE);
        assertEquals(List.of("order.expired"), quiet.events());

        Lives told = new Lives(catalogue(changed("order.status", later)), Lives.conventions(), Limits.defaults());
        told.rows.putAll(before.rows);
        told.tell(Lives.order(KEY, T0 + HOUR).says("order.told", "packed"));
        assertEquals(T0 + 49 * HOUR, told.due(KEY, Purpose.EXPIRE));
    }

    @Test
    void rl8_whatIsToldToALifecycleThatIsGoneHasACodeOfItsOwnAndSoHaveItsTimers() {
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

        Lives again = new Lives(catalogue("order"), conventions("order.size", Type.INT), Limits.defaults());
        again.rows.putAll(newer.rows);
        again.tell(Lives.order(KEY, T0 + HOUR).says("order.told", "packed"));
        assertEquals(List.of("order.status new", "order.status_changed"), again.spanNames(), "it goes on where it was");
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

    private static LifecycleDefinition.Catalogue catalogue(LifecycleDefinition order) {
        return new LifecycleDefinition.Catalogue(Map.of("order", order));
    }

    /** The order with other phases and times. */
    private static LifecycleDefinition changed(@Nullable String phase, Times times) {
        LifecycleDefinition order = Lives.order();
        return new LifecycleDefinition(
                order.name(),
                order.shape(),
                order.spanName(),
                order.kind(),
                order.traceId(),
                order.spanId(),
                order.inParentTrace(),
                phase,
                order.activity(),
                order.watch(),
                order.terminal(),
                order.derive(),
                order.error(),
                order.logs(),
                order.below(),
                order.tallies(),
                order.snapshots(),
                times);
    }

    private static Conventions conventions(String name, Type type) {
        Map<String, Attribute> attributes = new HashMap<>(Lives.conventions().byName());
        attributes.put(name, new Attribute(name, type, List.of(), "", "stable", false, null));
        return new Conventions(attributes);
    }
}
