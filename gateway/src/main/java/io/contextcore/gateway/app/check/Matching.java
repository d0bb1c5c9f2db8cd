package io.contextcore.gateway.app.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.yaml.YamlMapping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which record that came out goes with which expected one. Each is taken once: first those that fit, then for what is left
 * over the one that differs least.
 *
 * @param pairs in the order of the file
 * @param others what came out and goes with none
 */
record Matching(List<Pair> pairs, List<JsonNode> others) {

    /**
     * An expected record and what goes with it.
     *
     * @param actual null: none is left
     */
    record Pair(YamlMapping expected, @Nullable JsonNode actual, List<Difference> differences) {
        boolean fits() {
            return actual != null && differences.isEmpty();
        }
    }

    static Matching of(List<YamlMapping> expected, List<JsonNode> actual, boolean whole) {
        List<JsonNode> left = new ArrayList<>(actual);
        List<Pair> pairs = new ArrayList<>();
        for (YamlMapping record : expected) {
            JsonNode fitting = left.stream()
                    .filter(candidate ->
                            Comparison.differences(record, candidate, whole).isEmpty())
                    .findFirst()
                    .orElse(null);
            left.remove(fitting);
            pairs.add(new Pair(record, fitting, List.of()));
        }
        for (int i = 0; i < pairs.size() && !left.isEmpty(); i++) {
            if (pairs.get(i).actual() == null) {
                YamlMapping record = pairs.get(i).expected();
                JsonNode nearest = left.stream()
                        .min(Comparator.comparingInt(candidate ->
                                Comparison.differences(record, candidate, whole).size()))
                        .orElseThrow();
                left.remove(nearest);
                pairs.set(i, new Pair(record, nearest, Comparison.differences(record, nearest, whole)));
            }
        }
        return new Matching(List.copyOf(pairs), List.copyOf(left));
    }
}
