package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.mapping.Evaluation;
import io.contextcore.gateway.mapping.Trace;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.pipeline.Stepped;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hears how a delivery is understood, step by step, and tells it. */
interface ExplainView extends Trace {

    /** The door did not let it in. */
    void refused(String reason, String text);

    /** It is answered, and not kept. */
    void ping();

    /** @param redactions how many secrets each rule took out before anything is kept */
    void delivery(Delivery delivery, Map<String, Integer> redactions);

    /** What the delivery means. */
    void evaluation(Evaluation evaluation);

    /** A mapping failed: the delivery is a dead letter. */
    void failed(EvaluationException error);

    /**
     * What a step did.
     *
     * @param message what was stepped; null: the delivery itself, or a timer
     * @param before the rows as they were, by key; those that are missing are new
     */
    void step(Stepped step, @Nullable Message message, Map<String, Row> before);

    /** Nothing else comes. */
    void end();
}
