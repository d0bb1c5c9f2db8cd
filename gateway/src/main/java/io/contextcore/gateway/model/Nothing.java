package io.contextcore.gateway.model;

/**
 * The two ways in which an expression yields no value: the path does not exist, or JSON says null. They differ: absent
 * leaves an attribute as it is, null removes it.
 */
public enum Nothing {
    ABSENT,
    NULL
}
