package io.contextcore.gateway.model;

import java.util.SortedMap;

/** A link to another instance, told by a mapping; it becomes a span link. */
public record Link(Reference target, SortedMap<String, AttributeValue> attributes) {}
