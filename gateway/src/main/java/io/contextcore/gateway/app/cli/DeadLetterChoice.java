package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.base.Clock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which dead letters a command means, as options. */
final class DeadLetterChoice {

    @Option(names = "--source", paramLabel = "NAME", description = "only those of this source")
    private @Nullable String source;

    @Option(
            names = "--code",
            paramLabel = "CODE",
            description = "only those with this reason, such as `mapping` or `invalid-argument`")
    private @Nullable String code;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "only `delivery`, `message`, `timer`, `traces` or `logs`")
    private @Nullable String kind;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "only those that died since then: 2026-01-31T12:00:00Z, or how long ago, such as 90m, 12h or 7d")
    private @Nullable String since;

    /** As the admin port takes it. */
    Map<String, String> query(Clock clock) {
        Map<String, String> query = new LinkedHashMap<>();
        put(query, "source", source);
        put(query, "code", code);
        put(query, "kind", kind);
        put(
                query,
                "since",
                since == null ? null : Since.of("--since", since, clock).toString());
        return query;
    }

    private static void put(Map<String, String> query, String name, @Nullable String value) {
        if (value != null) {
            query.put(name, value);
        }
    }

    /** {@code ?a=b&c=d}. */
    static String text(Map<String, String> query) {
        return query.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }
}
