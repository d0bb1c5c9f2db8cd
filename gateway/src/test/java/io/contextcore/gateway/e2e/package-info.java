/** The assembled application as a process of its own, before a real Collector, with signed requests over real HTTP. */
@NullMarked
package io.contextcore.gateway.e2e;

import org.jspecify.annotations.NullMarked;
