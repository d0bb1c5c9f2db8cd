/** Floor 2: expressions. dev.cel parses and checks them when a file is loaded; closures over JSON nodes run them. */
@NullMarked
package io.contextcore.gateway.expression;

import org.jspecify.annotations.NullMarked;
