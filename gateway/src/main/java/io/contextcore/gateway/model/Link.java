package io.contextcore.gateway.model;

import java.util.SortedMap;

/**
 * A link to another instance, told by a mapping; it becomes a span link.
 *
 * @param both whether the other instance gets a link back
 */
public record Link(Reference target, SortedMap<String, AttributeValue> attributes, boolean both) {

    /** The same link to the owner of the alias that it named. */
    public Link to(Reference owner) {
        return new Link(owner, attributes, both);
    }
}
