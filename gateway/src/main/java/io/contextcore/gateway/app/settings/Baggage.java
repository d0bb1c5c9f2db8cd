package io.contextcore.gateway.app.settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code name=value,name=value} with percent-encoded values: how the OpenTelemetry variables write maps (OpenTelemetry
 * specification, resource SDK, "Specifying resource information via an environment variable"; OTLP exporter, "Specifying
 * headers via environment variables").
 */
final class Baggage {

    private Baggage() {}

    /** Empty where a part has no name, no {@code =}, or a broken percent code: the specification then wants all of it ignored. */
    static Optional<SortedMap<String, String>> parse(String text) {
        SortedMap<String, String> pairs = new TreeMap<>();
        for (String part : text.split(",")) {
            if (part.isBlank()) {
                continue;
            }
            int equals = part.indexOf('=');
            if (equals <= 0 || part.substring(0, equals).isBlank()) {
                return Optional.empty();
            }
            Optional<String> value = decode(part.substring(equals + 1).strip());
            if (value.isEmpty()) {
                return Optional.empty();
            }
            pairs.put(part.substring(0, equals).strip(), value.get());
        }
        return Optional.of(pairs);
    }

    /** Percent-decoding only: a plus sign stays a plus sign. */
    private static Optional<String> decode(String text) {
        try {
            return Optional.of(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
