package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.mapping.ProgramLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The mappings that a command works with. */
final class Mappings {

    private Mappings() {}

    /** What a user writes for the mappings that come with the gateway. */
    static Path folder(Surroundings surroundings, Path given) {
        return given.equals(Settings.BUILTIN) ? surroundings.mappings() : surroundings.shown(given);
    }

    /** The given folders, else those that come with the gateway. */
    static List<Path> folders(Surroundings surroundings, List<Path> given) {
        return given.isEmpty()
                ? List.of(surroundings.mappings())
                : given.stream().map(folder -> folder(surroundings, folder)).toList();
    }

    /** @throws io.contextcore.gateway.base.InvalidFiles with every problem of every file */
    static Program load(Surroundings surroundings, List<Path> given) {
        return ProgramLoader.load(folders(surroundings, given), (source, name) -> Optional.empty(), Limits.defaults());
    }
}
