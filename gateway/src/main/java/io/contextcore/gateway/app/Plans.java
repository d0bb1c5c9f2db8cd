package io.contextcore.gateway.app;

import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.lifecycle.LifecycleEngine;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.otlp.OtlpEncoder;
import io.contextcore.gateway.pipeline.Encoding;
import io.contextcore.gateway.pipeline.Plan;
import io.contextcore.gateway.pipeline.Stepper;

/** All that hangs on a program is made here, so that a reload replaces all of it. */
final class Plans {

    private Plans() {}

    /** @throws io.contextcore.gateway.base.InvalidFiles if a source names a kind that the program does not have */
    static Plan of(Settings settings, Program program, String version) {
        OtlpEncoder encoder = new OtlpEncoder(
                settings.resource(), "contextcore", version, program.conventions(), settings.emitMode());
        Stepper stepper = new Stepper(
                program::evaluate,
                new LifecycleEngine(program.lifecycles(), program.conventions(), settings.limits()),
                new Encoding(encoder::spans, encoder::logs),
                settings.limits());
        return new Plan(Sources.gates(settings.sources(), program, settings.limits()), stepper);
    }
}
