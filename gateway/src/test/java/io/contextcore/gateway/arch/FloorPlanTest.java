package io.contextcore.gateway.arch;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The plan of gateway/README.md: which package may use which, and which library. Imports point down. */
class FloorPlanTest {

    private static final String BASE = "io.contextcore.gateway";

    /** So that the plan cannot hold because nothing was looked at. */
    private static final int FEWEST_CLASSES = 150;

    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("base", List.of()),
            Map.entry("model", List.of("base")),
            Map.entry("yaml", List.of("base")),
            Map.entry("expression", List.of("base", "model", "yaml")),
            Map.entry("otlp", List.of("base", "model")),
            Map.entry("mapping", List.of("base", "model", "yaml", "expression")),
            Map.entry("lifecycle", List.of("base", "model")),
            Map.entry("intake", List.of("base", "model")),
            Map.entry("store", List.of("base", "model")),
            Map.entry("export", List.of("base", "model", "otlp")),
            Map.entry(
                    "pipeline",
                    List.of("base", "model", "yaml", "expression", "otlp", "mapping", "lifecycle", "intake", "store")),
            Map.entry(
                    "server",
                    List.of(
                            "base",
                            "model",
                            "yaml",
                            "expression",
                            "otlp",
                            "mapping",
                            "lifecycle",
                            "intake",
                            "store",
                            "pipeline")),
            Map.entry(
                    "app",
                    List.of(
                            "base",
                            "model",
                            "yaml",
                            "expression",
                            "otlp",
                            "mapping",
                            "lifecycle",
                            "intake",
                            "store",
                            "export",
                            "pipeline",
                            "server")));

    private record Library(String name, List<String> packages, List<String> users, String reason) {}

    private static final List<Library> LIBRARIES = List.of(
            new Library(
                    "Vert.x",
                    List.of("io.vertx..", "io.netty.."),
                    List.of("export", "server", "app"),
                    "the inner floors run without a network, and without its threads"),
            new Library(
                    "protobuf",
                    List.of("com.google.protobuf..", "io.opentelemetry.proto.."),
                    List.of("otlp", "export"),
                    "the wire format is one package's business; the others speak of spans and logs"),
            new Library(
                    "Micrometer",
                    List.of("io.micrometer..", "io.prometheus.."),
                    List.of("app"),
                    "the others count by base.Metrics"),
            new Library(
                    "OpenTelemetry's SDK",
                    List.of("io.opentelemetry.api..", "io.opentelemetry.context..", "io.opentelemetry.sdk.."),
                    List.of("app"),
                    "the others make their spans by base.Tracing"),
            new Library("picocli", List.of("picocli.."), List.of("app"), "only the command line has options"),
            new Library(
                    "RocksDB", List.of("org.rocksdb.."), List.of("store"), "the store is a port; this is one engine"),
            new Library(
                    "CEL",
                    List.of("dev.cel.."),
                    List.of("expression"),
                    "its own types are not stable between versions"),
            new Library("YAML", List.of("org.snakeyaml..", "org.yaml.."), List.of("yaml"), "the tree knows its places"),
            new Library(
                    "RE2",
                    List.of("com.google.re2j.."),
                    List.of("expression", "model", "mapping"),
                    "patterns that users write are run by expressions and by redaction, in linear time"),
            new Library(
                    "Jackson",
                    List.of("com.fasterxml.."),
                    MAY_USE.keySet().stream()
                            .filter(name -> !name.equals("base"))
                            .toList(),
                    "the ground floor needs the JDK only"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(BASE);

    @TestFactory
    List<DynamicTest> eachPackageUsesOnlyWhatStandsBelow() {
        return MAY_USE.keySet().stream()
                .sorted()
                .map(name -> DynamicTest.dynamicTest(name, () -> usesOnlyWhatStandsBelow(name)))
                .toList();
    }

    private static void usesOnlyWhatStandsBelow(String name) {
        Set<String> others = new TreeSet<>(MAY_USE.keySet());
        others.remove(name);
        MAY_USE.getOrDefault(name, List.of()).forEach(others::remove);
        if (others.isEmpty()) {
            return;
        }
        noClasses()
                .that(resideInAPackage(inside(name)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(inside(others)))
                .because("imports point down, and " + name + " may use only " + MAY_USE.get(name))
                .check(CLASSES);
    }

    @TestFactory
    List<DynamicTest> eachLibraryIsUsedWhereItBelongs() {
        return LIBRARIES.stream()
                .map(library -> DynamicTest.dynamicTest(
                        library.name(),
                        () -> noClasses()
                                .that(not(resideInAnyPackage(inside(library.users()))))
                                .should()
                                .dependOnClassesThat(
                                        resideInAnyPackage(library.packages().toArray(String[]::new)))
                                .because(library.reason())
                                .check(CLASSES)))
                .toList();
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(CLASSES);
        slices().matching(BASE + ".(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(describeClass("Main, where all of it meets", FloorPlanTest::isMain), alwaysTrue())
                .check(CLASSES);
    }

    @Test
    void timeChanceAndEnvironmentComeFromBase() {
        noClasses()
                .that(not(resideInAPackage(inside("base"))))
                .should()
                .accessTargetWhere(describe("the clock, chance or the environment", FloorPlanTest::isImpure))
                .because("they are arguments: base.Clock, base.Randomness, base.Environment")
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that(not(resideInAPackage(inside("app.cli"))).and(not(describeClass("Main", FloorPlanTest::isMain))))
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .because("a library returns text or counts it")
                .check(CLASSES);
    }

    @Test
    void noErrorIsThrownWithoutAKind() {
        GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> unmarked = CLASSES.stream()
                .map(JavaClass::getPackage)
                .filter(each -> !each.isAnnotatedWith(NullMarked.class))
                .map(each -> each.getName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), unmarked, "packages without @NullMarked in their package-info.java");
    }

    @Test
    void everyPackageHasItsFloor() {
        Set<String> unknown = CLASSES.stream()
                .map(each -> each.getPackageName().substring(BASE.length()))
                .map(rest -> rest.isEmpty() ? "(top)" : rest.substring(1).split("\\.", 2)[0])
                .filter(name -> !MAY_USE.containsKey(name))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), unknown, "packages that the plan does not name");
    }

    @Test
    void thePlanIsHeldAgainstTheWholeCode() {
        assertTrue(CLASSES.size() >= FEWEST_CLASSES, () -> "only " + CLASSES.size() + " classes were looked at");
    }

    private static boolean isImpure(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getFullName();
        String member = access.getTarget().getName();
        return switch (owner) {
            case "java.lang.System" ->
                Set.of("currentTimeMillis", "nanoTime", "getenv").contains(member);
            case "java.lang.Thread" -> member.equals("sleep");
            case "java.lang.Math" -> member.equals("random");
            case "java.util.UUID" -> member.equals("randomUUID");
            case "java.time.Clock" -> member.startsWith("system");
            case "java.util.Random", "java.util.concurrent.ThreadLocalRandom", "java.security.SecureRandom" -> true;
            default -> owner.startsWith("java.time.") && member.equals("now");
        };
    }

    private static boolean isMain(JavaClass type) {
        return type.getFullName().equals(BASE + ".app.Main");
    }

    private static DescribedPredicate<JavaAccess<?>> describe(
            String text, java.util.function.Predicate<JavaAccess<?>> predicate) {
        return DescribedPredicate.describe(text, predicate);
    }

    private static DescribedPredicate<JavaClass> describeClass(
            String text, java.util.function.Predicate<JavaClass> predicate) {
        return DescribedPredicate.describe(text, predicate);
    }

    private static String inside(String name) {
        return BASE + "." + name + "..";
    }

    private static String[] inside(java.util.Collection<String> names) {
        return names.stream().map(FloorPlanTest::inside).toArray(String[]::new);
    }
}
