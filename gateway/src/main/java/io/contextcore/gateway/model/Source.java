package io.contextcore.gateway.model;

import io.contextcore.gateway.base.Secret;
import java.util.List;
import java.util.Map;

/**
 * One place that webhooks come from: {@code POST /webhooks/<name>}.
 *
 * @param kind name of its kind
 * @param secrets any of them verifies (several: rotation); empty only if {@code unverified}
 * @param unverified the user wrote {@code verify: none}
 * @param projects sender's project name (a repository, a board, …) to {@code project.id}
 */
public record Source(String name, String kind, List<Secret> secrets, boolean unverified, Map<String, String> projects) {

    public Source {
        secrets = List.copyOf(secrets);
        projects = Map.copyOf(projects);
        if (secrets.isEmpty() && !unverified) {
            throw new IllegalArgumentException(
                    "source '" + name + "' has no secret (expected: a secret, or verify: none)");
        }
    }
}
