package io.contextcore.gateway.pipeline;

import io.contextcore.gateway.intake.IntakeRequest;
import io.contextcore.gateway.intake.Verdict;
import io.contextcore.gateway.model.SourceKind;
import java.util.function.Function;

/**
 * The door of one source.
 *
 * @param door pure: verification, parsing, delivery id
 */
public record Gate(SourceKind kind, Function<IntakeRequest, Verdict> door) {}
