package io.contextcore.gateway.app.tracing;

import io.contextcore.gateway.export.SendResult;
import io.contextcore.gateway.export.Sender;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.otlp.EmitMode;
import io.contextcore.gateway.otlp.OtlpEncoder;
import io.contextcore.gateway.otlp.Resource;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sends the SDK's spans as the gateway sends all others. They are not kept: what the receiver does not take is dropped. */
public final class OtlpSpanExporter implements SpanExporter {

    private static final String SERVICE = "contextcore-gateway";

    private final Sender sender;
    private final OtlpEncoder encoder;

    /**
     * @param sender is closed with this
     * @param resource of the telemetry that passes through; of it only the name and version of the service are not the
     *     gateway's own
     */
    public OtlpSpanExporter(Sender sender, Resource resource, String version) {
        this.sender = sender;
        this.encoder =
                new OtlpEncoder(own(resource, version), SERVICE, version, new Conventions(Map.of()), EmitMode.LEGACY);
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = new CompletableResultCode();
        byte[] request =
                encoder.spans(spans.stream().map(OtlpSpanExporter::span).toList());
        sender.send(TelemetrySignal.TRACES, request).onComplete(sent -> {
            boolean taken = sent.succeeded()
                    && (sent.result() instanceof SendResult.Delivered || sent.result() instanceof SendResult.Partial);
            if (taken) {
                result.succeed();
            } else {
                result.fail();
            }
        });
        return result;
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        CompletableResultCode result = new CompletableResultCode();
        sender.close().onComplete(closed -> result.succeed());
        return result;
    }

    private static Resource own(Resource resource, String version) {
        SortedMap<String, AttributeValue> attributes = new TreeMap<>(resource.attributes());
        attributes.remove("job");
        attributes.put("service.name", AttributeValue.of(SERVICE));
        attributes.put("service.version", AttributeValue.of(version));
        attributes.put("telemetry.sdk.language", AttributeValue.of("java"));
        attributes.put("telemetry.sdk.name", AttributeValue.of("opentelemetry"));
        return new Resource(attributes);
    }

    private static Span span(SpanData data) {
        boolean root = !data.getParentSpanContext().isValid();
        List<Span.SpanLink> links = data.getLinks().stream()
                .map(link -> new Span.SpanLink(
                        link.getSpanContext().getTraceId(),
                        link.getSpanContext().getSpanId(),
                        new TreeMap<>()))
                .toList();
        return new Span(
                data.getTraceId(),
                data.getSpanId(),
                root ? null : data.getParentSpanId(),
                data.getName(),
                Span.Kind.valueOf(data.getKind().name()),
                data.getStartEpochNanos(),
                Math.max(data.getStartEpochNanos(), data.getEndEpochNanos()),
                attributes(data.getAttributes()),
                List.of(),
                links,
                status(data.getStatus()));
    }

    /** Ours are texts and whole numbers. */
    private static SortedMap<String, AttributeValue> attributes(Attributes attributes) {
        SortedMap<String, AttributeValue> values = new TreeMap<>();
        attributes.forEach((key, value) -> values.put(
                key.getKey(),
                value instanceof Long number ? AttributeValue.of(number) : AttributeValue.of(value.toString())));
        return values;
    }

    private static Span.Status status(StatusData status) {
        return status.getStatusCode() == StatusCode.ERROR
                ? Span.Status.error(status.getDescription())
                : Span.Status.UNSET;
    }
}
