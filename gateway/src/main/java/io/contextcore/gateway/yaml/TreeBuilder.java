package io.contextcore.gateway.yaml;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Builds the tree from the engine's events and refuses what our files do not have. */
final class TreeBuilder {

    private final Iterator<Event> events;
    private final SourceText source;
    private final Problems problems;

    TreeBuilder(Iterator<Event> events, SourceText source, Problems problems) {
        this.events = events;
        this.source = source;
        this.problems = problems;
    }

    /** The first document; a second one is a problem. */
    Optional<YamlNode> document() {
        Optional<YamlNode> root = Optional.empty();
        while (events.hasNext()) {
            Event event = events.next();
            if (!(event instanceof NodeEvent)) {
                continue;
            }
            if (root.isPresent()) {
                problems.add(
                        ErrorCode.SECOND_DOCUMENT, place(event), "a second document (expected one document a file)");
                return root;
            }
            root = Optional.of(node(event));
        }
        return root;
    }

    private YamlNode node(Event event) {
        if (event instanceof AliasEvent alias) {
            problems.add(
                    ErrorCode.FOREIGN_YAML,
                    place(event),
                    "the alias '*" + alias.getAlias() + "' is not supported (write the value out)");
            return YamlScalar.plain("", place(event));
        }
        if (event instanceof NodeEvent named && named.getAnchor().isPresent()) {
            String anchor = named.getAnchor().get().getValue();
            problems.add(
                    ErrorCode.FOREIGN_YAML,
                    place(event),
                    "the anchor '&" + anchor + "' is not supported (write the value out)");
        }
        if (event instanceof ScalarEvent scalar) {
            scalar.getTag().ifPresent(tag -> refuseTag(event, tag));
            return scalar(scalar);
        }
        if (event instanceof CollectionStartEvent start) {
            start.getTag().ifPresent(tag -> refuseTag(event, tag));
            return event instanceof SequenceStartEvent ? sequence(place(event)) : mapping(place(event));
        }
        throw new AssertionError("no node: " + event);
    }

    private void refuseTag(Event event, String tag) {
        problems.add(ErrorCode.FOREIGN_YAML, place(event), "the tag '" + tag + "' is not supported (leave it out)");
    }

    private YamlSequence sequence(Location location) {
        List<YamlNode> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(event));
        }
        return new YamlSequence(items, location);
    }

    private YamlMapping mapping(Location location) {
        List<YamlMapping.Entry> entries = new ArrayList<>();
        Map<String, Location> seen = new HashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            YamlNode key = node(event);
            YamlNode value = node(events.next());
            if (!(key instanceof YamlScalar name)) {
                problems.add(ErrorCode.FOREIGN_YAML, key.location(), key.describe() + " as a key (expected text)");
            } else if (usable(name, seen)) {
                entries.add(new YamlMapping.Entry(name, value));
            }
        }
        return new YamlMapping(entries, location);
    }

    private boolean usable(YamlScalar key, Map<String, Location> seen) {
        Location first = seen.putIfAbsent(key.text(), key.location());
        if (first != null) {
            problems.add(
                    ErrorCode.DUPLICATE_KEY,
                    key.location(),
                    "the key '" + key.text() + "' stands here twice (first at line " + first.line() + ")");
        } else if (!key.quoted() && key.text().equals("<<")) {
            problems.add(
                    ErrorCode.FOREIGN_YAML,
                    key.location(),
                    "the merge key '<<' is not supported (write the entries out)");
        } else if (!key.quoted() && key.text().contains("${") && !key.text().contains("}")) {
            problems.add(
                    ErrorCode.NEEDS_QUOTES,
                    key.location(),
                    "text with ': ' in it must stand in quotes: \"${a ? b : c}\"");
        } else {
            return true;
        }
        return false;
    }

    private YamlScalar scalar(ScalarEvent event) {
        int end = source.offset(mark(event.getEndMark()).getIndex());
        ScalarStyle style = event.getScalarStyle();
        int content = source.content(event);
        String raw = source.between(content, end);
        return new YamlScalar(event.getValue(), style != ScalarStyle.PLAIN, source.at(content), raw);
    }

    private Location place(Event event) {
        return source.location(mark(event.getStartMark()));
    }

    private static Mark mark(Optional<Mark> mark) {
        return mark.orElseThrow(() -> new AssertionError("marks are on by default"));
    }
}
