package io.contextcore.gateway.pipeline;

import io.contextcore.gateway.mapping.Evaluation;
import io.contextcore.gateway.model.Emission;
import io.contextcore.gateway.store.Commit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step, computed and not yet committed.
 *
 * @param commit all that it changes
 * @param evaluation what the delivery means; null for a message, a timer or a delivery that could not be mapped
 * @param emissions the telemetry, before it was encoded
 * @param notes slugs to be counted
 */
public record Stepped(Commit commit, @Nullable Evaluation evaluation, List<Emission> emissions, List<String> notes) {}
