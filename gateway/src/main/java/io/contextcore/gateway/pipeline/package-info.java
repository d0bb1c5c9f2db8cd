/** Floor 4: the order of the steps on a delivery's way. Knows no HTTP. */
@NullMarked
package io.contextcore.gateway.pipeline;

import org.jspecify.annotations.NullMarked;
