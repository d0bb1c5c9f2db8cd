/** The load program: the whole application under load, measured. Not run by the build; see {@code LoadMain}. */
@NullMarked
package io.contextcore.gateway.load;

import org.jspecify.annotations.NullMarked;
