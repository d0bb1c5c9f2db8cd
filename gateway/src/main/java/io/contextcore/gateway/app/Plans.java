package io.contextcore.gateway.app;

import io.contextcore.gateway.app.openapi.OpenApi;
import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.app.settings.Settings.SourceSetting;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.lifecycle.LifecycleEngine;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.model.Api;
import io.contextcore.gateway.model.Deadline;
import io.contextcore.gateway.model.Source;
import io.contextcore.gateway.model.SourceKind;
import io.contextcore.gateway.otlp.OtlpEncoder;
import io.contextcore.gateway.pipeline.Encoding;
import io.contextcore.gateway.pipeline.Gate;
import io.contextcore.gateway.pipeline.Paths;
import io.contextcore.gateway.pipeline.Plan;
import io.contextcore.gateway.pipeline.Replying;
import io.contextcore.gateway.pipeline.Stepper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** All that hangs on a program is made here, so that a reload replaces all of it. */
final class Plans {

    private Plans() {}

    /** @throws io.contextcore.gateway.base.InvalidFiles if a source names a kind that the program does not have */
    static Plan of(Settings settings, Sources.Loaded loaded, String version, Clock clock) {
        Program program = loaded.program();
        OtlpEncoder encoder = new OtlpEncoder(
                settings.resource(), "contextcore", version, program.conventions(), settings.emitMode());
        Stepper stepper = new Stepper(
                program::evaluate,
                new LifecycleEngine(program.lifecycles(), program.conventions(), settings.limits()),
                new Encoding(encoder::spans, encoder::logs),
                settings.limits(),
                () -> Deadline.after(settings.limits().timeNanos(), clock));
        List<SourceSetting> sources = loaded.sources();
        Replying replying = new Replying(
                program::replies,
                (delivery, facts) -> program.reply(
                        delivery, facts, Deadline.after(settings.limits().replyTimeNanos(), clock)),
                Duration.ofNanos(settings.limits().replyTimeNanos()));
        Map<String, String> paths = new HashMap<>();
        List<Paths.Calls> apis = new ArrayList<>();
        Map<String, Map<String, Secret>> headers = new HashMap<>();
        for (SourceSetting setting : sources) {
            paths.put(setting.source().path(), setting.source().name());
            headers.put(setting.source().name(), setting.source().headers());
        }
        Map<String, Gate> gates = Sources.gates(sources, program, settings.limits(), clock);
        sources.forEach(setting -> calls(setting.source(), program, version).ifPresent(apis::add));
        return new Plan(gates, stepper, new Paths(paths, apis), headers, replying);
    }

    private static Optional<Paths.Calls> calls(Source source, Program program, String version) {
        SourceKind kind = Objects.requireNonNull(program.kinds().get(source.kind()), "its gate was made");
        Api api = kind.api();
        if (api == null) {
            return Optional.empty();
        }
        String base = api.base(source);
        return Optional.of(new Paths.Calls(source.name(), base, api, OpenApi.of(kind, base, version)));
    }
}
