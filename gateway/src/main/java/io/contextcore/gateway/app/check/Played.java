package io.contextcore.gateway.app.check;

import org.jspecify.annotations.Nullable;

/**
 * What a case's delivery became.
 *
 * @param ignored why no mapping wanted it; null: one did, or it was rejected
 * @param rejected why it was refused at the door or is a dead letter; null: neither
 * @param detail of the rejection
 */
record Played(Seen seen, @Nullable String ignored, @Nullable String rejected, String detail) {}
