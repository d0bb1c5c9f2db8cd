package io.contextcore.gateway.model;

import java.util.Set;
import java.util.TreeSet;

/** What the gateway itself adds to telemetry, whatever the files declare: a section of docs/telemetry.md. */
public enum OwnAttribute {
    /** The key that all ids are derived from. */
    KEY("contextcore.key"),
    /** Which of an instance's spans it is. */
    SPAN("contextcore.span"),
    /** What a span link stands for. */
    LINK("contextcore.link"),
    /** The thing was first seen in mid-life. */
    ADOPTED("contextcore.adopted"),
    /** The change took effect later than it was told. */
    PHASE_CLAMPED("contextcore.phase_clamped"),
    /** The value before a change. */
    FROM("from"),
    /** The value after it. */
    TO("to"),
    /** The groups beyond the cap, together. */
    OVERFLOW("contextcore.overflow"),
    /** An alias that nobody claimed. */
    UNRESOLVED("contextcore.unresolved");

    private final String attribute;

    OwnAttribute(String attribute) {
        this.attribute = attribute;
    }

    public String attribute() {
        return attribute;
    }

    /** 1, and one more after each reopening. */
    public static String generation(String lifecycle) {
        return lifecycle + ".generation";
    }

    /** How it ended. */
    public static String outcome(String lifecycle) {
        return lifecycle + ".outcome";
    }

    /** The names of all that may be there, where there are these lifecycles. */
    public static Set<String> names(Set<String> lifecycles) {
        Set<String> names = new TreeSet<>();
        for (OwnAttribute own : values()) {
            names.add(own.attribute);
        }
        lifecycles.forEach(lifecycle -> {
            names.add(generation(lifecycle));
            names.add(outcome(lifecycle));
        });
        return names;
    }
}
