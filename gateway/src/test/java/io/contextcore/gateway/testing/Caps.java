package io.contextcore.gateway.testing;

import io.contextcore.gateway.base.Limits;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;

/** The default limits, some of them tighter. */
public final class Caps {

    private Caps() {}

    public static Limits with(String name, long value) {
        return with(Map.of(name, value));
    }

    /** @param caps by the names of the components of {@link Limits} */
    public static Limits with(Map<String, Long> caps) {
        RecordComponent[] components = Limits.class.getRecordComponents();
        for (String name : caps.keySet()) {
            if (Arrays.stream(components)
                    .noneMatch(component -> component.getName().equals(name))) {
                throw new AssertionError("no such limit: " + name);
            }
        }
        Object[] values = Arrays.stream(components)
                .map(component -> value(component, caps.getOrDefault(component.getName(), value(component))))
                .toArray();
        try {
            return (Limits) Limits.class.getDeclaredConstructors()[0].newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object value(RecordComponent component, long value) {
        return component.getType() == int.class ? (Object) Math.toIntExact(value) : (Object) value;
    }

    private static long value(RecordComponent component) {
        try {
            return ((Number) component.getAccessor().invoke(Limits.defaults())).longValue();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
