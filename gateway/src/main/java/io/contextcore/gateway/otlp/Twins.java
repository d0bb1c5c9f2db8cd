package io.contextcore.gateway.otlp;

import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Conventions;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The one place where the emit mode applies. A pair is two names of one thing: whichever was given, the mode says which are
 * sent. A value given outright under a name beats its partner's. What has no twin stays in every mode.
 */
final class Twins {

    private final EmitMode mode;
    private final SortedMap<String, String> twinOf = new TreeMap<>();
    private final SortedMap<String, String> originalOf = new TreeMap<>();

    /** Where two attributes claim the same twin, the first in name order has it. */
    Twins(Collection<Conventions.Attribute> attributes, EmitMode mode) {
        this.mode = mode;
        SortedMap<String, String> pairs = new TreeMap<>();
        for (Conventions.Attribute attribute : attributes) {
            if (attribute.twin() != null) {
                pairs.put(attribute.name(), attribute.twin());
            }
        }
        pairs.forEach((name, twin) -> {
            if (originalOf.putIfAbsent(twin, name) == null) {
                twinOf.put(name, twin);
            }
        });
    }

    /** The attributes under the names that the mode sends. */
    SortedMap<String, AttributeValue> apply(Map<String, AttributeValue> given) {
        SortedMap<String, AttributeValue> sent = new TreeMap<>();
        given.forEach((name, value) -> {
            if (isSent(name)) {
                sent.put(name, value);
            }
        });
        given.forEach((name, value) -> {
            String partner = twinOf.getOrDefault(name, originalOf.get(name));
            if (partner != null && isSent(partner)) {
                sent.putIfAbsent(partner, value);
            }
        });
        return sent;
    }

    private boolean isSent(String name) {
        return switch (mode) {
            case DUAL -> true;
            case LEGACY -> !originalOf.containsKey(name);
            case OTEL -> !twinOf.containsKey(name);
        };
    }
}
