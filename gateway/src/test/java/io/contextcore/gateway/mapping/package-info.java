@NullMarked
package io.contextcore.gateway.mapping;

import org.jspecify.annotations.NullMarked;
