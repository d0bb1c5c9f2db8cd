/** Floor 3: files become one immutable program, and the program tells what a delivery means. */
@NullMarked
package io.contextcore.gateway.mapping;

import org.jspecify.annotations.NullMarked;
