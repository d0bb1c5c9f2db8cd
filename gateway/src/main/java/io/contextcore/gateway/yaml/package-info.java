/** Floor 1: YAML text as a tree in which every node knows its place, and typed readers over it that collect every problem. */
@NullMarked
package io.contextcore.gateway.yaml;

import org.jspecify.annotations.NullMarked;
