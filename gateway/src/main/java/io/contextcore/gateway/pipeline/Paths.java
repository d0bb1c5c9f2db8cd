package io.contextcore.gateway.pipeline;

import io.contextcore.gateway.model.Api;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where requests come in.
 *
 * @param sources by the path of each
 * @param apis below whose paths calls come in
 */
public record Paths(Map<String, String> sources, List<Calls> apis) {

    private static final String DOCUMENT = "/openapi.json";

    public Paths {
        sources = Map.copyOf(sources);
        apis = List.copyOf(apis);
    }

    /**
     * Where the calls of a source come in.
     *
     * @param base where the routes begin
     * @param document OpenAPI's description of them, JSON
     */
    public record Calls(String source, String base, Api api, String document) {

        private boolean takes(String path) {
            return path.startsWith(base + "/") && api.takes(path.substring(base.length()));
        }
    }

    /** The source whose requests come in at this path; empty: none. */
    Optional<String> sourceAt(String path) {
        String source = sources.get(path);
        return source != null
                ? Optional.of(source)
                : apis.stream()
                        .filter(calls -> calls.takes(path))
                        .map(Calls::source)
                        .findFirst();
    }

    /** The description that is read at this path; empty: none. */
    Optional<String> documentAt(String path) {
        return apis.stream()
                .filter(calls -> path.equals(calls.base() + DOCUMENT))
                .map(Calls::document)
                .findFirst();
    }
}
