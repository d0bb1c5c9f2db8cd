package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.Location;

/**
 * What a later folder says instead of an earlier one.
 *
 * @param what the thing and its name: {@code "the mapping 'shop.order'"}
 * @param was where the earlier folder says it
 * @param now where the later one does
 * @param off whether it is switched off, and nothing stands in its place
 */
public record Overriding(String what, Location was, Location now, boolean off) {

    /** One line: {@code the mapping 'a': mine/a.yaml:2:10 instead of ours/a.yaml:2:10}. */
    public String describe() {
        return what + ": " + now + (off ? " switches off " : " instead of ") + was;
    }
}
