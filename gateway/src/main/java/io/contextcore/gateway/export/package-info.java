/** Floor 3: from the outbox to a receiver. Batches, lanes, the decision what to send again, and the senders. */
@NullMarked
package io.contextcore.gateway.export;

import org.jspecify.annotations.NullMarked;
