@NullMarked
package io.contextcore.gateway.yaml;

import org.jspecify.annotations.NullMarked;
