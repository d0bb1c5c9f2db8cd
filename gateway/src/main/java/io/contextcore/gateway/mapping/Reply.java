package io.contextcore.gateway.mapping;

/**
 * What a mapping wants the sender to be answered.
 *
 * @param contentType media type of the body
 * @param body as it is sent, in UTF-8
 */
public record Reply(String contentType, String body) {}
