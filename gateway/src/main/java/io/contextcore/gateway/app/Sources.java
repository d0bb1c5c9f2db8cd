package io.contextcore.gateway.app;

import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.app.settings.Settings.SourceSetting;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.intake.Door;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.mapping.ProgramLoader;
import io.contextcore.gateway.model.Source;
import io.contextcore.gateway.model.SourceKind;
import io.contextcore.gateway.pipeline.Gate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the settings' sources meet the kinds that the mappings declare. */
public final class Sources {

    private Sources() {}

    /**
     * The program of the settings' mappings; its {@code project_of} knows the sources' project tables.
     *
     * @throws io.contextcore.gateway.base.InvalidFiles with every problem of every file
     */
    public static Program program(Settings settings) {
        Map<String, Map<String, String>> projects = new HashMap<>();
        settings.sources()
                .forEach(setting ->
                        projects.put(setting.source().name(), setting.source().projects()));
        return ProgramLoader.load(
                settings.mappings(),
                (source, name) -> Optional.ofNullable(
                        projects.getOrDefault(source, Map.of()).get(name)),
                settings.limits());
    }

    /**
     * A gate for each source.
     *
     * @throws io.contextcore.gateway.base.InvalidFiles if a source names a kind that there is not
     */
    static Map<String, Gate> gates(List<SourceSetting> sources, Program program, Limits limits) {
        Door door = new Door(limits);
        Problems problems = new Problems();
        Map<String, Gate> gates = new HashMap<>();
        for (SourceSetting setting : sources) {
            Source source = setting.source();
            SourceKind kind = program.kinds().get(source.kind());
            if (kind == null) {
                problems.add(
                        ErrorCode.UNKNOWN_KIND,
                        setting.kindAt(),
                        "unknown kind '" + source.kind() + "' (expected one of "
                                + String.join(", ", program.kinds().keySet())
                                + Nearest.hint(source.kind(), program.kinds().keySet()) + ")");
            } else {
                gates.put(
                        source.name(),
                        new Gate(kind, request -> door.admit(request, source, kind, program.redactor())));
            }
        }
        problems.throwIfAny();
        return gates;
    }
}
