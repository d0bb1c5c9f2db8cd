/** Floor 6: settings, wiring, start and stop. The only package that knows all others. */
@NullMarked
package io.contextcore.gateway.app;

import org.jspecify.annotations.NullMarked;
