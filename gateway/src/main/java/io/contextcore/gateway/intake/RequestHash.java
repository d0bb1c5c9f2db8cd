package io.contextcore.gateway.intake;

import io.contextcore.gateway.base.Hashing;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The hash by which a token is bound to one request, the claim {@code qsh} ("query string hash"): SHA-256 over
 * {@code METHOD&path&query}, where the query's parameters are sorted and encoded in one way only, so that a proxy may write
 * them in another.
 */
public final class RequestHash {

    /** The parameter that may carry the token itself; it cannot be part of what the token holds. */
    private static final String TOKEN = "jwt";

    private RequestHash() {}

    /**
     * In hex.
     *
     * @param target path and query as they stand in the request line
     * @throws IllegalArgumentException if the query cannot be decoded
     */
    public static String of(String method, String target) {
        String canonical = canonical(method, target);
        return HexFormat.of().formatHex(Hashing.sha256(canonical.getBytes(StandardCharsets.UTF_8)));
    }

    static String canonical(String method, String target) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        return method + "&" + path(path) + "&" + query(query);
    }

    private static String path(String path) {
        String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return bare.isEmpty() ? "/" : bare.replace("&", "%26");
    }

    private static String query(String query) {
        Map<String, List<String>> parameters = new TreeMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = again(equals < 0 ? pair : pair.substring(0, equals));
            if (!name.isEmpty() && !name.equals(TOKEN)) {
                parameters
                        .computeIfAbsent(name, none -> new ArrayList<>())
                        .add(equals < 0 ? "" : again(pair.substring(equals + 1)));
            }
        }
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "="
                        + parameter.getValue().stream().sorted().collect(Collectors.joining(",")))
                .collect(Collectors.joining("&"));
    }

    /** Decoded, and encoded as RFC 3986 has it: a space is {@code %20}. */
    private static String again(String encoded) {
        return URLEncoder.encode(URLDecoder.decode(encoded, StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
