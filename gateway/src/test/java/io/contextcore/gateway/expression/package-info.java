@NullMarked
package io.contextcore.gateway.expression;

import org.jspecify.annotations.NullMarked;
