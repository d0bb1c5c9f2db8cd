/** Floor 0: what has no domain. Time, randomness and environment as ports; secrets, limits, places in files and problems found there. */
@NullMarked
package io.contextcore.gateway.base;

import org.jspecify.annotations.NullMarked;
