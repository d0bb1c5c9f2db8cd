package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.yaml.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Folders lie on each other like sheets: a file of a later folder that declares something under a name stands in the place
 * of all files of earlier folders that declare it, as a whole; with {@code disabled: true} nothing stands there.
 */
final class Layers {

    private final Problems problems;
    private final List<Overriding> overridings;

    Layers(Problems problems, List<Overriding> overridings) {
        this.problems = problems;
        this.overridings = overridings;
    }

    /** The files that count. Names that are declared twice in one folder both stay, to be told of. */
    List<SourceFile> effective(List<SourceFile> files) {
        List<SourceFile> effective = new ArrayList<>();
        files.stream()
                .collect(Collectors.groupingBy(SourceFile::layer, java.util.TreeMap::new, Collectors.toList()))
                .values()
                .forEach(layer -> lay(layer, effective));
        return effective;
    }

    private void lay(List<SourceFile> layer, List<SourceFile> below) {
        List<SourceFile> before = List.copyOf(below);
        Map<String, List<SourceFile>> hidden = new HashMap<>();
        for (SourceFile file : layer) {
            file.name()
                    .ifPresent(name -> hidden.computeIfAbsent(
                            file.head() + " " + name.text(),
                            key -> before.stream().filter(file::isNamedAs).toList()));
        }
        hidden.values().forEach(below::removeAll);
        for (SourceFile file : layer) {
            file.name().ifPresent(name -> {
                List<SourceFile> earlier = hidden.getOrDefault(file.head() + " " + name.text(), List.of());
                if (file.isOff()) {
                    new Fields(file.root(), file.head().off(), problems);
                    if (earlier.isEmpty()) {
                        unknown(file, name.text(), name.location(), before);
                    }
                }
                earlier.forEach(was -> overridings.add(new Overriding(
                        "the " + file.head().key() + " '" + name.text() + "'",
                        was.named().location(),
                        name.location(),
                        file.isOff())));
            });
            if (!file.isOff()) {
                below.add(file);
            }
        }
    }

    private void unknown(SourceFile file, String name, Location place, List<SourceFile> before) {
        List<String> known = before.stream()
                .filter(other -> other.head() == file.head())
                .flatMap(other -> other.name().stream())
                .map(other -> other.text())
                .toList();
        problems.add(
                ErrorCode.NOTHING_TO_DISABLE,
                place,
                "there is no " + file.head().key() + " '" + name
                        + "' in an earlier folder to switch off (expected one of" + " an earlier folder"
                        + Nearest.hint(name, known) + ")");
    }
}
