package io.contextcore.gateway.app.settings;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.mapping.SourceForm;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.YamlMapping;
import io.contextcore.gateway.yaml.YamlNode;
import io.contextcore.gateway.yaml.YamlReader;
import io.contextcore.gateway.yaml.YamlScalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What one place (the file, the command line) says: options by key, and the sources. Unknown keys are problems. */
final class SettingsTree {

    private static final String SOURCES = "sources";

    private final Map<String, Option<?>> options = Options.byKey();
    private final Map<String, YamlNode> said = new HashMap<>();
    private final List<YamlMapping.Entry> sources = new ArrayList<>();
    private final Problems problems;

    SettingsTree(Problems problems) {
        this.problems = problems;
    }

    Optional<YamlNode> get(Option<?> option) {
        return Optional.ofNullable(said.get(option.key()));
    }

    /** The sources; empty where none is said. */
    Optional<YamlMapping> sources() {
        return sources.isEmpty()
                ? Optional.empty()
                : Optional.of(new YamlMapping(sources, sources.get(0).key().location()));
    }

    void addFile(Path file) {
        try {
            YamlReader.read(file.toString(), Files.readString(file), problems).ifPresent(root -> section("", root));
        } catch (IOException e) {
            problems.add(
                    ErrorCode.UNREADABLE,
                    Location.file(file.toString()),
                    "cannot be read (expected: a settings file in YAML and UTF-8)");
        }
    }

    /** @param assignment {@code key=value} */
    void addAssignment(String assignment) {
        int equals = assignment.indexOf('=');
        String key = equals < 0 ? assignment : assignment.substring(0, equals).strip();
        Location at = Location.named("--set " + key);
        if (equals < 0) {
            problems.add(ErrorCode.BAD_SETTING, at, "no value (expected: key=value)");
            return;
        }
        YamlScalar value = YamlScalar.given(assignment.substring(equals + 1), at);
        if (options.containsKey(key)) {
            said.put(key, value);
        } else if (key.startsWith(SOURCES + ".")) {
            source(key, value);
        } else {
            unknown(key, at, options.keySet());
        }
    }

    /** {@code sources.NAME.FIELD}; a name may hold dots, a field does not. */
    private void source(String key, YamlScalar value) {
        String path = key.substring(SOURCES.length() + 1);
        int dot = path.lastIndexOf('.');
        if (dot <= 0) {
            problems.add(
                    ErrorCode.UNKNOWN_SETTING,
                    value.location(),
                    "no field of a source (expected: sources.NAME."
                            + SourceForm.FORM.keys().stream()
                                    .map(Form.Key::name)
                                    .collect(Collectors.joining("|")) + ")");
            return;
        }
        YamlScalar name = YamlScalar.given(path.substring(0, dot), value.location());
        YamlScalar field = YamlScalar.given(path.substring(dot + 1), value.location());
        YamlMapping fields = new YamlMapping(List.of(new YamlMapping.Entry(field, value)), value.location());
        List<YamlMapping.Entry> merged = merge(sources, List.of(new YamlMapping.Entry(name, fields)));
        sources.clear();
        sources.addAll(merged);
    }

    private void section(String prefix, YamlNode node) {
        if (!(node instanceof YamlMapping mapping)) {
            String what = prefix.isEmpty() ? "the settings" : prefix.substring(0, prefix.length() - 1);
            problems.add(
                    ErrorCode.WRONG_TYPE,
                    node.location(),
                    what + ": " + node.describe() + " does not fit (expected a map)");
            return;
        }
        for (YamlMapping.Entry entry : mapping.entries()) {
            String key = prefix + entry.key().text();
            if (isEmpty(entry.value())) {
                continue;
            }
            if (options.containsKey(key)) {
                said.put(key, entry.value());
            } else if (key.equals(SOURCES)) {
                addSources(entry.value());
            } else if (options.keySet().stream().anyMatch(known -> known.startsWith(key + "."))) {
                section(key + ".", entry.value());
            } else {
                unknown(entry.key().text(), entry.key().location(), names(prefix));
            }
        }
    }

    private void addSources(YamlNode node) {
        if (node instanceof YamlMapping mapping) {
            sources.addAll(mapping.entries());
        } else {
            problems.add(
                    ErrorCode.WRONG_TYPE,
                    node.location(),
                    "sources: " + node.describe() + " does not fit (expected a map of sources)");
        }
    }

    /** What may stand under a prefix. */
    private Set<String> names(String prefix) {
        Set<String> names = new TreeSet<>(prefix.isEmpty() ? Set.of(SOURCES) : Set.of());
        for (String key : options.keySet()) {
            if (key.startsWith(prefix)) {
                names.add(key.substring(prefix.length()).split("\\.")[0]);
            }
        }
        return names;
    }

    private void unknown(String key, Location at, Set<String> known) {
        problems.add(
                ErrorCode.UNKNOWN_SETTING,
                at,
                "unknown setting '" + key + "'" + Nearest.hint(key, known) + " (all: docs/settings.md)");
    }

    private static boolean isEmpty(YamlNode node) {
        return node instanceof YamlScalar scalar
                && !scalar.quoted()
                && scalar.text().isEmpty();
    }

    /** Both, the second winning field by field. */
    static Optional<YamlMapping> merge(Optional<YamlMapping> weak, Optional<YamlMapping> strong) {
        if (weak.isEmpty() || strong.isEmpty()) {
            return weak.or(() -> strong);
        }
        return Optional.of(new YamlMapping(
                merge(weak.get().entries(), strong.get().entries()), weak.get().location()));
    }

    private static List<YamlMapping.Entry> merge(List<YamlMapping.Entry> weak, List<YamlMapping.Entry> strong) {
        List<YamlMapping.Entry> merged = new ArrayList<>(weak);
        for (YamlMapping.Entry entry : strong) {
            int known = indexOf(merged, entry.key().text());
            if (known < 0) {
                merged.add(entry);
            } else if (merged.get(known).value() instanceof YamlMapping below
                    && entry.value() instanceof YamlMapping above) {
                YamlMapping both = new YamlMapping(merge(below.entries(), above.entries()), below.location());
                merged.set(known, new YamlMapping.Entry(merged.get(known).key(), both));
            } else {
                merged.set(known, entry);
            }
        }
        return merged;
    }

    private static int indexOf(List<YamlMapping.Entry> entries, String key) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).key().text().equals(key)) {
                return i;
            }
        }
        return -1;
    }
}
