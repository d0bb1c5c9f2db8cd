/** Runs the tests that stand beside mappings: deliveries in, telemetry out, compared with what the file expects. */
@NullMarked
package io.contextcore.gateway.app.check;

import org.jspecify.annotations.NullMarked;
