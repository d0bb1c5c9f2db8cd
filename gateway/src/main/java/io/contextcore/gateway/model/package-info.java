/** Floor 1: the immutable values that flow between the parts, and the definitions that the YAML files declare. */
@NullMarked
package io.contextcore.gateway.model;

import org.jspecify.annotations.NullMarked;
