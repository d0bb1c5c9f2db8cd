package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Cell;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Instance.Stage;
import io.contextcore.gateway.model.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What roll-ups and tallies must come to, computed from nothing but what was told of each order: an independent and slow way
 * to the same figures.
 */
final class Recomputed {

    private static final double MILLION = 1e6;

    private final Universe universe;
    private final Map<String, List<Instance>> children = new HashMap<>();

    Recomputed(Universe universe) {
        this.universe = universe;
        for (Instance child : universe.instances()) {
            Reference parent = child.parent() == null ? null : child.parent().value();
            Instance above = parent == null ? null : universe.owner(parent.name());
            if (above != null && child.stage() != Stage.SHADOW) {
                children.computeIfAbsent(above.key(), key -> new ArrayList<>()).add(child);
            }
        }
    }

    /** By roll-up, in millionths; without those that are 0. */
    TreeMap<String, Long> sums(Instance order) {
        TreeMap<String, Long> sums = new TreeMap<>();
        for (Instance child : children.getOrDefault(order.key(), List.of())) {
            boolean done = status(child).equals("done");
            sums.merge("order.parts", millionths(1), Long::sum);
            sums.merge("order.parts_done", millionths(done ? 1 : 0), Long::sum);
            double weight = weight(child);
            sums.merge("order.weight", millionths(weight), Long::sum);
            double weightDone = done ? weight : sums(child).getOrDefault("order.weight_done", 0L) / MILLION;
            sums.merge("order.weight_done", millionths(weightDone), Long::sum);
        }
        sums.values().removeIf(sum -> sum == 0);
        return sums;
    }

    private double weight(Instance order) {
        if (!children.getOrDefault(order.key(), List.of()).isEmpty()) {
            return sums(order).getOrDefault("order.weight", 0L) / MILLION;
        }
        return value(order, "order.points") instanceof AttributeValue.Real points ? points.value() : 1.0;
    }

    /** (shop, status) to count and points, in millionths. */
    TreeMap<String, List<Long>> tallies() {
        TreeMap<String, List<Long>> tallies = new TreeMap<>();
        for (Instance order : universe.instances()) {
            if (!order.lifecycle().equals("order")
                    || order.stage() == Stage.SHADOW
                    || !(value(order, "order.shop") instanceof AttributeValue.Text shop)) {
                continue;
            }
            long points =
                    value(order, "order.points") instanceof AttributeValue.Real real ? millionths(real.value()) : 0;
            tallies.merge(
                    shop.value() + " " + status(order),
                    List.of(1L, points),
                    (one, other) -> List.of(one.get(0) + other.get(0), one.get(1) + other.get(1)));
        }
        return tallies;
    }

    private static String status(Instance order) {
        boolean held = order.sets().getOrDefault("order.holds", new TreeMap<>()).values().stream()
                .map(Cell::value)
                .anyMatch(Boolean.TRUE::equals);
        return value(order, "order.told") instanceof AttributeValue.Text told
                ? String.valueOf(Shop.status(told.value(), held))
                : held ? "held" : "";
    }

    static @Nullable AttributeValue value(Instance order, String name) {
        Cell<AttributeValue> cell = order.attributes().get(name);
        return cell == null ? null : cell.value();
    }

    private static long millionths(double value) {
        return Math.round(value * MILLION);
    }
}
