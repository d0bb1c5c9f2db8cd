package io.contextcore.gateway.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.lifecycle.LifecycleEngine;
import io.contextcore.gateway.mapping.Evaluation;
import io.contextcore.gateway.model.Arrival;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.Deadline;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Facts;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleDefinition.LogRule;
import io.contextcore.gateway.model.LifecycleDefinition.Shape;
import io.contextcore.gateway.model.LifecycleDefinition.Snapshot;
import io.contextcore.gateway.model.LifecycleDefinition.Times;
import io.contextcore.gateway.model.LogRecord;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.model.Told;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** A mapping, a lifecycle and an encoding that are small enough to see through. */
final class World {

    static final long T0 = 1_780_000_000_000_000_000L;
    static final long SECOND = 1_000_000_000L;
    static final long HOUR = 3_600 * SECOND;

    private static final JsonMapper JSON = new JsonMapper();

    private World() {}

    /** A clock that stands until it is told to go. */
    static final class StandingClock implements Clock {
        final AtomicLong now = new AtomicLong(T0);

        @Override
        public long epochNanos() {
            return now.get();
        }

        @Override
        public long elapsedNanos() {
            return Clock.system().elapsedNanos();
        }
    }

    static Arrival arrival(String id, String body) {
        try {
            JsonNode parsed = JSON.readTree(body);
            return new Arrival(
                    "shop",
                    "shop",
                    "order",
                    "shop//" + id,
                    null,
                    Map.of(),
                    body.getBytes(StandardCharsets.UTF_8),
                    parsed,
                    HOUR);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static Stepper stepper(Limits limits) {
        return stepper(limits, order("order", new Times(24 * HOUR, 12 * HOUR, 0, null, 0), List.of()));
    }

    static Stepper stepper(Limits limits, LifecycleDefinition... lifecycles) {
        return stepper(World::evaluate, limits, lifecycles);
    }

    static Stepper stepper(Stepper.Mapping mapping, Limits limits, LifecycleDefinition... lifecycles) {
        return new Stepper(
                mapping,
                new LifecycleEngine(
                        new LifecycleDefinition.Catalogue(Arrays.stream(lifecycles)
                                .collect(Collectors.toMap(LifecycleDefinition::name, lifecycle -> lifecycle))),
                        new Conventions(Map.of(
                                "order.status",
                                new Conventions.Attribute(
                                        "order.status", Conventions.Type.STRING, List.of(), "", "stable", true, null))),
                        limits),
                new Encoding(World::text, World::text),
                limits,
                Deadline::none);
    }

    /** The body is a list of signals: {@code [{key, status, alias, poison}]}; an empty list is ignored. */
    static Evaluation evaluate(Delivery delivery, Facts facts, Deadline deadline) {
        List<Message> signals = new ArrayList<>();
        for (JsonNode told : delivery.body()) {
            if (told.has("poison")) {
                throw new EvaluationException("poisoned");
            }
            if (told.has("overflow")) {
                throw new StackOverflowError();
            }
            if (told.has("bug")) {
                throw new IllegalStateException("a bug");
            }
            signals.add(signal(delivery, (ObjectNode) told, signals.size()));
        }
        String ignored = signals.isEmpty() ? "no-mapping" : null;
        return new Evaluation(List.of("shop.order"), signals, List.of(), ignored, List.of());
    }

    private static Signal signal(Delivery delivery, ObjectNode told, int n) {
        long at = delivery.receivedNanos();
        boolean alias = told.has("to");
        TreeMap<String, Told<AttributeValue>> attributes = new TreeMap<>();
        attributes.put(
                "order.status", Told.of(AttributeValue.of(told.get("status").textValue())));
        return new Signal(
                new Reference(
                        told.path("lifecycle").asText("order"),
                        told.get(alias ? "to" : "key").textValue(),
                        alias),
                at,
                alias ? null : at,
                null,
                null,
                null,
                null,
                attributes,
                new TreeMap<>(),
                told.has("alias") ? List.of(told.get("alias").textValue()) : List.of(),
                List.of(),
                at,
                new Origin(delivery.source(), delivery.id(), delivery.sequence(), "", n, 0));
    }

    static LifecycleDefinition order(String name, Times times, List<Snapshot> snapshots) {
        return new LifecycleDefinition(
                name,
                Shape.ANCHOR,
                scope -> "order",
                Span.Kind.INTERNAL,
                null,
                null,
                false,
                "order.status",
                true,
                Set.of(),
                Set.of("done"),
                List.of(),
                null,
                List.of(new LogRule(null, "order.noted", LogRecord.Severity.INFO, new TreeMap<>())),
                LifecycleDefinition.Below.nothing(),
                List.of(),
                snapshots,
                times);
    }

    private static byte[] text(List<?> items) {
        return items.toString().getBytes(StandardCharsets.UTF_8);
    }
}
