package io.contextcore.gateway.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.contextcore.gateway.base.InvalidFiles;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.model.Delivery;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small sender of orders, as files, and its deliveries. */
final class Shop {

    static final long RECEIVED = Nanos.of(Instant.parse("2026-03-02T10:00:00Z"));

    private static final ObjectMapper JSON = new ObjectMapper();

    static final String KIND = """
            apiVersion: contextcore.io/v1
            kind: shop
            verify: [{token: {header: X-Token}}]
            event: headers['x-event']
            """;
    static final String CONVENTIONS = """
            apiVersion: contextcore.io/v1
            conventions:
              order.id: {type: string, meaning: The order., stability: stable, indexed: true}
              order.state: {type: string, values: [new, paid, sent], meaning: Where it stands., stability: stable}
              order.code: {type: int, meaning: The state as a number., stability: stable}
              order.price: {type: double, meaning: What it costs., stability: stable}
              order.gift: {type: boolean, meaning: Whether it is wrapped., stability: stable}
              order.held_by: {type: strings, meaning: What holds it up., stability: stable}
            """;
    static final String TABLES = """
            apiVersion: contextcore.io/v1
            tables:
              shop.state: {Waiting: new, Done: paid}
              shop.code: {new: 0, paid: 1, sent: 2}
            """;
    static final String LIFECYCLE = """
            apiVersion: contextcore.io/v1
            lifecycle: order
            span: {name: "order ${attributes['order.id']}", root: anchor}
            phases: order.state
            terminal: [sent]
            """;

    private Shop() {}

    /** The files of the shop, with others added or put in their place. */
    static Map<String, String> files(String... namesAndTexts) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("kind.yaml", KIND);
        files.put("conventions.yaml", CONVENTIONS);
        files.put("tables.yaml", TABLES);
        files.put("lifecycle.yaml", LIFECYCLE);
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            files.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return files;
    }

    static Program load(Map<String, String> files) {
        return load(files, Limits.defaults());
    }

    static Program load(Map<String, String> files, Limits limits) {
        return ProgramLoader.load(files, (source, name) -> Optional.of(source + "-" + name), limits);
    }

    /** The program of the shop's files and one mapping of its event {@code order}. */
    static Program mapping(String rest) {
        return load(files("order.yaml", order(rest)));
    }

    static String order(String rest) {
        return "apiVersion: contextcore.io/v1\nmapping: shop.order\nkind: shop\nevents: [order]\n" + rest;
    }

    /** {@code file:line:column: message} of every problem. */
    static List<String> problems(String... namesAndTexts) {
        return problems(files(namesAndTexts));
    }

    static List<String> problems(Map<String, String> files) {
        try {
            load(files);
            return List.of();
        } catch (InvalidFiles e) {
            return e.problems().stream()
                    .map(problem -> problem.location() + ": " + problem.message())
                    .toList();
        }
    }

    static Delivery delivery(String body) {
        return delivery("order", body);
    }

    static Delivery delivery(String event, String body) {
        return new Delivery(7, "acme", "shop", event, "acme//d1", Map.of("x-event", event), json(body), RECEIVED);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
