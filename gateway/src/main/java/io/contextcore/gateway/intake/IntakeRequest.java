package io.contextcore.gateway.intake;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request as it came, nothing believed yet.
 *
 * @param source name in the path
 * @param headers by lower-case name; values of a repeated header are joined by {@code ", "} (RFC 9110 section 5.3), so
 *     that a doubled signature proves nothing
 * @param query query parameters, decoded; of a repeated one the first
 * @param body the raw bytes; never changed
 * @param target path and query as they stand in the request line
 */
public record IntakeRequest(
        String source, Map<String, String> headers, Map<String, String> query, byte[] body, String target) {

    /** A request of which only what stands in it matters, not where it came in. */
    public IntakeRequest(String source, Map<String, String> headers, Map<String, String> query, byte[] body) {
        this(source, headers, query, body, "");
    }

    public IntakeRequest {
        Map<String, String> lower = new TreeMap<>();
        headers.forEach((name, value) ->
                lower.merge(name.toLowerCase(Locale.ROOT), value, (first, second) -> first + ", " + second));
        headers = Collections.unmodifiableMap(lower);
        query = Map.copyOf(query);
    }

    /** The path as it stands in the request line. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** The content type with its parameters; empty if there is none. */
    public String contentType() {
        return headers.getOrDefault("content-type", "");
    }
}
