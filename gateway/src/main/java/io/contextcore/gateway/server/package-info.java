/** Floor 5: HTTP. Small handlers over Vert.x, and the one table from outcome to status. */
@NullMarked
package io.contextcore.gateway.server;

import org.jspecify.annotations.NullMarked;
