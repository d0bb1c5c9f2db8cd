package io.contextcore.gateway.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.expression.Library;
import io.contextcore.gateway.expression.PlannedMapping;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.mapping.ProgramLoader;
import io.contextcore.gateway.mapping.Trace;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Facts;
import io.contextcore.gateway.model.StrictJson;
import io.contextcore.gateway.model.UnreadableJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** An edited issue, as GitHub tells it, and our mappings. */
final class IssueFixture {

    static final Path MAPPINGS = Path.of(System.getProperty("contextcore.mappings", "../mappings"));
    static final long RECEIVED = 1_772_446_273_000_000_000L;

    private IssueFixture() {}

    static Program program() {
        return ProgramLoader.load(List.of(MAPPINGS), (source, project) -> Optional.empty(), Limits.defaults());
    }

    static JsonNode payload() {
        try (InputStream in = IssueFixture.class.getResourceAsStream("/issue.json")) {
            return new StrictJson(Limits.defaults()).read(in.readAllBytes());
        } catch (IOException | UnreadableJson e) {
            throw new AssertionError(e);
        }
    }

    static Delivery delivery() {
        return new Delivery(
                1,
                "github",
                "github",
                "issues",
                "github//3b0c2a1e-0000-4000-8000-000000000412",
                Map.of("x-github-event", "issues", "x-github-delivery", "3b0c2a1e-0000-4000-8000-000000000412"),
                payload(),
                RECEIVED);
    }

    /** The expressions that the delivery makes the program evaluate, for dev.cel's planner. */
    static PlannedMapping planner(Program program, Delivery delivery) {
        List<PlannedMapping.Step> steps = new ArrayList<>();
        program.evaluate(delivery, Facts.none(), new Trace() {
            @Override
            public void mapping(String name, String file) {}

            @Override
            public void expression(String what, String source, Location location, Object value) {
                if (!source.equals(value)) {
                    steps.add(new PlannedMapping.Step(what, source, value));
                }
            }

            @Override
            public void passed(String name, String reason) {}
        });
        Map<String, Object> given = Map.of(
                "payload", delivery.body(),
                "headers", delivery.headers(),
                "source", delivery.source(),
                "received", Nanos.toInstant(delivery.receivedNanos()));
        Library library = new Library(
                program.tables(),
                Set.of(),
                (source, project) -> Optional.empty(),
                UnaryOperator.identity(),
                Limits.defaults());
        return new PlannedMapping(steps, given, library);
    }
}
