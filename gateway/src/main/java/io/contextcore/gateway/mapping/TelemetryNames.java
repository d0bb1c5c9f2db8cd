package io.contextcore.gateway.mapping;

import io.contextcore.gateway.mapping.SourceFile.Head;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleDefinition.Shape;
import io.contextcore.gateway.yaml.YamlMapping;
import io.contextcore.gateway.yaml.YamlNode;
import io.contextcore.gateway.yaml.YamlScalar;
import io.contextcore.gateway.yaml.YamlSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The names of all spans and log records that a program can make, as its files say them. */
final class TelemetryNames {

    private final Map<String, LifecycleDefinition> lifecycles;
    private final Conventions conventions;
    private final List<TelemetryName> names = new ArrayList<>();

    private TelemetryNames(Map<String, LifecycleDefinition> lifecycles, Conventions conventions) {
        this.lifecycles = lifecycles;
        this.conventions = conventions;
    }

    static List<TelemetryName> of(
            List<SourceFile> files, Map<String, LifecycleDefinition> lifecycles, Conventions conventions) {
        TelemetryNames all = new TelemetryNames(lifecycles, conventions);
        each(files, Head.LIFECYCLE, all::lifecycle);
        each(files, Head.MAPPING, (name, file) -> all.mapping("mapping " + name, file));
        return List.copyOf(all.names);
    }

    private static void each(List<SourceFile> files, Head head, BiConsumer<String, YamlMapping> reader) {
        files.stream()
                .filter(file -> file.head() == head)
                .forEach(file -> file.name().ifPresent(name -> reader.accept(name.text(), file.root())));
    }

    private void lifecycle(String name, YamlMapping file) {
        LifecycleDefinition lifecycle = lifecycles.get(name);
        if (lifecycle == null) {
            return;
        }
        String by = "lifecycle " + name;
        boolean anchor = lifecycle.shape() == Shape.ANCHOR;
        String root = map(file, "span").flatMap(span -> text(span, "name")).orElse(name);
        add(by, anchor ? TelemetryName.Sort.ANCHOR : TelemetryName.Sort.SPAN, root, "");
        if (lifecycle.phaseAttribute() != null) {
            phases(by, lifecycle.phaseAttribute());
        }
        if (anchor) {
            add(by, TelemetryName.Sort.COMPLETION, name + ".completed", "");
        }
        if (anchor && lifecycle.activity()) {
            for (String change : List.of("updated", "child_added", "linked", "moved")) {
                add(by, TelemetryName.Sort.ACTIVITY, name + "." + change, "change == '" + change + "'");
            }
        }
        for (YamlMapping rule : maps(file, "logs")) {
            add(
                    by,
                    TelemetryName.Sort.LOG,
                    text(rule, "event").orElse(""),
                    text(rule, "when").orElse(""));
        }
        lifecycle.snapshots().forEach(snapshot -> add(by, TelemetryName.Sort.SNAPSHOT, snapshot.event(), ""));
        lifecycle.tallies().forEach(tally -> add(by, TelemetryName.Sort.TALLY, tally.event(), ""));
        add(by, TelemetryName.Sort.UNRESOLVED, name + ".unresolved", "");
    }

    private void phases(String by, String attribute) {
        Conventions.Attribute declared = conventions.byName().get(attribute);
        List<String> values = declared == null ? List.of() : declared.values();
        if (values.isEmpty()) {
            add(by, TelemetryName.Sort.PHASE, attribute + " ${value}", "");
        }
        values.forEach(value -> add(by, TelemetryName.Sort.PHASE, attribute + " " + value, ""));
    }

    private void mapping(String by, YamlMapping file) {
        for (YamlMapping rule : maps(file, "spans")) {
            add(
                    by,
                    TelemetryName.Sort.SPAN,
                    text(rule, "name").orElse(""),
                    text(rule, "when").orElse(""));
        }
        for (YamlMapping rule : maps(file, "logs")) {
            add(
                    by,
                    TelemetryName.Sort.LOG,
                    text(rule, "event").orElse(""),
                    text(rule, "when").orElse(""));
        }
    }

    private void add(String by, TelemetryName.Sort sort, String name, String when) {
        names.add(new TelemetryName(by, sort, name, when));
    }

    private static Optional<YamlMapping> map(YamlMapping node, String key) {
        return node.get(key).filter(YamlMapping.class::isInstance).map(YamlMapping.class::cast);
    }

    private static Optional<String> text(YamlMapping node, String key) {
        return node.get(key)
                .filter(YamlScalar.class::isInstance)
                .map(scalar -> ((YamlScalar) scalar).text().strip());
    }

    private static List<YamlMapping> maps(YamlMapping node, String key) {
        List<YamlNode> items = node.get(key)
                .filter(YamlSequence.class::isInstance)
                .map(list -> ((YamlSequence) list).items())
                .orElse(List.of());
        return items.stream()
                .filter(YamlMapping.class::isInstance)
                .map(YamlMapping.class::cast)
                .toList();
    }
}
