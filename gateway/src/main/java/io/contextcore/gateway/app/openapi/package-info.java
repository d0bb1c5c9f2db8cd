/** Describes the calls of a kind as an OpenAPI document. */
@NullMarked
package io.contextcore.gateway.app.openapi;

import org.jspecify.annotations.NullMarked;
