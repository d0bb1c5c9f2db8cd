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
import java.util.ArrayList;
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
        Program program = ProgramLoader.load(
                settings.mappings(),
                (source, name) -> Optional.ofNullable(
                        projects.getOrDefault(source, Map.of()).get(name)),
                settings.limits());
        all(settings, program)
                .forEach(setting ->
                        projects.put(setting.source().name(), setting.source().projects()));
        return program;
    }

    /**
     * The sources of the settings, and those that stand in files of the mappings.
     *
     * @throws io.contextcore.gateway.base.InvalidFiles if two have one name or one path, or a secret cannot be had
     */
    static List<SourceSetting> all(Settings settings, Program program) {
        List<SourceSetting> all = new ArrayList<>(settings.sources());
        all.addAll(settings.sourceFiles().read(program.sources()));
        Problems problems = new Problems();
        Map<String, SourceSetting> byName = new HashMap<>();
        Map<String, SourceSetting> byPath = new HashMap<>();
        for (SourceSetting setting : all) {
            SourceSetting same = byName.putIfAbsent(setting.source().name(), setting);
            SourceSetting there = byPath.putIfAbsent(setting.source().path(), setting);
            if (same != null) {
                problems.add(
                        ErrorCode.DUPLICATE_NAME,
                        setting.kindAt(),
                        "the source '" + setting.source().name() + "' exists already, at " + same.kindAt()
                                + " (expected another name)");
            } else if (there != null) {
                problems.add(
                        ErrorCode.DUPLICATE_NAME,
                        setting.kindAt(),
                        "the path " + setting.source().path() + " of the source '"
                                + setting.source().name() + "' is that of the source '"
                                + there.source().name() + "', at " + there.kindAt() + " (expected another path)");
            }
        }
        problems.throwIfAny();
        return all;
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
