package io.contextcore.gateway.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.model.Api;
import io.contextcore.gateway.model.Api.Parameter;
import io.contextcore.gateway.model.Api.Route;
import io.contextcore.gateway.model.Source;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The calls that a body makes of an API: one at the path of a route, with the parameters of the path put into it; or, where
 * no route is, one or a list of them as they stand. A call that is not as its route says is refused: what came by mistake
 * would be lost in silence otherwise. What is told of it repeats nothing of the body.
 */
final class Calls {

    private final Api api;
    private final int most;

    /** @param most calls of one request */
    Calls(Api api, int most) {
        this.api = api;
        this.most = most;
    }

    /**
     * What a request makes.
     *
     * @param calls one at least
     * @param listed whether they came as a list
     */
    record Made(List<JsonNode> calls, boolean listed) {}

    Made of(IntakeRequest request, Source source, JsonNode body) throws Refusal {
        String base = api.base(source) + "/";
        String path = request.path();
        Optional<JsonNode> routed =
                path.startsWith(base) ? atRoute(path.substring(base.length() - 1), body) : Optional.empty();
        if (routed.isPresent()) {
            return new Made(List.of(routed.get()), false);
        }
        return body.isArray() ? new Made(list(body), true) : new Made(List.of(whole(body, "")), false);
    }

    /** @param below path of the request, below that of the API */
    private Optional<JsonNode> atRoute(String below, JsonNode body) throws Refusal {
        for (Route route : api.routes()) {
            Optional<Map<String, String>> path = route.match(below);
            if (path.isPresent()) {
                return Optional.of(routed(route, path.get(), body));
            }
        }
        return Optional.empty();
    }

    private List<JsonNode> list(JsonNode list) throws Refusal {
        if (list.isEmpty()) {
            throw invalid("", "no call (expected: one at least)");
        }
        if (list.size() > most) {
            throw new Refusal(Reason.OVER_LIMIT, "more than " + most + " calls");
        }
        List<JsonNode> calls = new ArrayList<>();
        for (JsonNode item : list) {
            calls.add(whole(item, "call " + calls.size() + ": "));
        }
        return calls;
    }

    private JsonNode whole(JsonNode body, String where) throws Refusal {
        if (!(body instanceof ObjectNode call)) {
            throw invalid(where, "not a call (expected: an object with the member '" + Api.CALL + "')");
        }
        Optional<Route> route = api.route(call.path(Api.CALL).asText(""));
        if (route.isEmpty() || !call.path(Api.CALL).isTextual()) {
            throw invalid(
                    where,
                    "unknown '" + Api.CALL + "' (expected one of "
                            + String.join(
                                    ", ", api.routes().stream().map(Route::call).toList()) + ")");
        }
        check(route.get(), call, where);
        return call;
    }

    private JsonNode routed(Route route, Map<String, String> path, JsonNode body) throws Refusal {
        if (!body.isObject() && !body.isMissingNode()) {
            throw invalid("", "not the parameters of a call (expected: an object, or nothing)");
        }
        ObjectNode call = JsonNodeFactory.instance.objectNode().put(Api.CALL, route.call());
        path.forEach(call::put);
        for (Map.Entry<String, JsonNode> said : body.properties()) {
            JsonNode there = call.get(said.getKey());
            if (there != null && !there.equals(said.getValue())) {
                throw invalid("", "'" + said.getKey() + "' is another one in the path (expected: the same, or none)");
            }
            call.set(said.getKey(), said.getValue());
        }
        check(route, call, "");
        return call;
    }

    private void check(Route route, ObjectNode call, String where) throws Refusal {
        for (String needed : route.needs()) {
            if (!call.hasNonNull(needed)) {
                throw invalid(
                        where,
                        "'" + needed + "' is missing (expected: "
                                + parameter(needed).expected() + ")");
            }
        }
        List<String> known = route.parameters();
        Iterator<String> names = call.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!name.equals(Api.CALL)) {
                check(route, name, call.get(name), known, where);
            }
        }
    }

    /** Null says that there is none. */
    private void check(Route route, String name, JsonNode value, List<String> known, String where) throws Refusal {
        if (!known.contains(name)) {
            throw invalid(
                    where,
                    "a member that '" + route.call() + "' does not have (expected some of "
                            + String.join(", ", new TreeSet<>(known)) + Nearest.hint(name, known) + ")");
        }
        if (!value.isNull() && !parameter(name).fits(value)) {
            throw invalid(
                    where,
                    "'" + name + "' does not fit (expected: " + parameter(name).expected() + ")");
        }
    }

    private Parameter parameter(String name) {
        return Objects.requireNonNull(api.parameters().get(name), "routes name declared parameters only");
    }

    private static Refusal invalid(String where, String text) {
        return new Refusal(Reason.INVALID, where + text);
    }
}
