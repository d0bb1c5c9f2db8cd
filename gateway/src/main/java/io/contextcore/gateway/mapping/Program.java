package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Problem;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.Deadline;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Facts;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.Privacy;
import io.contextcore.gateway.model.Redactor;
import io.contextcore.gateway.model.Schema;
import io.contextcore.gateway.model.SourceKind;
import io.contextcore.gateway.yaml.YamlMapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All mapping files, compiled: immutable, for any number of threads. {@link ProgramLoader} makes it. */
public final class Program {

    private final Map<String, SourceKind> kinds;
    private final LifecycleDefinition.Catalogue lifecycles;
    private final Conventions conventions;
    private final Map<String, Map<String, Object>> tables;
    private final Redactor redactor;
    private final List<Mapping> mappings;
    private final Limits limits;
    private final Privacy privacy;
    private final List<Problem> omissions;
    private final String fingerprint;
    private final List<YamlMapping> kindFiles;
    private final List<YamlMapping> sources;
    private final List<Overriding> overridings;
    private final List<TelemetryName> telemetry;
    private final int slots;

    Program(
            Map<String, SourceKind> kinds,
            LifecycleDefinition.Catalogue lifecycles,
            Conventions conventions,
            Map<String, Map<String, Object>> tables,
            Redactor redactor,
            List<Mapping> mappings,
            List<Problem> omissions,
            Limits limits,
            Privacy privacy,
            String fingerprint,
            List<YamlMapping> kindFiles,
            List<YamlMapping> sources,
            List<Overriding> overridings,
            List<TelemetryName> telemetry) {
        this.telemetry = List.copyOf(telemetry);
        this.kindFiles = List.copyOf(kindFiles);
        this.sources = List.copyOf(sources);
        this.overridings = List.copyOf(overridings);
        this.kinds = Map.copyOf(kinds);
        this.lifecycles = lifecycles;
        this.conventions = conventions;
        this.tables = Map.copyOf(tables);
        this.redactor = redactor;
        this.mappings = List.copyOf(mappings);
        this.omissions = List.copyOf(omissions);
        this.limits = limits;
        this.privacy = privacy;
        this.fingerprint = fingerprint;
        this.slots = mappings.stream().mapToInt(Mapping::slots).max().orElse(Variable.values().length);
    }

    /** The files that declare kinds: who plays a sender reads its part of them. */
    public List<YamlMapping> kindFiles() {
        return kindFiles;
    }

    /** The files that declare sources, of the form {@link SourceForm#FILE}: who reads settings reads them. */
    public List<YamlMapping> sources() {
        return sources;
    }

    /** What of the later folders stands in the place of something of the earlier ones. */
    public List<Overriding> overridings() {
        return overridings;
    }

    /** The names of all spans and log records that it can make. */
    public List<TelemetryName> telemetry() {
        return telemetry;
    }

    /** Kinds of sources by name. */
    public Map<String, SourceKind> kinds() {
        return kinds;
    }

    public LifecycleDefinition.Catalogue lifecycles() {
        return lifecycles;
    }

    public Conventions conventions() {
        return conventions;
    }

    /** Lookup tables by name: key to value. */
    public Map<String, Map<String, Object>> tables() {
        return tables;
    }

    public Redactor redactor() {
        return redactor;
    }

    /** How much of people it tells. */
    Privacy privacy() {
        return privacy;
    }

    /** Of the files that it was made of, 12 hex digits: equal for equal files. */
    public String fingerprint() {
        return fingerprint;
    }

    /** Names of the mappings, in the order in which they are tried. */
    public List<String> mappings() {
        return mappings.stream().map(Mapping::name).toList();
    }

    /** What a strict reader misses, though the program runs: mappings without a schema, members of schemas that nobody reads. */
    public List<Problem> omissions() {
        return omissions;
    }

    /** The schemas of the mappings that name the delivery's event, by the mapping's name. */
    public Map<String, Schema> schemas(Delivery delivery) {
        Map<String, Schema> schemas = new TreeMap<>();
        for (Mapping mapping : mappings) {
            Schema schema = mapping.schema();
            if (schema != null && mapping.wants(delivery.kind(), delivery.event())) {
                schemas.put(mapping.name(), schema);
            }
        }
        return schemas;
    }

    /** The schemas that mappings name, by name. */
    public Map<String, Schema> schemas() {
        Map<String, Schema> schemas = new TreeMap<>();
        mappings.stream()
                .flatMap(mapping -> Optional.ofNullable(mapping.schema()).stream())
                .forEach(schema -> schemas.put(schema.name(), schema));
        return schemas;
    }

    /**
     * What the delivery means. Pure: the same delivery and facts give the same evaluation.
     *
     * @throws io.contextcore.gateway.model.EvaluationException if an expression has an error for its values, or yields
     *     what does not fit its place: this delivery can never be mapped by this program
     */
    public Evaluation evaluate(Delivery delivery, Facts facts) {
        return evaluate(delivery, facts, Deadline.none());
    }

    /**
     * The same, as long as there is time.
     *
     * @throws io.contextcore.gateway.model.EvaluationException also if time is over
     */
    public Evaluation evaluate(Delivery delivery, Facts facts, Deadline deadline) {
        return new EvaluationRun(this, delivery, facts, deadline, limits, slots, null).run(mappings);
    }

    /** The same where nothing was learnt yet. */
    public Evaluation evaluate(Delivery delivery) {
        return evaluate(delivery, Facts.none());
    }

    /** The same, and tells the trace of every step. */
    public Evaluation evaluate(Delivery delivery, Facts facts, Trace trace) {
        return new EvaluationRun(this, delivery, facts, Deadline.none(), limits, slots, trace).run(mappings);
    }

    /** Whether a mapping declares a reply to such deliveries, so that it is worth the while to ask for one. */
    public boolean replies(String kind, String event) {
        return mappings.stream().anyMatch(mapping -> mapping.reply() != null && mapping.wants(kind, event));
    }

    /**
     * What the sender of the delivery is answered: the reply of the first mapping that has one. Pure, like the evaluation,
     * and independent of it.
     *
     * @throws io.contextcore.gateway.model.EvaluationException if an expression has an error for its values, time is over,
     *     or the body is larger than {@link Limits#replyBytes}
     */
    public Optional<Reply> reply(Delivery delivery, Facts facts, Deadline deadline) {
        return new EvaluationRun(this, delivery, facts, deadline, limits, slots, null).reply(mappings);
    }
}
