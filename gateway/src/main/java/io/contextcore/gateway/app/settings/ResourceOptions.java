package io.contextcore.gateway.app.settings;

import io.contextcore.gateway.otlp.Resource;
import io.contextcore.gateway.otlp.ResourceDetector;
import java.util.List;

/** Who the telemetry says it comes from. OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME are read by {@link Resource}. */
final class ResourceOptions {

    private final Option<String> serviceName = Option.of(
            "resource.service_name",
            OptionType.TEXT,
            "contextcore",
            "`service.name`; `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` win over it");
    private final Option<String> serviceNamespace = Option.of(
            "resource.service_namespace",
            OptionType.TEXT,
            null,
            "`service.namespace`; `OTEL_RESOURCE_ATTRIBUTES` wins over it");
    private final Option<String> environment = Option.of(
            "resource.environment",
            OptionType.TEXT,
            null,
            "`deployment.environment.name`, sent under its older name too; `OTEL_RESOURCE_ATTRIBUTES` wins over it");

    private final Option<List<ResourceDetector>> detectors = Option.of(
            "resource.detectors",
            OptionType.listOf(ResourceDetector.class, ResourceDetector::word),
            "host, process, container, k8s",
            "what the resource says of where the gateway runs; `none`: nothing. Settings and variables win over it");

    List<Option<?>> all() {
        return List.of(serviceName, serviceNamespace, environment, detectors);
    }

    Resource.Given read(Values values, String version) {
        return new Resource.Given(
                values.get(serviceName),
                values.find(serviceNamespace).orElse(""),
                version,
                values.find(environment).orElse(""),
                values.get(detectors));
    }
}
