package io.contextcore.gateway.otlp;

import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Conventions;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The one place where the emit mode applies. A pair is two names of one thing: whichever was given, the mode says which are
 * sent. A value given outright under a name beats its partner's. What has no twin stays in every mode.
 */
final class Twins {

    /** Names that the mode does not send. */
    private final Set<String> unsent = new HashSet<>();
    /** The other name of a pair, where the mode sends it. */
    private final Map<String, String> partnerOf = new HashMap<>();

    /** Where two attributes claim the same twin, the first in name order has it. */
    Twins(Collection<Conventions.Attribute> attributes, EmitMode mode) {
        SortedMap<String, String> pairs = new TreeMap<>();
        for (Conventions.Attribute attribute : attributes) {
            if (attribute.twin() != null) {
                pairs.put(attribute.name(), attribute.twin());
            }
        }
        Map<String, String> twinOf = new HashMap<>();
        Map<String, String> originalOf = new HashMap<>();
        pairs.forEach((name, twin) -> {
            if (originalOf.putIfAbsent(twin, name) == null) {
                twinOf.put(name, twin);
            }
        });
        switch (mode) {
            case DUAL -> {}
            case LEGACY -> unsent.addAll(originalOf.keySet());
            case OTEL -> unsent.addAll(twinOf.keySet());
        }
        partnerOf.putAll(originalOf);
        partnerOf.putAll(twinOf);
        partnerOf.values().removeAll(unsent);
    }

    /** The attributes under the names that the mode sends. */
    NavigableMap<String, AttributeValue> apply(Map<String, AttributeValue> given) {
        NavigableMap<String, AttributeValue> sent = new TreeMap<>();
        given.forEach((name, value) -> {
            if (!unsent.contains(name)) {
                sent.put(name, value); // over what a partner gave
            }
            String partner = partnerOf.get(name);
            if (partner != null) {
                sent.putIfAbsent(partner, value);
            }
        });
        return sent;
    }
}
