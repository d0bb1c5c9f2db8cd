package io.contextcore.gateway.yaml;

import io.contextcore.gateway.base.Location;

/** A node of a YAML file. Anchors, aliases, merge keys, tags and duplicate keys do not exist: the reader refuses them. */
public sealed interface YamlNode permits YamlScalar, YamlSequence, YamlMapping {

    /** Place of the first character of the content. */
    Location location();

    /** What it is, for error messages. */
    String describe();
}
