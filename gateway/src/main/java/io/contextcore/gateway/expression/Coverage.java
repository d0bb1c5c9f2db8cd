package io.contextcore.gateway.expression;

import io.contextcore.gateway.base.Location;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which points of expressions were reached: that an expression ran, that it was true and that it was false, each arm of
 * {@code ?:} and {@code coalesce}, each way in which {@code &&} and {@code ||} are decided. The compiler that it is given to
 * fills it with points while loading, and what that compiler makes reaches them. One per load; reaching is for any thread.
 */
public final class Coverage {

    private record Key(Location at, String never) {}

    private final Map<Key, Point> points = new LinkedHashMap<>();

    /** Every point, in the order of loading. */
    public Collection<Point> points() {
        return Collections.unmodifiableCollection(points.values());
    }

    /** The same place and branch is one point, however often it is compiled. */
    Point point(Location at, Location start, String source, String never) {
        return points.computeIfAbsent(new Key(at, never), key -> new Point(at, start, source, never));
    }

    /** A place that tests should reach. */
    public static final class Point {

        private final Location at;
        private final Location start;
        private final String source;
        private final String never;
        private volatile boolean reached;

        private Point(Location at, Location start, String source, String never) {
            this.at = at;
            this.start = start;
            this.source = source;
            this.never = never;
        }

        public Location at() {
            return at;
        }

        /** The expression around it, in one line of so many characters at most. */
        public String excerpt(int most) {
            String line = source.replaceAll("\\s+", " ");
            int middle = at.line() == start.line() ? at.column() - start.column() : 0;
            int from = Math.max(0, Math.min(middle - most / 2, line.length() - most));
            int to = Math.min(line.length(), from + most);
            return (from == 0 ? "" : "…") + line.substring(from, to).strip() + (to == line.length() ? "" : "…");
        }

        /** What is true as long as it is not reached: {@code "never true"}. */
        public String never() {
            return never;
        }

        public boolean isReached() {
            return reached;
        }

        void reach() {
            reached = true;
        }
    }
}
