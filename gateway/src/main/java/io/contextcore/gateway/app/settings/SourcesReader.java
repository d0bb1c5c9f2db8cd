package io.contextcore.gateway.app.settings;

import io.contextcore.gateway.app.settings.Settings.SourceSetting;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.mapping.SourceForm;
import io.contextcore.gateway.model.Projects;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads {@code sources:}. A source without a secret is a problem unless it says {@code verify: none}: nobody is let in by
 * forgetting a line.
 */
final class SourcesReader {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._-]+)+");
    private static final Pattern HEADER = Pattern.compile("[a-z0-9_-]+");
    private static final Set<String> OURS = Set.of(
            "content-type",
            "content-length",
            "content-encoding",
            "host",
            "te",
            "user-agent",
            "transfer-encoding",
            "connection");

    private final Secrets secrets;
    private final Function<Location, Path> folderOf;
    private final Problems problems;
    private final GuardReader guards;

    /** @param folderOf where paths written at a place start from */
    SourcesReader(Secrets secrets, Function<Location, Path> folderOf, Problems problems) {
        this.secrets = secrets;
        this.folderOf = folderOf;
        this.problems = problems;
        this.guards = new GuardReader(problems);
    }

    List<SourceSetting> read(YamlNode node) {
        List<SourceSetting> sources = new ArrayList<>();
        if (node instanceof YamlMapping all) {
            all.entries().forEach(entry -> {
                String name = entry.key().text();
                if (isName(name, entry.key().location())) {
                    Fields.of(entry.value(), SourceForm.FORM, problems)
                            .flatMap(fields -> source(name, fields, entry.value()))
                            .ifPresent(sources::add);
                }
            });
        }
        return sources;
    }

    /** Sources that stand in files of their own. */
    List<SourceSetting> readFiles(List<YamlMapping> files) {
        List<SourceSetting> sources = new ArrayList<>();
        for (YamlMapping file : files) {
            Fields fields = new Fields(file, SourceForm.FILE, problems);
            fields.get(SourceForm.NAME)
                    .text()
                    .filter(name -> isName(name, fields.get(SourceForm.NAME).location()))
                    .flatMap(name -> source(name, fields, file))
                    .ifPresent(sources::add);
        }
        return sources;
    }

    private boolean isName(String name, Location place) {
        if (NAME.matcher(name).matches()) {
            return true;
        }
        problems.add(
                ErrorCode.BAD_SOURCE_NAME,
                place,
                "source '" + name + "' cannot stand in a path (expected: lower-case letters, digits, '.', '_', '-')");
        return false;
    }

    private Optional<SourceSetting> source(String name, Fields source, YamlNode node) {
        Field kind = source.get("kind");
        List<Secret> found = new ArrayList<>();
        boolean told = secrets(source, found);
        boolean unverified = source.get("verify").word().isPresent();
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
        if (unverified && source.isPresent("max_age")) {
            problems.add(
                    ErrorCode.KEYS_DISAGREE,
                    node.location(),
                    "source '" + name + "' has `verify: none` and `max_age:` (expected: one of them; a time that nobody"
                            + " signed says nothing)");
        }
        Optional<String> kindName = kind.text();
        if (kindName.isEmpty() || (found.isEmpty() && !unverified)) {
            return Optional.empty();
        }
        String path = path(source.get("path")).orElse(Source.WEBHOOKS + name);
        Source read = new Source(
                name,
                kindName.get(),
                found,
                unverified,
                projects(source.get("projects")),
                path,
                headers(source.get("otlp")),
                guards.allow(source.get("allow")),
                guards.age(source.get("max_age")).orElse(null));
        return Optional.of(new SourceSetting(read, kind.location()));
    }

    private Projects projects(Field field) {
        Map<String, String> rules = new LinkedHashMap<>();
        for (Field.Entry rule : field.entries()) {
            Optional<YamlScalar> id = rule.value().scalar();
            if (id.isPresent() && has(id.get().text()) && !has(rule.key())) {
                problems.add(
                        ErrorCode.BAD_SETTING,
                        rule.value().location(),
                        "the project id '" + id.get().text() + "' has a '*', but the name '" + rule.key()
                                + "' has none (expected: an id without, or a name with one)");
            }
            id.ifPresent(text -> rules.put(rule.key(), text.text()));
        }
        return Projects.of(rules);
    }

    private static boolean has(String text) {
        return text.indexOf(Projects.ANY) >= 0;
    }

    private Optional<String> path(Field field) {
        Optional<String> path = field.isPresent() ? field.text() : Optional.empty();
        if (path.isPresent() && !PATH.matcher(path.get()).matches()) {
            field.problem(
                    ErrorCode.BAD_SOURCE_NAME,
                    "path: '" + path.get() + "' does not fit (expected: `/` and letters, digits, '.', '_', '-', '/', no"
                            + " slash at the end)");
            return Optional.empty();
        }
        return path;
    }

    private Map<String, Secret> headers(Field otlp) {
        Map<String, Secret> headers = new TreeMap<>();
        if (otlp.isPresent()) {
            otlp.fields(SourceForm.EXPORT)
                    .map(fields -> fields.get("headers"))
                    .ifPresent(field -> field.entries().forEach(header -> header(header, headers)));
        }
        return headers;
    }

    private void header(Field.Entry entry, Map<String, Secret> headers) {
        String name = entry.key().toLowerCase(Locale.ROOT);
        if (!HEADER.matcher(name).matches() || OURS.contains(name)) {
            problems.add(
                    ErrorCode.BAD_SETTING,
                    entry.keyLocation(),
                    "'" + entry.key()
                            + "' cannot be a header of a source (expected: letters, digits, '-', '_', and none"
                            + " that the export itself sets)");
            return;
        }
        entry.value()
                .scalar()
                .ifPresent(value -> secrets.read(value.text(), value.location(), folderOf.apply(value.location()))
                        .ifPresent(secret -> headers.put(name, secret)));
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
