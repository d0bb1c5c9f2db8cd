package io.contextcore.gateway.app;

import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.app.settings.Settings.SourceSetting;
import io.contextcore.gateway.app.settings.Settings.SourcesRead;
import io.contextcore.gateway.app.settings.SourceForms;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.intake.Door;
import io.contextcore.gateway.intake.Rate;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.mapping.ProgramLoader;
import io.contextcore.gateway.model.Age;
import io.contextcore.gateway.model.Projects;
import io.contextcore.gateway.model.Source;
import io.contextcore.gateway.model.SourceKind;
import io.contextcore.gateway.model.SourceKind.Verification;
import io.contextcore.gateway.pipeline.Gate;
import io.contextcore.gateway.yaml.YamlMapping;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where the settings' sources meet the kinds that the mappings declare. */
public final class Sources {

    private Sources() {}

    /**
     * Mappings and sources, read together.
     *
     * @param sources of the settings and of files of the mappings, with their secrets
     * @param secretFiles that these were read from
     */
    record Loaded(Program program, List<SourceSetting> sources, Set<Path> secretFiles) {

        /** Whether the same was read: mappings, sources and secrets. */
        boolean isSameAs(Loaded other) {
            return program.fingerprint().equals(other.program.fingerprint()) && sources.equals(other.sources);
        }

        /** Names of the sources that are there in both, and not as they were. */
        List<String> renewed(Loaded former) {
            Map<String, SourceSetting> before = new HashMap<>();
            former.sources.forEach(setting -> before.put(setting.source().name(), setting));
            return sources.stream()
                    .filter(setting -> !setting.source()
                            .equals(before.getOrDefault(setting.source().name(), setting)
                                    .source()))
                    .map(setting -> setting.source().name())
                    .sorted()
                    .toList();
        }
    }

    /**
     * The program of the settings' mappings; its {@code project_of} knows the sources' project tables.
     *
     * @throws io.contextcore.gateway.base.InvalidFiles with every problem of every file
     */
    public static Program program(Settings settings) {
        return load(settings).program();
    }

    /**
     * The same with its sources.
     *
     * @throws io.contextcore.gateway.base.InvalidFiles with every problem of every file
     */
    static Loaded load(Settings settings) {
        Map<String, Projects> projects = new HashMap<>();
        Program program = ProgramLoader.load(
                settings.mappings(),
                (source, name) -> projects.getOrDefault(source, Projects.NONE).idOf(name),
                settings.limits(),
                settings.privacy());
        Loaded loaded = of(settings, program);
        loaded.sources()
                .forEach(setting ->
                        projects.put(setting.source().name(), setting.source().projects()));
        return loaded;
    }

    /**
     * The sources of the settings, and those that stand in files of the mappings.
     *
     * @throws io.contextcore.gateway.base.InvalidFiles if two have one name or one path, or a secret cannot be had
     */
    static Loaded of(Settings settings, Program program) {
        SourcesRead read = settings.sourceReading().read(program.sources());
        Problems problems = new Problems();
        refuseClashes(read.sources(), problems);
        problems.throwIfAny();
        return new Loaded(program, read.sources(), read.secretFiles());
    }

    /**
     * Checks files of sources as far as that can be done without their secrets and without the settings: names, paths,
     * headers, the form of secrets. What is wrong is added to the problems.
     */
    public static void check(List<YamlMapping> files, Problems problems) {
        refuseClashes(SourceForms.read(files, problems), problems);
    }

    private static void refuseClashes(List<SourceSetting> all, Problems problems) {
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
    }

    /** A time that no way of the kind signs would let nobody in, or say nothing. */
    private static void refuseUnsignedTimes(SourceSetting setting, SourceKind kind, Problems problems) {
        Age age = setting.source().age();
        if (age == null) {
            return;
        }
        boolean token = age.where() == Age.Where.TOKEN;
        if (kind.verifications().stream().noneMatch(way -> token ? way instanceof Verification.Jwt : signsBody(way))) {
            problems.add(
                    ErrorCode.KEYS_DISAGREE,
                    setting.kindAt(),
                    "source '" + setting.source().name() + "' has `max_age:` by a time in the "
                            + (token ? "token" : "body") + ", which its kind '" + kind.name() + "' "
                            + (token ? "does not take (expected: `jwt`" : "does not have signed (expected: `hmac`")
                            + " among its ways to verify)");
        }
    }

    private static void refuseSharedBase(
            SourceSetting setting, SourceKind kind, Map<String, String> bases, Problems problems) {
        if (kind.api() == null) {
            return;
        }
        String base = kind.api().base(setting.source());
        String other = bases.putIfAbsent(base, setting.source().name());
        if (other != null) {
            problems.add(
                    ErrorCode.DUPLICATE_NAME,
                    setting.kindAt(),
                    "the calls of the source '" + setting.source().name() + "' would come in below " + base
                            + ", as those of the source '" + other + "' do (expected a `path:` of its own)");
        }
    }

    private static boolean signsBody(Verification way) {
        return way instanceof Verification.Hmac || way instanceof Verification.Signature;
    }

    /**
     * A gate for each source. What it has let in is counted anew.
     *
     * @throws io.contextcore.gateway.base.InvalidFiles if a source names a kind that there is not, or a time that is not signed
     */
    static Map<String, Gate> gates(List<SourceSetting> sources, Program program, Limits limits, Clock clock) {
        Rate rate = new Rate(limits.sourceRequests(), sources.size(), clock);
        Door door = new Door(limits, clock, rate::take);
        Problems problems = new Problems();
        Map<String, Gate> gates = new HashMap<>();
        Map<String, String> bases = new HashMap<>();
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
                refuseUnsignedTimes(setting, kind, problems);
                refuseSharedBase(setting, kind, bases, problems);
                gates.put(
                        source.name(),
                        new Gate(
                                kind,
                                source.allow(),
                                request -> door.admit(request, source, kind, program.redactor())));
            }
        }
        problems.throwIfAny();
        return gates;
    }
}
