package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.yaml.TextFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds and reads the files of folders: {@code .yaml}, tests ({@code .test.yaml}) and folders {@code testdata} excepted. */
final class Folders {

    private static final String SUFFIX = ".yaml";
    private static final String TEST_SUFFIX = ".test.yaml";
    private static final String TEST_DATA = "testdata";

    private Folders() {}

    /** The texts of each folder by the path of the file. */
    static List<Map<String, TextFile>> read(List<Path> folders, Problems problems) {
        List<Map<String, TextFile>> layers = new ArrayList<>();
        for (Path folder : new LinkedHashSet<>(folders)) {
            SortedMap<String, TextFile> texts = new TreeMap<>();
            layers.add(texts);
            for (Path file : files(folder, problems)) {
                TextFile.read(file, problems).ifPresent(text -> texts.put(file.toString(), text));
            }
        }
        return layers;
    }

    private static List<Path> files(Path folder, Problems problems) {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Folders::isSource)
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (UncheckedIOException e) {
            problems.add(
                    ErrorCode.UNREADABLE,
                    Location.file(folder.toString()),
                    "something in the folder " + TextFile.reason(e.getCause()));
        } catch (IOException e) {
            problems.add(ErrorCode.UNREADABLE, Location.file(folder.toString()), "the folder " + TextFile.reason(e));
        }
        return List.of();
    }

    private static boolean isSource(Path path) {
        String name = path.getFileName().toString();
        return name.endsWith(SUFFIX)
                && !name.endsWith(TEST_SUFFIX)
                && Stream.iterate(path, part -> part != null, Path::getParent)
                        .noneMatch(part -> part.getFileName() != null
                                && part.getFileName().toString().equals(TEST_DATA))
                && Files.isRegularFile(path);
    }
}
