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
    Point point(Location at, String source, String never) {
        return points.computeIfAbsent(new Key(at, never), key -> new Point(at, source, never));
    }

    /** A place that tests should reach. */
    public static final class Point {

        private final Location at;
        private final String source;
        private final String never;
        private volatile boolean reached;

        private Point(Location at, String source, String never) {
            this.at = at;
            this.source = source;
            this.never = never;
        }

        public Location at() {
            return at;
        }

        /** Text of the expression that it belongs to. */
        public String source() {
            return source;
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
