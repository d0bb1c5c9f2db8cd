/** What holds for the code as a whole. */
@NullMarked
package io.contextcore.gateway.arch;

import org.jspecify.annotations.NullMarked;
