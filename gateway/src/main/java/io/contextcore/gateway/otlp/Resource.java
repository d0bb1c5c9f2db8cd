package io.contextcore.gateway.otlp;

import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.model.AttributeValue;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who sends the telemetry: the attributes of the OTLP Resource.
 *
 * @param attributes by name, in name order
 */
public record Resource(SortedMap<String, AttributeValue> attributes) {

    /** Additional attributes, {@code name=value,…}, percent-encoded. */
    public static final String ATTRIBUTES_VARIABLE = "OTEL_RESOURCE_ATTRIBUTES";

    /** The service's name; beats every other way to give it. */
    public static final String NAME_VARIABLE = "OTEL_SERVICE_NAME";

    private static final String SERVICE_NAME = "service.name";
    private static final String ENVIRONMENT = "deployment.environment.name";
    private static final String OLDER_ENVIRONMENT = "deployment.environment";

    public Resource {
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    /**
     * What settings say; an empty text means not given.
     *
     * @param serviceName {@code service.name}; empty: {@code contextcore}
     * @param serviceVersion {@code service.version}, the gateway's own
     * @param environment {@code deployment.environment.name}, sent under its older name too
     * @param detectors who are asked where the process runs
     */
    public record Given(
            String serviceName,
            String serviceNamespace,
            String serviceVersion,
            String environment,
            List<ResourceDetector> detectors) {

        public Given {
            detectors = List.copyOf(detectors);
        }
    }

    /**
     * The resource of this process. Later wins: defaults, detectors, settings, {@value #ATTRIBUTES_VARIABLE},
     * {@value #NAME_VARIABLE}.
     *
     * @see <a href="https://opentelemetry.io/docs/specs/otel/resource/sdk/">OpenTelemetry specification, Resource SDK</a>
     */
    public static Resource of(Given given, Machine machine, Problems problems) {
        SortedMap<String, String> texts = new TreeMap<>(Map.of(SERVICE_NAME, "contextcore", "job", "contextcore"));
        given.detectors().forEach(detector -> texts.putAll(detector.detect(machine)));
        putGiven(texts, SERVICE_NAME, given.serviceName());
        putGiven(texts, "service.namespace", given.serviceNamespace());
        putGiven(texts, "service.version", given.serviceVersion());
        putGiven(texts, ENVIRONMENT, given.environment());
        texts.putAll(fromVariable(machine.environment(), problems));
        Optional.ofNullable(machine.environment().get(NAME_VARIABLE))
                .ifPresent(name -> putGiven(texts, SERVICE_NAME, name));
        mirror(texts, ENVIRONMENT, OLDER_ENVIRONMENT);
        mirror(texts, OLDER_ENVIRONMENT, ENVIRONMENT);
        SortedMap<String, AttributeValue> attributes = new TreeMap<>();
        texts.forEach((name, text) -> attributes.put(name, AttributeValue.of(text)));
        return new Resource(attributes);
    }

    private static void putGiven(Map<String, String> texts, String name, String value) {
        if (!value.isBlank()) {
            texts.put(name, value.strip());
        }
    }

    private static void mirror(Map<String, String> texts, String from, String to) {
        String value = texts.get(from);
        if (value != null) {
            texts.putIfAbsent(to, value);
        }
    }

    /** The specification wants the whole value discarded where a part of it cannot be read. */
    private static Map<String, String> fromVariable(Environment environment, Problems problems) {
        String value = environment.get(ATTRIBUTES_VARIABLE);
        if (value == null || value.isBlank()) {
            return Map.of();
        }
        try {
            return KeyValues.parse(value);
        } catch (KeyValues.Malformed e) {
            problems.source(ATTRIBUTES_VARIABLE, value);
            problems.add(
                    ErrorCode.BAD_VARIABLE,
                    new Location(ATTRIBUTES_VARIABLE, 1, e.column()),
                    String.valueOf(e.getMessage()));
            return Map.of();
        }
    }
}
