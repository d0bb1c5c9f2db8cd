package io.contextcore.gateway.yaml;

import io.contextcore.gateway.base.Location;
import java.util.List;

/** A list. */
public record YamlSequence(List<YamlNode> items, Location location) implements YamlNode {

    public YamlSequence {
        items = List.copyOf(items);
    }

    @Override
    public String describe() {
        return "a list";
    }
}
