package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Randomness;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code ${names}} of a sender's guide and of its example. */
final class Placeholders {

    /** In headers and examples. */
    static final List<String> PAYLOAD = List.of("event", "uuid", "now", "millis", "seconds", "number");

    /** In hints. */
    static final List<String> HINT = List.of("source", "url", "port", "secret");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");
    private static final int UUID_BYTES = 16;
    private static final int NANOS_PER_MILLI = 1_000_000;

    /** Seconds since 2026 began: small, and another one for the next example. */
    private static final long NUMBER_BASE = 1_767_225_600L;

    private Placeholders() {}

    /** What headers and examples can say of one request. */
    static Map<String, String> ofRequest(String event, Clock clock, Randomness randomness) {
        long nanos = clock.epochNanos();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("event", event);
        values.put("uuid", uuid(randomness.secretBytes(UUID_BYTES)));
        values.put("now", Nanos.toInstant(nanos).toString());
        values.put("millis", Long.toString(nanos / NANOS_PER_MILLI));
        values.put("seconds", Long.toString(Nanos.toInstant(nanos).getEpochSecond()));
        values.put("number", Long.toString(Math.max(1, Nanos.toInstant(nanos).getEpochSecond() - NUMBER_BASE)));
        return values;
    }

    /** A name that is not replaced stays as it is. */
    static String fill(String text, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group())));
    }

    /** Whether a text uses a name. */
    static boolean uses(String text, String name) {
        return text.contains("${" + name + "}");
    }

    /** What is wrong with a text's placeholders. */
    static Optional<String> unknown(String text, List<String> known) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .filter(name -> !known.contains(name))
                .map(name -> "unknown placeholder '" + name + "' (expected one of " + String.join(", ", known)
                        + Nearest.hint(name, known) + ")")
                .findFirst();
    }

    /** RFC 9562, version 4. */
    private static String uuid(byte[] random) {
        random[6] = (byte) (random[6] & 0x0f | 0x40);
        random[8] = (byte) (random[8] & 0x3f | 0x80);
        ByteBuffer bytes = ByteBuffer.wrap(random);
        return new UUID(bytes.getLong(), bytes.getLong()).toString();
    }
}
