/** What a user can set: one table of options, read from file, environment and command line into immutable records. */
@NullMarked
package io.contextcore.gateway.app.settings;

import org.jspecify.annotations.NullMarked;
