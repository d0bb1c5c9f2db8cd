package io.contextcore.gateway.pipeline;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.intake.Door;
import io.contextcore.gateway.intake.IntakeRequest;
import io.contextcore.gateway.intake.Verdict;
import io.contextcore.gateway.lifecycle.LifecycleEngine;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.mapping.ProgramLoader;
import io.contextcore.gateway.model.Arrival;
import io.contextcore.gateway.model.Deadline;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Projects;
import io.contextcore.gateway.model.Redactor;
import io.contextcore.gateway.model.Source;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A shop's files, and a delivery's whole way through them, without a disk. */
final class RealShop {

    private static final String HEAD = "apiVersion: contextcore.io/v1\n";
    private static final String KIND = """
            kind: shop
            verify: [{token: {header: X-Token}}]
            event: "'order'"
            form: payload
            """;
    private static final String CONVENTIONS = """
            conventions:
              order.id: {type: string, meaning: The order., stability: stable}
              order.state: {type: string, values: [new, sent], meaning: Where it stands., stability: stable}
              order.code: {type: int, meaning: Its number., stability: stable}
              order.held_by: {type: strings, meaning: What holds it up., stability: stable}
            """;
    private static final String LIFECYCLE = """
            lifecycle: order
            span: {name: an order, root: anchor}
            phases: order.state
            terminal: [sent]
            """;

    private RealShop() {}

    /** @param mapping what the mapping of its orders does */
    static Program program(String mapping, Limits limits) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("kind.yaml", HEAD + KIND);
        files.put("conventions.yaml", HEAD + CONVENTIONS);
        files.put("lifecycle.yaml", HEAD + LIFECYCLE);
        files.put("order.yaml", HEAD + "mapping: shop.order\nkind: shop\nevents: [order]\n" + mapping + "\n");
        return ProgramLoader.load(files, (source, name) -> Optional.empty(), limits);
    }

    static IntakeRequest request(String body) {
        return request(body.getBytes(StandardCharsets.UTF_8), "application/json");
    }

    static IntakeRequest request(byte[] body, String type) {
        return new IntakeRequest("shop", Map.of("content-type", type, "x-token", "t0ken"), Map.of(), body);
    }

    static Verdict admit(Door door, Program program, IntakeRequest request) {
        Source source = new Source("shop", "shop", List.of(Secret.of("t0ken")), false, Projects.NONE);
        return door.admit(request, source, program.kinds().get("shop"), Redactor.none());
    }

    static Delivery delivery(Arrival arrival) {
        return Delivery.of(1, arrival, World.T0);
    }

    static Stepper stepper(Program program, Limits limits, Supplier<Deadline> deadlines) {
        return new Stepper(
                program::evaluate,
                new LifecycleEngine(program.lifecycles(), program.conventions(), limits),
                new Encoding(spans -> new byte[0], logs -> new byte[0]),
                limits,
                deadlines);
    }

    static Rehearsal rehearsal(Program program, Limits limits) {
        return new Rehearsal(stepper(program, limits, Deadline::none));
    }
}
