/** What tests share: stand-ins for the world around the gateway. */
@NullMarked
package io.contextcore.gateway.testing;

import org.jspecify.annotations.NullMarked;
