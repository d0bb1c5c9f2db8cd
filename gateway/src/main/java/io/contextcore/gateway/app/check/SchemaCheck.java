package io.contextcore.gateway.app.check;

import io.contextcore.gateway.mapping.Conformance;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Schema;
import io.contextcore.gateway.model.Schema.Place;
import io.contextcore.gateway.pipeline.Stepped;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Holds the schemas against the deliveries of the tests: these must be as those say, and have all that those name. */
final class SchemaCheck {

    private final Program program;
    private final Set<Place> seen = new HashSet<>();

    SchemaCheck(Program program) {
        this.program = program;
    }

    /** What of the delivery is not as the mappings that took it say. What they leave out need not fit: that may be why. */
    List<String> deviations(Delivery delivery, List<Stepped> steps) {
        Set<String> takenBy = new HashSet<>();
        for (Stepped step : steps) {
            if (step.evaluation() != null) {
                takenBy.addAll(step.evaluation().mappings());
            }
        }
        List<String> deviations = new ArrayList<>();
        program.schemas(delivery).forEach((mapping, schema) -> {
            Conformance conformance = Conformance.of(schema, delivery.body());
            seen.addAll(conformance.seen());
            if (takenBy.contains(mapping)) {
                conformance
                        .deviations()
                        .forEach(deviation -> deviations.add("schema " + schema.name() + ": " + deviation));
            }
        });
        return deviations;
    }

    /** The members of the folders' schemas that no delivery had. */
    List<CheckRun.Result> unseen(List<Path> folders) {
        List<CheckRun.Result> results = new ArrayList<>();
        for (Schema schema : program.schemas().values()) {
            Path file = Path.of(schema.location().file());
            if (folders.stream().anyMatch(file::startsWith)) {
                schema.members().forEach((place, member) -> {
                    if (!seen.contains(place)) {
                        results.add(new CheckRun.Result(
                                member.location(),
                                "schema " + schema.name(),
                                List.of(Failure.of(
                                        member.location(),
                                        "no delivery of any test has '" + place.structure() + "." + place.member()
                                                + "' (expected only members that one has)"))));
                    }
                });
            }
        }
        return results;
    }
}
