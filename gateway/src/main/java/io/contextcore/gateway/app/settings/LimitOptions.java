package io.contextcore.gateway.app.settings;

import io.contextcore.gateway.base.Limits;
import java.util.List;

/** The options of {@link Limits}, one for each cap. */
final class LimitOptions {

    private final Option<Long> bodyBytes;
    private final Option<Integer> bodyDepth;
    private final Option<Integer> bodyTokens;
    private final Option<Integer> nameChars;
    private final Option<Integer> stringChars;
    private final Option<Long> inFlightBytes;
    private final Option<Integer> iterations;
    private final Option<Integer> resultChars;
    private final Option<Integer> attributeChars;
    private final Option<Integer> attributes;
    private final Option<Integer> spansPerDelivery;
    private final Option<Integer> logsPerDelivery;
    private final Option<Integer> setMembers;
    private final Option<Integer> aliases;
    private final Option<Integer> links;
    private final Option<Integer> waitingSignals;
    private final Option<Integer> hops;

    LimitOptions(Limits defaults) {
        bodyBytes = size("body_bytes", defaults.bodyBytes(), "largest request body; beyond it 413");
        bodyDepth = count("body_depth", defaults.bodyDepth(), "deepest nesting of a JSON body");
        bodyTokens = count("body_tokens", defaults.bodyTokens(), "most JSON tokens in a body");
        nameChars = count("name_chars", defaults.nameChars(), "longest member name of a JSON body");
        stringChars = count("string_chars", defaults.stringChars(), "longest string of a JSON body");
        inFlightBytes = size(
                "in_flight_bytes",
                defaults.inFlightBytes(),
                "bodies being read or waiting for the disk, all together; beyond it 503");
        iterations = count(
                "iterations",
                defaults.iterations(),
                "steps that one delivery's expressions may take; beyond it a dead letter");
        resultChars = count("result_chars", defaults.resultChars(), "longest string that an expression may make");
        attributeChars = count(
                "attribute_chars", defaults.attributeChars(), "longest attribute value; longer ones are cut");
        attributes = count("attributes", defaults.attributes(), "most attributes of one span or log");
        spansPerDelivery = count("spans_per_delivery", defaults.spansPerDelivery(), "most spans of one delivery");
        logsPerDelivery = count("logs_per_delivery", defaults.logsPerDelivery(), "most logs of one delivery");
        setMembers = count(
                "set_members", defaults.setMembers(), "most members of one set of an instance, removed ones included");
        aliases = count("aliases", defaults.aliases(), "most aliases of one instance");
        links = count("links", defaults.links(), "most links of one instance");
        waitingSignals =
                count("waiting_signals", defaults.waitingSignals(), "most signals that wait for an unclaimed alias");
        hops = count("hops", defaults.hops(), "most times that one delivery's signals may cause further signals");
    }

    List<Option<?>> all() {
        return List.of(
                bodyBytes, bodyDepth, bodyTokens, nameChars, stringChars, inFlightBytes, iterations, resultChars,
                attributeChars, attributes, spansPerDelivery, logsPerDelivery, setMembers, aliases, links,
                waitingSignals, hops);
    }

    Limits read(Values values) {
        return new Limits(
                Math.toIntExact(Math.min(values.get(bodyBytes), Integer.MAX_VALUE)),
                values.get(bodyDepth),
                values.get(bodyTokens),
                values.get(nameChars),
                values.get(stringChars),
                values.get(inFlightBytes),
                values.get(iterations),
                values.get(resultChars),
                values.get(attributeChars),
                values.get(attributes),
                values.get(spansPerDelivery),
                values.get(logsPerDelivery),
                values.get(setMembers),
                values.get(aliases),
                values.get(links),
                values.get(waitingSignals),
                values.get(hops));
    }

    private static Option<Integer> count(String name, int fallback, String doc) {
        return Option.of("limits." + name, OptionType.COUNT, Integer.toString(fallback), doc);
    }

    private static Option<Long> size(String name, long fallback, String doc) {
        return Option.of("limits." + name, OptionType.SIZE_BYTES, mebibytes(fallback), doc);
    }

    private static String mebibytes(long bytes) {
        long mebibyte = 1L << 20;
        return bytes % mebibyte == 0 ? bytes / mebibyte + "MiB" : bytes + "B";
    }
}
