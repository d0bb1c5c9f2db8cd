package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.Location;
import java.util.Map;
import java.util.Optional;

/**
 * Who is to blame where a file does not go with an attribute's declaration: a later folder that declares it anew, if one
 * does, for the earlier file was right before.
 *
 * @param attributes declarations of attributes, with their folders
 * @param layers number of the folder of each file
 */
record Overridden(Declared<?> attributes, Map<String, Integer> layers) {

    /** The place of the declaration that an earlier folder's file does not know. */
    Optional<Location> culprit(String attribute, Location user) {
        int layer = layers.getOrDefault(user.file(), Integer.MAX_VALUE);
        return attributes.laterThan(attribute, layer);
    }
}
