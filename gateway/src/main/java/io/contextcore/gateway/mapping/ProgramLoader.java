package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.expression.Coverage;
import io.contextcore.gateway.expression.ExpressionCompiler;
import io.contextcore.gateway.expression.Library;
import io.contextcore.gateway.mapping.SourceFile.Head;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.Redactor;
import io.contextcore.gateway.model.Schema;
import io.contextcore.gateway.model.SourceKind;
import io.contextcore.gateway.yaml.YamlMapping;
import io.contextcore.gateway.yaml.YamlScalar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files become a program. Whatever is wrong in any of them is told at once. */
public final class ProgramLoader {

    private static final String SUFFIX = ".yaml";
    private static final String TEST_SUFFIX = ".test.yaml";
    private static final String TEST_DATA = "testdata";

    private final Problems problems = new Problems();
    private final List<SourceFile> files = new ArrayList<>();
    private final List<Overriding> overridings = new ArrayList<>();
    private final BiFunction<String, String, Optional<String>> projects;
    private final Limits limits;

    private final @Nullable Coverage coverage;

    private ProgramLoader(
            BiFunction<String, String, Optional<String>> projects, Limits limits, @Nullable Coverage coverage) {
        this.projects = projects;
        this.limits = limits;
        this.coverage = coverage;
    }

    /**
     * Loads all {@code .yaml} files under the folders, tests ({@code .test.yaml}, folders {@code testdata}) excepted. A
     * later folder adds to the earlier ones and overrides them by name, tables key by key; a name that is declared twice in
     * one folder is a problem.
     *
     * @param projects (source, sender's name of the project) to the project's id, where somebody has given one
     * @throws io.contextcore.gateway.base.InvalidFiles with every problem of every file
     */
    public static Program load(
            List<Path> folders, BiFunction<String, String, Optional<String>> projects, Limits limits) {
        return load(folders, projects, limits, null);
    }

    /**
     * The same, and the coverage hears what of the expressions the program runs.
     *
     * @throws io.contextcore.gateway.base.InvalidFiles with every problem of every file
     */
    public static Program load(
            List<Path> folders,
            BiFunction<String, String, Optional<String>> projects,
            Limits limits,
            @Nullable Coverage coverage) {
        List<Map<String, String>> layers = new ArrayList<>();
        Problems unreadable = new Problems();
        for (Path folder : new LinkedHashSet<>(folders)) {
            SortedMap<String, String> texts = new TreeMap<>();
            layers.add(texts);
            for (Path file : files(folder, unreadable)) {
                try {
                    texts.put(file.toString(), Files.readString(file));
                } catch (CharacterCodingException e) {
                    unreadable.add(ErrorCode.UNREADABLE, Location.file(file.toString()), "the file is not UTF-8");
                } catch (IOException e) {
                    unreadable.add(ErrorCode.UNREADABLE, Location.file(file.toString()), "cannot be read: " + e);
                }
            }
        }
        unreadable.throwIfAny();
        return program(layers, new ProgramLoader(projects, limits, coverage));
    }

    /**
     * The same for texts by file name.
     *
     * @throws io.contextcore.gateway.base.InvalidFiles with every problem of every file
     */
    public static Program load(
            Map<String, String> texts, BiFunction<String, String, Optional<String>> projects, Limits limits) {
        return program(List.of(texts), new ProgramLoader(projects, limits, null));
    }

    private static Program program(List<Map<String, String>> layers, ProgramLoader loader) {
        SortedMap<String, String> all = new TreeMap<>();
        List<SourceFile> files = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            int layer = i;
            new TreeMap<>(layers.get(i)).forEach((file, text) -> {
                if (all.putIfAbsent(file, text) == null) {
                    SourceFile.read(file, layer, text, loader.problems).ifPresent(files::add);
                }
            });
        }
        loader.files.addAll(new Layers(loader.problems, loader.overridings).effective(files));
        return loader.program(Fingerprint.of(all));
    }

    private static List<Path> files(Path folder, Problems unreadable) {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(ProgramLoader::isSource)
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            unreadable.add(ErrorCode.UNREADABLE, Location.file(folder.toString()), "the folder cannot be read: " + e);
            return List.of();
        }
    }

    private static boolean isSource(Path path) {
        String name = path.getFileName().toString();
        boolean data = Stream.iterate(path, p -> p != null, Path::getParent)
                .anyMatch(p ->
                        p.getFileName() != null && p.getFileName().toString().equals(TEST_DATA));
        return Files.isRegularFile(path) && name.endsWith(SUFFIX) && !name.endsWith(TEST_SUFFIX) && !data;
    }

    private Program program(String fingerprint) {
        Declared<Conventions.Attribute> attributes = declared("attribute");
        TablesReader tables = new TablesReader(problems, overridings);
        RedactionReader redaction = new RedactionReader();
        each(Head.CONVENTIONS, file -> ConventionsReader.read(file, attributes, problems));
        each(Head.TABLES, tables::read);
        each(Head.REDACTION, file -> redaction.read(file, problems));
        Conventions conventions = new Conventions(attributes.byName());
        Redactor redactor = redaction.redactor();
        Library library = new Library(tables.byName(), learnt(), projects, redactor::redact, limits);
        Reading reading =
                new Reading(new ExpressionCompiler(library, coverage), conventions, names(Head.LIFECYCLE), problems);

        Declared<LifecycleDefinition> lifecycles = declared("lifecycle");
        Declared<SourceKind> kinds = declared("kind");
        Declared<Schema> schemas = declared("schema");
        Declared<Mapping> mappings = declared("mapping");
        Declared<YamlMapping> sources = declared("source");
        each(Head.LIFECYCLE, file -> new LifecycleReader(reading).read(file, lifecycles));
        each(Head.KIND, file -> new KindReader(reading).read(file, kinds));
        each(Head.SCHEMA, file -> SchemaReader.read(file, schemas, problems));
        Set<String> schemaNames = names(Head.SCHEMA);
        each(
                Head.MAPPING,
                file -> new MappingReader(reading, names(Head.KIND), lifecycles.byName(), schemas.byName(), schemaNames)
                        .read(file, mappings));
        each(Head.SOURCE, file -> SourceForm.read(file, sources, names(Head.KIND), problems));
        problems.throwIfAny();
        return new Program(
                kinds.byName(),
                new LifecycleDefinition.Catalogue(lifecycles.byName()),
                conventions,
                tables.byName(),
                redactor,
                mappings.byName().values().stream()
                        .sorted(Comparator.comparing(Mapping::name))
                        .toList(),
                Omissions.of(
                        mappings.byName().values(),
                        schemas.byName().values(),
                        reading.compiler().membersRead(),
                        problems),
                limits,
                fingerprint,
                List.copyOf(sources.byName().values()),
                overridings,
                TelemetryNames.of(files, lifecycles.byName(), conventions));
    }

    private <T> Declared<T> declared(String what) {
        return new Declared<>(what, problems, overridings);
    }

    private void each(Head head, java.util.function.Consumer<SourceFile> reader) {
        files.stream().filter(file -> file.head() == head).forEach(reader);
    }

    /** The tables that mappings learn into, whatever else is wrong with these. */
    private Set<String> learnt() {
        Set<String> tables = new LinkedHashSet<>();
        each(Head.MAPPING, file -> tables.addAll(LearnReader.tables(file.root())));
        return tables;
    }

    /** The names that files of a sort declare, wrong or not: so that one problem does not make many. */
    private Set<String> names(Head head) {
        Set<String> names = new LinkedHashSet<>();
        each(head, file -> {
            if (file.named() instanceof YamlScalar scalar) {
                names.add(scalar.text());
            }
        });
        return names;
    }
}
