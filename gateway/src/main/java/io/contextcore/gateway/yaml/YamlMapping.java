package io.contextcore.gateway.yaml;

import io.contextcore.gateway.base.Location;
import java.util.List;
import java.util.Optional;

/** A map, in the order of the file. */
public record YamlMapping(List<Entry> entries, Location location) implements YamlNode {

    public YamlMapping {
        entries = List.copyOf(entries);
    }

    /** One key with its value. Keys are scalars. */
    public record Entry(YamlScalar key, YamlNode value) {}

    /** The value under a key. */
    public Optional<YamlNode> get(String key) {
        return entries.stream()
                .filter(entry -> entry.key().text().equals(key))
                .map(Entry::value)
                .findFirst();
    }

    @Override
    public String describe() {
        return "a map";
    }
}
