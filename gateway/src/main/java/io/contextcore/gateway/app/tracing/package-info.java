/** The gateway's own spans, made by OpenTelemetry's SDK and sent to where the traces go. */
@NullMarked
package io.contextcore.gateway.app.tracing;

import org.jspecify.annotations.NullMarked;
