/** The commands. The only place that writes to the standard streams. */
@NullMarked
package io.contextcore.gateway.app.cli;

import org.jspecify.annotations.NullMarked;
