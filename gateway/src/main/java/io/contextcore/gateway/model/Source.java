package io.contextcore.gateway.model;

import io.contextcore.gateway.base.IpRange;
import io.contextcore.gateway.base.Secret;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One place that webhooks come from.
 *
 * @param kind name of its kind
 * @param secrets any of them verifies (several: rotation); empty only if {@code unverified}
 * @param unverified the user wrote {@code verify: none}
 * @param path of its webhooks, from the slash on
 * @param headers of the requests that carry its telemetry, by lower-case name; may be credentials
 * @param projects what {@code project.id} the sender's names of projects stand for
 * @param allow addresses that its webhooks may come from; none: any
 * @param age how old its requests may be; null: any age
 */
public record Source(
        String name,
        String kind,
        List<Secret> secrets,
        boolean unverified,
        Projects projects,
        String path,
        Map<String, Secret> headers,
        List<IpRange> allow,
        @Nullable Age age) {

    /** Paths of sources that say none start so. */
    public static final String WEBHOOKS = "/webhooks/";

    /** A source at its usual path, without headers of its own, that takes requests from anywhere, of any age. */
    public Source(String name, String kind, List<Secret> secrets, boolean unverified, Projects projects) {
        this(name, kind, secrets, unverified, projects, WEBHOOKS + name, Map.of(), List.of(), null);
    }

    public Source {
        secrets = List.copyOf(secrets);
        headers = Map.copyOf(headers);
        allow = List.copyOf(allow);
        if (secrets.isEmpty() && !unverified) {
            throw new IllegalArgumentException(
                    "source '" + name + "' has no secret (expected: a secret, or verify: none)");
        }
    }
}
