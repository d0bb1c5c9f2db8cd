package io.contextcore.gateway.app;

import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.mapping.Program;

/** The mappings that come with the gateway, loaded once for all tests: to load them takes longer than a test. */
final class BuiltinProgram {

    private static Program program;

    private BuiltinProgram() {}

    /** @param settings that name no other mappings */
    static synchronized Program of(Settings settings) {
        if (program == null) {
            program = Sources.program(settings);
        }
        return program;
    }
}
