/** Self-telemetry for Prometheus: the catalogue {@link io.contextcore.gateway.base.Metric} over Micrometer. */
@NullMarked
package io.contextcore.gateway.app.metrics;

import org.jspecify.annotations.NullMarked;
