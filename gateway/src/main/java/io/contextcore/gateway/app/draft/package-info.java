/** Writes the first files of a new source, guessed from one delivery of it. */
@NullMarked
package io.contextcore.gateway.app.draft;

import org.jspecify.annotations.NullMarked;
