package io.contextcore.gateway.app.settings;

import io.contextcore.gateway.app.settings.Settings.SourceSetting;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.yaml.YamlMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads files of sources for a check of their form: no secret is looked for, and none is in what is read. */
public final class SourceForms {

    private static final Secret NOT_READ = Secret.of("not read");

    private SourceForms() {}

    /** What is wrong is added to the problems. */
    public static List<SourceSetting> read(List<YamlMapping> files, Problems problems) {
        Secrets forms = (text, at, folder) ->
                SecretReader.hasForm(text, at, problems) ? Optional.of(NOT_READ) : Optional.empty();
        return new SourcesReader(forms, place -> Path.of(""), problems).readFiles(files);
    }
}
