package io.contextcore.gateway.intake;

import io.contextcore.gateway.base.IpAddress;
import java.util.Optional;

/**
 * Where a request was sent from.
 *
 * @param address empty if that cannot be known: a trusted proxy says it in no way that can be read, or in two that differ
 * @param counted by what the sender's requests are counted; where the address is not known, by the proxy's
 */
public record SenderAddress(Optional<IpAddress> address, String counted) {}
