package io.contextcore.gateway.app.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.app.check.TestCase.Expected;
import io.contextcore.gateway.yaml.YamlMapping;
import io.contextcore.gateway.yaml.YamlRegions;
import io.contextcore.gateway.yaml.YamlRegions.Region;
import io.contextcore.gateway.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Rewrites failed expectations of one file's text. Where only values of records are wrong, only these values change; else the
 * whole expectation does. Everything outside of what changes stays, character by character.
 */
final class Update {

    private static final String STEP = "  ";

    private record Edit(int from, int to, String text) {}

    private final String text;
    private final YamlRegions regions;
    private final List<Edit> edits = new ArrayList<>();

    Update(TestCase.File file) {
        this.text = file.text();
        this.regions = YamlRegions.of(file.path().toString(), text);
    }

    /** @param onlyValues whether single values may be changed alone */
    void add(Expected expected, Played played, boolean onlyValues) {
        List<Difference> values = onlyValues ? Renewal.values(expected, played) : List.of();
        if (values.isEmpty() || !values.stream().allMatch(this::replaceable)) {
            whole(expected, played);
            return;
        }
        for (Difference difference : values) {
            Region region = regions.of(Objects.requireNonNull(difference.written(), "looked at before"));
            edits.add(new Edit(region.from(), region.to(), YamlText.flow(difference.actual())));
        }
    }

    /** A scalar, or what is in brackets. */
    private boolean replaceable(Difference difference) {
        if (difference.written() == null) {
            return false;
        }
        Region region = regions.of(difference.written());
        boolean block = text.startsWith("|", region.from()) || text.startsWith(">", region.from());
        return region.flow() || (difference.written() instanceof YamlScalar && !block);
    }

    private void whole(Expected expected, Played played) {
        Region region = regions.of(expected.node());
        boolean written = !expected.isEmpty() && expected.node() instanceof YamlMapping;
        ObjectNode renewed = Renewal.of(expected, played);
        String replacement;
        if (region.inFlow() || (region.flow() && written)) {
            replacement = YamlText.flow(renewed);
        } else if (written && !region.flow()) {
            replacement = YamlText.block(renewed, region.column() - 1);
        } else {
            int indent = expected.key().column() - 1 + STEP.length();
            int from = region.from();
            while (from > 0 && text.charAt(from - 1) == ' ') {
                from--;
            }
            edits.add(new Edit(from, region.to(), "\n" + " ".repeat(indent) + YamlText.block(renewed, indent)));
            return;
        }
        edits.add(new Edit(region.from(), region.to(), replacement));
    }

    /** The file's text after the edits; the same text if there are none. */
    String result() {
        StringBuilder result = new StringBuilder(text);
        edits.stream()
                .sorted(Comparator.comparingInt(Edit::from).reversed())
                .forEach(edit -> result.replace(edit.from(), edit.to(), edit.text()));
        return result.toString();
    }
}
