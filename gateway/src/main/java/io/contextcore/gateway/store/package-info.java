/** Floor 3: what is kept. The port, and its RocksDB engine: inbox, state, messages, timers, outbox, dead letters. */
@NullMarked
package io.contextcore.gateway.store;

import org.jspecify.annotations.NullMarked;
