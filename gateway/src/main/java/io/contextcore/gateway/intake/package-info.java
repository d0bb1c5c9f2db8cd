/** Floor 3: the door. Verification, size and content rules, event name, delivery id and tenant of a request. Pure. */
@NullMarked
package io.contextcore.gateway.intake;

import org.jspecify.annotations.NullMarked;
