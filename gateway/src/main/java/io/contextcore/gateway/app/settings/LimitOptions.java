package io.contextcore.gateway.app.settings;

import io.contextcore.gateway.base.Limits;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The options of {@link Limits}: one for each of its components, so that no cap can be forgotten here. A component whose
 * name ends with {@code Bytes} is a size, one with {@code Nanos} a time, every other one a count.
 */
final class LimitOptions {

    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("bodyBytes", "largest request body; beyond it 413"),
            Map.entry("bodyDepth", "deepest nesting of a JSON body, and of JSON in a text that an expression reads"),
            Map.entry("bodyTokens", "most JSON tokens in a body"),
            Map.entry("nameChars", "longest member name of a JSON body"),
            Map.entry("stringChars", "longest string of a JSON body"),
            Map.entry("numberChars", "longest number of a JSON body"),
            Map.entry("calls", "most calls of one request to an API"),
            Map.entry("headerBytes", "all headers of a request together"),
            Map.entry("inFlightBytes", "bodies being read or waiting for the disk, all together; beyond it 503"),
            Map.entry(
                    "connections", "most connections at once that webhooks come in on; one more is closed unanswered"),
            Map.entry(
                    "addressConnections",
                    "most of these from one address, those of `http.trusted_proxies` left out; one more is closed unanswered"),
            Map.entry(
                    "headTimeNanos",
                    "longest time from a connection's start to the end of its first request's head; then it is closed"),
            Map.entry("bodyTimeNanos", "longest time for a body to come in; beyond it 408"),
            Map.entry(
                    "idleTimeNanos",
                    "longest silence of a connection, and longest time from an answer to the end of the next request's head;"
                            + " then it is closed"),
            Map.entry(
                    "addressRequests",
                    "most requests of one address in a minute, whatever they are; beyond it 429. The default, 2,000 a second, is a"
                            + " hundred times what a large organisation sends; a flood is more"),
            Map.entry(
                    "sourceRequests",
                    "most verified requests of one source in a minute, of a list each call; beyond it 429. The default, 2,000 a second, is more than"
                            + " one sender sends"),
            Map.entry("addresses", "most addresses that are counted each by itself; the others share one count"),
            Map.entry(
                    "clockSkewNanos",
                    "how far a sender's clock may be ahead or behind, where the times of a token are looked at"),
            Map.entry("iterations", "steps that one delivery's expressions may take; beyond it a dead letter"),
            Map.entry("resultChars", "longest string that an expression may make; beyond it a dead letter"),
            Map.entry("attributeChars", "longest attribute value; longer ones are cut"),
            Map.entry("attributes", "most attributes of one span or log"),
            Map.entry("spansPerDelivery", "most spans of one delivery"),
            Map.entry("logsPerDelivery", "most logs of one delivery"),
            Map.entry("messagesPerDelivery", "most signals of one delivery, what it teaches included"),
            Map.entry("setMembers", "most members of one set of an instance, removed ones included"),
            Map.entry("aliases", "most aliases of one instance"),
            Map.entry("links", "most links of one instance"),
            Map.entry("waitingSignals", "most signals that wait for an unclaimed alias"),
            Map.entry("hops", "most times that one delivery's signals may cause further signals"),
            Map.entry("children", "most open children that one instance lists"),
            Map.entry("tallyGroups", "most groups of one tally; the surplus is counted in one more"),
            Map.entry("tombstones", "most instances that are remembered after they were forgotten"),
            Map.entry("facts", "most facts that are learnt; one more is left out, those that are known still change"),
            Map.entry("timeNanos", "longest time that one delivery may take; beyond it a dead letter"),
            Map.entry("expressionDepth", "deepest nesting of an expression, when it is loaded"),
            Map.entry("replyBytes", "largest reply of a mapping; beyond it the usual acknowledgement"),
            Map.entry(
                    "replyTimeNanos", "how long a sender waits for a mapping's reply; then the usual acknowledgement"));

    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;

    private final List<Cap> caps;

    private record Cap(RecordComponent component, Option<?> option) {}

    LimitOptions(Limits defaults) {
        List<Cap> made = new ArrayList<>();
        for (RecordComponent component : Limits.class.getRecordComponents()) {
            made.add(new Cap(component, option(component, defaults)));
        }
        caps = List.copyOf(made);
    }

    List<Option<?>> all() {
        return caps.stream().<Option<?>>map(Cap::option).toList();
    }

    Limits read(Values values) {
        Object[] arguments = caps.stream()
                .map(cap -> fitting(
                        number(values.get(cap.option())), cap.component().getType()))
                .toArray();
        Class<?>[] types = caps.stream().map(cap -> cap.component().getType()).toArray(Class<?>[]::new);
        try {
            return Limits.class.getDeclaredConstructor(types).newInstance(arguments);
        } catch (InstantiationException
                | IllegalAccessException
                | NoSuchMethodException
                | InvocationTargetException e) {
            throw new AssertionError("a record has a constructor of its components", e);
        }
    }

    private static Number number(Object value) {
        return value instanceof Duration time ? (Number) time.toNanos() : (Number) value;
    }

    /** A cap that an int cannot hold is no cap for what an int counts. */
    private static Object fitting(Number value, Class<?> type) {
        return type == int.class
                ? (Object) (int) Math.min(value.longValue(), Integer.MAX_VALUE)
                : (Object) value.longValue();
    }

    private static Option<?> option(RecordComponent component, Limits defaults) {
        String key = "limits." + snake(component.getName().replaceFirst("Nanos$", ""));
        String meaning = meaning(component.getName());
        long value = defaultOf(component, defaults);
        if (component.getName().endsWith("Nanos")) {
            return Option.of(key, OptionType.TIME, Duration.ofNanos(value).toMillis() + "ms", meaning);
        }
        return component.getName().endsWith("Bytes")
                ? Option.of(key, OptionType.SIZE_BYTES, size(value), meaning)
                : Option.of(key, OptionType.COUNT, Long.toString(value), meaning);
    }

    /** @throws AssertionError if nobody wrote down what the cap means */
    static String meaning(String cap) {
        String meaning = MEANINGS.get(cap);
        if (meaning == null) {
            throw new AssertionError("a cap without a meaning for the settings page: " + cap);
        }
        return meaning;
    }

    private static long defaultOf(RecordComponent component, Limits defaults) {
        try {
            return ((Number) component.getAccessor().invoke(defaults)).longValue();
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new AssertionError("a public record's accessor can be called", e);
        }
    }

    private static String snake(String camel) {
        return camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static String size(long bytes) {
        if (bytes % MIB == 0) {
            return bytes / MIB + "MiB";
        }
        return bytes % KIB == 0 ? bytes / KIB + "KiB" : bytes + "B";
    }
}
