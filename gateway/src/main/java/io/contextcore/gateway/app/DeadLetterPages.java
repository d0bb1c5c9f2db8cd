package io.contextcore.gateway.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.pipeline.Letters.Fate;
import io.contextcore.gateway.pipeline.Letters.Wish;
import io.contextcore.gateway.server.AdminServer.Done;
import io.contextcore.gateway.server.DeadLetterDesk;
import io.contextcore.gateway.store.DeadEntry;
import io.contextcore.gateway.store.DeadEntry.Remains;
import io.contextcore.gateway.store.DeadHead;
import io.contextcore.gateway.store.DeadKey;
import io.contextcore.gateway.store.DeadQuery;
import io.contextcore.gateway.store.Store;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;

/** What the admin port shows of the dead letters, and does with them. */
record DeadLetterPages(Store store, BiFunction<DeadKey, Wish, CompletionStage<Fate>> wishes) implements DeadLetterDesk {

    /** How long an answer waits for all that was wished; the rest is done afterwards. Below what HTTP clients wait for. */
    private static final long PATIENCE_SECONDS = 20;

    /** Still to be done when the answer was given. */
    private static final String UNDER_WAY = "under-way";

    @Override
    public Done list(Map<String, String> query) {
        return within(query, filter -> {
            DeadQuery.Page page = page(filter);
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ArrayNode letters = body.putArray("deadLetters");
            page.letters().forEach(letter -> letters.add(head(letter)));
            page.next().ifPresent(next -> body.put("next", next.toString()));
            return new Done(true, body);
        });
    }

    /** A delivery is shown as it was accepted: after redaction, where its kind says so. */
    @Override
    public Optional<JsonNode> show(String kind, long number) {
        return DeadKey.Kind.of(kind)
                .flatMap(found -> store.deadLetter(new DeadKey(found, number)))
                .map(DeadLetterPages::whole);
    }

    @Override
    public Done replay(Map<String, String> query) {
        return each(query, Wish.REPLAY);
    }

    @Override
    public Done drop(Map<String, String> query) {
        return each(query, Wish.DROP);
    }

    /** Does something with a filter that was understood. */
    @FunctionalInterface
    private interface Answer {
        Done to(DeadLetterFilter filter);
    }

    private static Done within(Map<String, String> query, Answer answer) {
        try {
            return answer.to(DeadLetterFilter.read(query));
        } catch (DeadLetterFilter.Wrong e) {
            return wrong(String.valueOf(e.getMessage()));
        }
    }

    private static Done wrong(String message) {
        return new Done(
                false,
                JsonNodeFactory.instance.objectNode().put("error", "query").put("message", message));
    }

    private DeadQuery.Page page(DeadLetterFilter filter) {
        DeadKey only = filter.only();
        return only == null
                ? store.deadLetters(filter.query())
                : new DeadQuery.Page(
                        store.deadLetter(only).map(DeadEntry::head).stream().toList(), Optional.empty());
    }

    private Done each(Map<String, String> query, Wish wish) {
        return within(query, filter -> {
            if (!filter.saysWhich()) {
                return wrong("which letters? (expected: kind, number, source, code, since, or all=true)");
            }
            DeadQuery.Page page = page(filter);
            Map<DeadKey, CompletableFuture<Fate>> fates = new LinkedHashMap<>();
            for (DeadHead letter : page.letters()) {
                fates.put(letter.key(), wishes.apply(letter.key(), wish).toCompletableFuture());
            }
            ObjectNode body = told(fates);
            page.next().ifPresent(next -> body.put("next", next.toString()));
            return new Done(true, body);
        });
    }

    private static ObjectNode told(Map<DeadKey, CompletableFuture<Fate>> fates) {
        await(List.copyOf(fates.values()));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        Map<Fate, Integer> counts = new EnumMap<>(Fate.class);
        ArrayNode letters = JsonNodeFactory.instance.arrayNode();
        int underWay = 0;
        for (Map.Entry<DeadKey, CompletableFuture<Fate>> each : fates.entrySet()) {
            Fate fate = each.getValue().isDone() && !each.getValue().isCompletedExceptionally()
                    ? each.getValue().join()
                    : null;
            letters.addObject()
                    .put("what", each.getKey().kind().word())
                    .put("number", each.getKey().number())
                    .put("fate", fate == null ? UNDER_WAY : fate.word());
            if (fate == null) {
                underWay++;
            } else {
                counts.merge(fate, 1, Integer::sum);
            }
        }
        ObjectNode sums = body.putObject("fates");
        counts.forEach((fate, count) -> sums.put(fate.word(), count));
        if (underWay > 0) {
            sums.put(UNDER_WAY, underWay);
        }
        body.set("letters", letters);
        return body;
    }

    private static void await(List<CompletableFuture<Fate>> fates) {
        try {
            CompletableFuture.allOf(fates.toArray(CompletableFuture[]::new)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return; // Told as under way; a failure of the store is told by readiness and the log.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ObjectNode head(DeadHead letter) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("what", letter.key().kind().word())
                .put("number", letter.key().number())
                .put("at", Nanos.toInstant(letter.atNanos()).toString())
                .put("source", letter.source())
                .put("code", letter.code())
                .put("error", letter.error())
                .put("attempts", letter.attempts())
                .put("bytes", letter.bytes());
        if (letter.items() > 0) {
            node.put("items", letter.items());
        }
        return node;
    }

    private static JsonNode whole(DeadEntry entry) {
        ObjectNode page = head(entry.head());
        if (entry.remains() instanceof Remains.OfDelivery dead) {
            delivery(page, dead.delivery());
        } else if (entry.remains() instanceof Remains.OfMessage dead) {
            page.put("to", dead.message().addressee());
            page.put("message", dead.message().getClass().getSimpleName());
            page.put("id", dead.message().origin().deliveryId());
        } else if (entry.remains() instanceof Remains.OfTimer dead) {
            page.put("to", dead.timer().key());
            page.put("purpose", dead.timer().purpose().name());
            page.put("due", Nanos.toInstant(dead.timer().dueNanos()).toString());
        }
        return page;
    }

    private static void delivery(ObjectNode page, Delivery delivery) {
        page.put("kind", delivery.kind());
        page.put("event", delivery.event());
        page.put("id", delivery.id());
        page.put("received", Nanos.toInstant(delivery.receivedNanos()).toString());
        ObjectNode headers = page.putObject("headers");
        delivery.headers().forEach(headers::put);
        page.set("body", delivery.body());
    }
}
