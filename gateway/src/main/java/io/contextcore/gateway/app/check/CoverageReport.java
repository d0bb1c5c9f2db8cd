package io.contextcore.gateway.app.check;

import io.contextcore.gateway.expression.Coverage;
import io.contextcore.gateway.expression.Coverage.Point;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What of the expressions and their branches the tests reached, file by file. */
public record CoverageReport(List<OfFile> files) {

    /**
     * One file.
     *
     * @param points how many there are to reach
     * @param missed those that were not, in the order of the file
     */
    public record OfFile(String file, int points, List<Point> missed) {
        public int reached() {
            return points - missed.size();
        }

        public int percent() {
            return CoverageReport.percent(reached(), points);
        }
    }

    /** The files under the folders; what else was loaded is somebody else's to test. */
    static CoverageReport of(Coverage coverage, List<Path> folders) {
        Map<String, List<Point>> byFile = new TreeMap<>();
        for (Point point : coverage.points()) {
            String file = point.at().file();
            if (folders.stream().anyMatch(folder -> Path.of(file).startsWith(folder))) {
                byFile.computeIfAbsent(file, name -> new ArrayList<>()).add(point);
            }
        }
        List<OfFile> files = new ArrayList<>();
        byFile.forEach((file, points) -> files.add(new OfFile(
                file,
                points.size(),
                points.stream()
                        .filter(point -> !point.isReached())
                        .sorted(Comparator.comparing((Point p) -> p.at().line()).thenComparing(p -> p.at().column()))
                        .toList())));
        return new CoverageReport(List.copyOf(files));
    }

    public int points() {
        return files.stream().mapToInt(OfFile::points).sum();
    }

    public int reached() {
        return files.stream().mapToInt(OfFile::reached).sum();
    }

    /** Of a hundred points, rounded down: 100 means all. Where there are none, nothing is covered. */
    public int percent() {
        return percent(reached(), points());
    }

    private static int percent(int reached, int points) {
        return points == 0 ? 0 : (int) (100L * reached / points);
    }
}
