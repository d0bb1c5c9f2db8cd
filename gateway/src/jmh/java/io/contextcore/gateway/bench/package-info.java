/** Benchmarks: {@code make bench}. What they say stands in docs/performance.md. */
@NullMarked
package io.contextcore.gateway.bench;

import org.jspecify.annotations.NullMarked;
