package io.contextcore.gateway.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.Problem;
import io.contextcore.gateway.base.Problems;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceTest {

    private static final Resource.Given NOTHING = new Resource.Given("", "", "", "", List.of());
    private final Problems problems = new Problems();

    @Test
    void nothingGivenIsContextcore() {
        assertEquals("{job=contextcore, service.name=contextcore}", resource(NOTHING, Map.of()));
    }

    @Test
    void theEnvironmentIsSentUnderItsOlderNameToo() {
        assertEquals(
                "{deployment.environment=prod, deployment.environment.name=prod, job=contextcore, "
                        + "service.name=gate, service.namespace=acme, service.version=1.2}",
                resource(new Resource.Given("gate", "acme", "1.2", "prod", List.of()), Map.of()));
        assertEquals(
                "{deployment.environment=dev, deployment.environment.name=dev, job=contextcore, service.name=contextcore}",
                resource(NOTHING, Map.of("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment=dev")));
    }

    @Test
    void variablesBeatSettingsAndTheServiceNameBeatsTheAttributes() {
        assertEquals(
                "{host.name=a,b=c +é, job=contextcore, service.name=b}",
                resource(
                        new Resource.Given("settings", "", "", "", List.of()),
                        Map.of(
                                "OTEL_RESOURCE_ATTRIBUTES",
                                " service.name=a , host.name=a%2Cb%3Dc%20+%C3%A9,",
                                "OTEL_SERVICE_NAME",
                                "b")));
        assertTrue(problems.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"'a=1,b', 5", "'a=1,=2', 5", "'a=%2', 3", "'a=%zz', 3", "'a=%ff', 3"})
    void anUnreadablePartDiscardsTheWholeVariableWithAProblem(String value, int column) {
        assertEquals(
                "{job=contextcore, service.name=contextcore}",
                resource(NOTHING, Map.of("OTEL_RESOURCE_ATTRIBUTES", value)));
        List<Problem> found = problems.all();
        assertEquals(1, found.size());
        assertEquals(
                "OTEL_RESOURCE_ATTRIBUTES:1:" + column, found.get(0).location().toString());
    }

    @Test
    void settingsAndVariablesBeatWhatIsDetected() {
        Resource.Given given = new Resource.Given("", "", "", "", List.of(ResourceDetector.HOST));
        Map<String, String> variables = Map.of("HOSTNAME", "detected", "OTEL_RESOURCE_ATTRIBUTES", "host.name=told");
        assertEquals("{host.name=told, job=contextcore, service.name=contextcore}", resource(given, variables));
        assertEquals(
                "{host.name=detected, job=contextcore, service.name=contextcore}",
                resource(given, Map.of("HOSTNAME", "detected")));
    }

    private String resource(Resource.Given given, Map<String, String> variables) {
        Map<String, Object> plain = new TreeMap<>();
        Resource.of(given, Machine.unknown(Environment.of(variables)), problems)
                .attributes()
                .forEach((name, value) -> plain.put(name, value.plain()));
        return plain.toString();
    }
}
