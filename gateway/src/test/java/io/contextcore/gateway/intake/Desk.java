package io.contextcore.gateway.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.model.Api;
import io.contextcore.gateway.model.Api.Parameter;
import io.contextcore.gateway.model.Api.Route;
import io.contextcore.gateway.model.Api.Type;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Projects;
import io.contextcore.gateway.model.Scope;
import io.contextcore.gateway.model.Source;
import io.contextcore.gateway.model.SourceKind;
import io.contextcore.gateway.model.SourceKind.Variable;
import io.contextcore.gateway.model.SourceKind.Verification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A desk that takes orders by calls. */
final class Desk {

    static final Source SOURCE = new Source(
            "desk", "desk", List.of(Secret.of("s")), false, Projects.NONE, "/desk", Map.of(), List.of(), null);

    private Desk() {}

    static Api api() {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        parameter(parameters, "id", Type.STRING, List.of());
        parameter(parameters, "size", Type.STRING, List.of("small", "large"));
        parameter(parameters, "price", Type.NUMBER, List.of());
        parameter(parameters, "at", Type.TIME, List.of());
        parameter(parameters, "tags", Type.STRINGS, List.of());
        List<String> takes = List.of("size", "price", "at", "tags");
        return new Api(
                "Desk",
                "Takes orders.",
                "/v1",
                "/calls",
                Map.of(),
                Map.of(),
                parameters,
                List.of(
                        new Route("/orders", "order.open", "An order.", List.of("id", "size"), takes, List.of(), ""),
                        new Route(
                                "/orders/{id}/pay", "order.pay", "It is paid.", List.of("id"), takes, List.of(), "")));
    }

    private static void parameter(Map<String, Parameter> parameters, String name, Type type, List<String> values) {
        parameters.put(name, new Parameter(name, type, values, "", null, null));
    }

    /** Its delivery ids are what the request says, place in a list, and name. */
    static SourceKind kind() {
        return new SourceKind(
                "desk",
                List.of(new Verification.Token("authorization", "Bearer")),
                scope -> ((JsonNode) scope.get(Variable.PAYLOAD.ordinal()))
                        .path("call")
                        .asText(),
                Desk::id,
                null,
                null,
                Set.of(),
                null,
                true,
                Set.of(),
                false,
                false,
                1,
                Set.of(),
                api());
    }

    private static Object id(Scope scope) {
        Object index = scope.get(Variable.INDEX.ordinal());
        return (index instanceof Nothing ? "alone" : index) + "-" + scope.get(Variable.REQUEST_ID.ordinal());
    }
}
