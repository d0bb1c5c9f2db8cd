package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.expression.Coverage;
import io.contextcore.gateway.expression.ExpressionCompiler;
import io.contextcore.gateway.expression.Library;
import io.contextcore.gateway.mapping.SourceFile.Head;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.Privacy;
import io.contextcore.gateway.model.Redactor;
import io.contextcore.gateway.model.Schema;
import io.contextcore.gateway.model.SourceKind;
import io.contextcore.gateway.yaml.TextFile;
import io.contextcore.gateway.yaml.YamlMapping;
import io.contextcore.gateway.yaml.YamlScalar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Files become a program. Whatever is wrong in any of them is told at once. */
public final class ProgramLoader {

    private final Problems problems = new Problems();
    private final List<SourceFile> files = new ArrayList<>();
    private final List<Overriding> overridings = new ArrayList<>();
    private final BiFunction<String, String, Optional<String>> projects;
    private final Limits limits;
    private final Privacy privacy;

    private final @Nullable Coverage coverage;

    private ProgramLoader(
            BiFunction<String, String, Optional<String>> projects,
            Limits limits,
            Privacy privacy,
            @Nullable Coverage coverage) {
        this.projects = projects;
        this.limits = limits;
        this.privacy = privacy;
        this.coverage = coverage;
    }

    /**
     * What was found in files, whether they make a program or not.
     *
     * @param program null: there are errors
     * @param problems errors and warnings
     * @param files those that were read
     * @param vocabulary names that are declared, wrong or not
     * @param kindFiles files of kinds that count
     * @param sourceFiles files of sources that count, of the form {@link SourceForm#FILE}
     */
    public record Attempt(
            @Nullable Program program,
            Problems problems,
            Set<Path> files,
            Vocabulary vocabulary,
            List<YamlMapping> kindFiles,
            List<YamlMapping> sourceFiles) {

        private Program orThrow() {
            problems.throwIfAny();
            return Objects.requireNonNull(program, "there is one unless there is an error");
        }
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
        return load(folders, projects, limits, Privacy.defaults());
    }

    /**
     * The same, and so much of people is told.
     *
     * @throws io.contextcore.gateway.base.InvalidFiles with every problem of every file
     */
    public static Program load(
            List<Path> folders, BiFunction<String, String, Optional<String>> projects, Limits limits, Privacy privacy) {
        return attempt(folders, new ProgramLoader(projects, limits, privacy, null))
                .orThrow();
    }

    /**
     * The same for tests of mappings: the coverage hears what of the expressions the program runs, and texts are told too, so
     * that tests see all that can be sent.
     *
     * @throws io.contextcore.gateway.base.InvalidFiles with every problem of every file
     */
    public static Program load(
            List<Path> folders,
            BiFunction<String, String, Optional<String>> projects,
            Limits limits,
            @Nullable Coverage coverage) {
        return attempt(folders, new ProgramLoader(projects, limits, Privacy.withTexts(), coverage))
                .orThrow();
    }

    /**
     * The same for texts by file name.
     *
     * @throws io.contextcore.gateway.base.InvalidFiles with every problem of every file
     */
    public static Program load(
            Map<String, String> texts, BiFunction<String, String, Optional<String>> projects, Limits limits) {
        Map<String, TextFile> files = new TreeMap<>();
        texts.forEach((name, text) -> files.put(name, new TextFile(text, true)));
        return attempt(new ProgramLoader(projects, limits, Privacy.defaults(), null), List.of(files))
                .orThrow();
    }

    /** Reads the folders as {@link #load} does, and tells what there is even where something is wrong. */
    public static Attempt attempt(List<Path> folders, Limits limits) {
        return attempt(
                folders, new ProgramLoader((source, name) -> Optional.empty(), limits, Privacy.defaults(), null));
    }

    private static Attempt attempt(List<Path> folders, ProgramLoader loader) {
        return attempt(loader, Folders.read(folders, loader.problems));
    }

    private static Attempt attempt(ProgramLoader loader, List<Map<String, TextFile>> layers) {
        SortedMap<String, String> all = new TreeMap<>();
        List<SourceFile> files = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            int layer = i;
            new TreeMap<>(layers.get(i)).forEach((file, text) -> {
                if (all.putIfAbsent(file, text.text()) == null) {
                    // What is not UTF-8 has its problem; the names in such a file are known, so that it makes no
                    // others.
                    Problems told = text.sound() ? loader.problems : new Problems();
                    SourceFile.read(file, layer, text.text(), told).ifPresent(files::add);
                }
            });
        }
        loader.files.addAll(new Layers(loader.problems, loader.overridings).effective(files));
        return loader.attempt(all);
    }

    private Attempt attempt(SortedMap<String, String> texts) {
        Declared<Conventions.Attribute> attributes = declared("attribute");
        TablesReader tables = new TablesReader(problems, overridings);
        RedactionReader redaction = new RedactionReader();
        each(Head.CONVENTIONS, file -> ConventionsReader.read(file, attributes, problems));
        each(Head.TABLES, tables::read);
        each(Head.REDACTION, file -> redaction.read(file, problems));
        Conventions conventions = new Conventions(attributes.byName());
        tables.check(conventions);
        Redactor redactor = redaction.redactor();
        Library library = new Library(tables.byName(), learnt(), projects, redactor::redact, limits);
        Reading reading = new Reading(
                new ExpressionCompiler(library, coverage),
                conventions,
                new Overridden(attributes, layers()),
                names(Head.LIFECYCLE),
                problems);

        Declared<LifecycleDefinition> lifecycles = declared("lifecycle");
        Declared<SourceKind> kinds = declared("kind");
        Declared<Schema> schemas = declared("schema");
        Declared<Mapping> mappings = declared("mapping");
        Declared<YamlMapping> sources = declared("source");
        each(Head.LIFECYCLE, file -> new LifecycleReader(reading).read(file, lifecycles));
        each(Head.KIND, file -> new KindReader(reading).read(file, kinds, schemas));
        Set<String> schemaNames = new LinkedHashSet<>(schemas.byName().keySet());
        schemaNames.addAll(names(Head.SCHEMA));
        each(Head.SCHEMA, file -> SchemaReader.read(file, schemas, problems));
        each(
                Head.MAPPING,
                file -> new MappingReader(reading, names(Head.KIND), lifecycles.byName(), schemas.byName(), schemaNames)
                        .read(file, mappings));
        each(Head.SOURCE, file -> SourceForm.read(file, sources, names(Head.KIND), problems));
        Program program = !problems.isEmpty()
                ? null
                : new Program(
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
                        privacy,
                        Fingerprint.of(texts),
                        roots(Head.KIND),
                        List.copyOf(sources.byName().values()),
                        overridings,
                        TelemetryNames.of(files, lifecycles.byName(), conventions));
        return new Attempt(
                program,
                problems,
                texts.keySet().stream().map(Path::of).collect(Collectors.toUnmodifiableSet()),
                Vocabulary.of(names(Head.KIND), names(Head.LIFECYCLE), conventions),
                roots(Head.KIND),
                List.copyOf(sources.byName().values()));
    }

    private List<YamlMapping> roots(Head head) {
        List<YamlMapping> roots = new ArrayList<>();
        each(head, file -> roots.add(file.root()));
        return roots;
    }

    private Map<String, Integer> layers() {
        return files.stream()
                .collect(Collectors.toMap(file -> file.root().location().file(), SourceFile::layer));
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
