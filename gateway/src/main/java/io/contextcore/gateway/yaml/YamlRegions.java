package io.contextcore.gateway.yaml;

import io.contextcore.gateway.base.Location;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Where the nodes of a text begin and end, so that one of them can be written anew while the rest of the file stays as it is,
 * character by character.
 */
public final class YamlRegions {

    /**
     * The text of a node.
     *
     * @param from index of its first character, an opening quote or bracket included
     * @param to index behind its last character; comments and blank lines after it are outside
     * @param column of the first character, from 1
     * @param flow whether it is written in brackets itself
     * @param inFlow whether it stands within brackets
     */
    public record Region(int from, int to, int column, boolean flow, boolean inFlow) {}

    private record Open(int from, boolean flow, boolean inFlow) {}

    private final SourceText source;
    private final Map<Location, Region> scalars = new HashMap<>();
    private final Map<Location, Region> collections = new HashMap<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private int end;

    private YamlRegions(SourceText source) {
        this.source = source;
    }

    /** @param text as {@link YamlReader} has read it without a problem */
    public static YamlRegions of(String file, String text) {
        YamlRegions regions = new YamlRegions(new SourceText(file, text));
        LoadSettings settings = LoadSettings.builder().setLabel(file).build();
        new Parse(settings).parseString(text).forEach(regions::event);
        return regions;
    }

    /** @param node of this text; nothing else has a region */
    public Region of(YamlNode node) {
        Region region = (node instanceof YamlScalar ? scalars : collections).get(node.location());
        if (region == null) {
            throw new IllegalArgumentException("no such node: " + node.location());
        }
        return region;
    }

    private void event(Event event) {
        if (event instanceof ScalarEvent scalar) {
            int from = offset(event.getStartMark().orElseThrow());
            end = source.trimmed(from, offset(event.getEndMark().orElseThrow()));
            scalars.put(source.at(source.content(scalar)), region(from, end, false, inFlow()));
        } else if (event instanceof CollectionStartEvent start) {
            open.push(new Open(offset(event.getStartMark().orElseThrow()), start.isFlow(), inFlow()));
        } else if (event instanceof CollectionEndEvent) {
            Open closed = open.pop();
            if (closed.flow()) {
                end = offset(event.getEndMark().orElseThrow());
            }
            collections.put(source.at(closed.from()), region(closed.from(), end, closed.flow(), closed.inFlow()));
        }
    }

    private Region region(int from, int to, boolean flow, boolean inFlow) {
        return new Region(from, to, source.at(from).column(), flow, inFlow);
    }

    private boolean inFlow() {
        return !open.isEmpty() && open.peek().flow();
    }

    private int offset(Mark mark) {
        return source.offset(mark.getIndex());
    }
}
