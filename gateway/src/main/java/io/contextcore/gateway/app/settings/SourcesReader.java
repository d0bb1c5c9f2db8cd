package io.contextcore.gateway.app.settings;

import io.contextcore.gateway.app.settings.Settings.SourceSetting;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.mapping.SourceForm;
import io.contextcore.gateway.model.Source;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.YamlMapping;
import io.contextcore.gateway.yaml.YamlNode;
import io.contextcore.gateway.yaml.YamlScalar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads {@code sources:}. A source without a secret is a problem unless it says {@code verify: none}: nobody is let in by
 * forgetting a line.
 */
final class SourcesReader {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    private final SecretReader secrets;
    private final Function<Location, Path> folderOf;
    private final Problems problems;

    /** @param folderOf where paths written at a place start from */
    SourcesReader(SecretReader secrets, Function<Location, Path> folderOf, Problems problems) {
        this.secrets = secrets;
        this.folderOf = folderOf;
        this.problems = problems;
    }

    List<SourceSetting> read(YamlNode node) {
        List<SourceSetting> sources = new ArrayList<>();
        if (node instanceof YamlMapping all) {
            all.entries().forEach(entry -> {
                String name = entry.key().text();
                if (NAME.matcher(name).matches()) {
                    source(name, entry.value()).ifPresent(sources::add);
                } else {
                    problems.add(
                            ErrorCode.BAD_SOURCE_NAME,
                            entry.key().location(),
                            "source '" + name
                                    + "' cannot stand in a path (expected: lower-case letters, digits, '.', '_', '-')");
                }
            });
        }
        return sources;
    }

    private Optional<SourceSetting> source(String name, YamlNode node) {
        Optional<Fields> fields = Fields.of(node, SourceForm.FORM, problems);
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        Fields source = fields.get();
        Field kind = source.get("kind");
        List<Secret> found = new ArrayList<>();
        boolean told = secrets(source, found);
        boolean unverified = source.get("verify").word().isPresent();
        Map<String, String> projects = new LinkedHashMap<>();
        source.get("projects")
                .entries()
                .forEach(project -> project.value().scalar().ifPresent(id -> projects.put(project.key(), id.text())));
        if (!told && !source.isPresent("verify")) {
            problems.add(
                    ErrorCode.NO_SECRET,
                    node.location(),
                    "source '" + name + "' has no secret (expected: `secret:`, or `verify: none` if anybody may post)");
        }
        if (told && unverified) {
            problems.add(
                    ErrorCode.KEYS_DISAGREE,
                    node.location(),
                    "source '" + name + "' has a secret and `verify: none` (expected: one of them)");
        }
        Optional<String> kindName = kind.text();
        if (kindName.isEmpty() || (found.isEmpty() && !unverified)) {
            return Optional.empty();
        }
        return Optional.of(
                new SourceSetting(new Source(name, kindName.get(), found, unverified, projects), kind.location()));
    }

    /** Whether the source says anything of secrets; what can be read of them goes to {@code found}. */
    private boolean secrets(Fields source, List<Secret> found) {
        Field one = source.get("secret");
        Field several = source.get("secrets");
        List<YamlScalar> scalars =
                new ArrayList<>(one.isPresent() ? one.scalar().stream().toList() : List.of());
        scalars.addAll(several.isPresent() ? several.scalars() : List.of());
        for (YamlScalar scalar : scalars) {
            Path folder = folderOf.apply(scalar.location());
            secrets.read(scalar.text(), scalar.location(), folder).ifPresent(found::add);
        }
        return one.isPresent() || several.isPresent();
    }
}
