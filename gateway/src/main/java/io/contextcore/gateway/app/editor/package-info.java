/** What editors know of the files of the language. */
@NullMarked
package io.contextcore.gateway.app.editor;

import org.jspecify.annotations.NullMarked;
