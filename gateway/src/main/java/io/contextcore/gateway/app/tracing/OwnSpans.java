package io.contextcore.gateway.app.tracing;

import io.contextcore.gateway.app.settings.TracingSettings;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The spans {@code accept}, {@code step} and {@code export}. An acceptance belongs to the trace that the request names; its
 * step is its child and, because it goes on after the answer, links to it too; an export request carries what many steps wrote
 * and links to each.
 */
public final class OwnSpans implements Tracing {

    private static final AttributeKey<String> SOURCE = AttributeKey.stringKey("contextcore.source");
    private static final AttributeKey<String> DELIVERY = AttributeKey.stringKey("contextcore.delivery.id");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("contextcore.outcome");
    private static final AttributeKey<String> SIGNAL = AttributeKey.stringKey("contextcore.signal");
    private static final AttributeKey<Long> ITEMS = AttributeKey.longKey("contextcore.items");

    private static final Duration MOST_FOR_CLOSING = Duration.ofSeconds(5);

    /** What makes a span an error: something did not go on as it was meant to. */
    private static final Set<String> ERRORS = Set.of("error", "unavailable", "dead", "retry", "rejected", "partial");

    private static final TextMapGetter<Map<String, String>> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> headers) {
            return headers.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> headers, String name) {
            return headers == null ? null : headers.get(name);
        }
    };

    private final Clock clock;
    private final SdkTracerProvider provider;
    private final Tracer tracer;
    /** By delivery: its acceptance, until it is stepped. */
    private final Remembered<String, SpanContext> acceptances = new Remembered<>();
    /** By the time of the step: what it writes bears no other mark. Two steps may share one. */
    private final Remembered<Long, List<SpanContext>> steps = new Remembered<>();

    /** @param exporter is shut down when these are closed */
    public OwnSpans(TracingSettings settings, String version, Clock clock, SpanExporter exporter) {
        this.clock = clock;
        this.provider = SdkTracerProvider.builder()
                .setClock(sdkClock(clock))
                .setSampler(sampler(settings))
                .setSpanLimits(SpanLimits.getDefault())
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setScheduleDelay(settings.scheduleDelay())
                        .setMaxQueueSize(settings.maxQueue())
                        .setMaxExportBatchSize(settings.maxBatch())
                        .setExporterTimeout(settings.exportTimeout())
                        .build())
                .build();
        this.tracer = provider.get("contextcore.gateway", version);
    }

    @Override
    public Traced accept(String source, String delivery, Map<String, String> headers, long startElapsedNanos) {
        long start = clock.epochNanos() - (clock.elapsedNanos() - startElapsedNanos);
        Context parent = W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, HEADERS);
        Span span = delivery(tracer.spanBuilder("accept"), source, delivery)
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .setStartTimestamp(start, TimeUnit.NANOSECONDS)
                .startSpan();
        boolean first = acceptances.add(delivery, span.getSpanContext());
        return outcome -> {
            if (first && !outcome.equals("accepted")) {
                acceptances.take(delivery);
            }
            end(span, outcome);
        };
    }

    @Override
    public Traced step(String source, String delivery, long nowNanos) {
        SpanBuilder builder = delivery(tracer.spanBuilder("step"), source, delivery);
        SpanContext acceptance = acceptances.take(delivery);
        if (acceptance == null) {
            builder.setNoParent();
        } else {
            builder.setParent(Context.root().with(Span.wrap(acceptance))).addLink(acceptance);
        }
        Span span = builder.startSpan();
        steps.merge(nowNanos, List.of(span.getSpanContext()), OwnSpans::both);
        return outcome -> end(span, outcome);
    }

    @Override
    public Traced export(String signal, long items, Supplier<LongStream> written) {
        SpanBuilder builder = tracer.spanBuilder("export")
                .setNoParent()
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(SIGNAL, signal)
                .setAttribute(ITEMS, items);
        written.get()
                .distinct()
                .mapToObj(steps::get)
                .filter(known -> known != null)
                .flatMap(List::stream)
                .forEach(builder::addLink);
        Span span = builder.startSpan();
        return outcome -> end(span, outcome);
    }

    /** Sends what is left, for as long as the patience lasts and a few seconds at most. */
    public void close(Duration patience) {
        Duration time = patience.compareTo(MOST_FOR_CLOSING) < 0 ? patience : MOST_FOR_CLOSING;
        provider.shutdown().join(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static SpanBuilder delivery(SpanBuilder builder, String source, String delivery) {
        return builder.setAllAttributes(Attributes.of(SOURCE, source, DELIVERY, delivery));
    }

    private static void end(Span span, String outcome) {
        span.setAttribute(OUTCOME, outcome);
        if (ERRORS.contains(outcome)) {
            span.setStatus(StatusCode.ERROR, outcome);
        }
        span.end();
    }

    private static List<SpanContext> both(List<SpanContext> one, List<SpanContext> other) {
        return List.of(one.get(0), other.get(0));
    }

    private static Sampler sampler(TracingSettings settings) {
        return switch (settings.sampler()) {
            case ALWAYS_ON -> Sampler.alwaysOn();
            case ALWAYS_OFF -> Sampler.alwaysOff();
            case TRACEIDRATIO -> Sampler.traceIdRatioBased(settings.ratio());
            case PARENTBASED_ALWAYS_ON -> Sampler.parentBased(Sampler.alwaysOn());
            case PARENTBASED_ALWAYS_OFF -> Sampler.parentBased(Sampler.alwaysOff());
            case PARENTBASED_TRACEIDRATIO -> Sampler.parentBased(Sampler.traceIdRatioBased(settings.ratio()));
        };
    }

    private static io.opentelemetry.sdk.common.Clock sdkClock(Clock clock) {
        return new io.opentelemetry.sdk.common.Clock() {
            @Override
            public long now() {
                return clock.epochNanos();
            }

            @Override
            public long nanoTime() {
                return clock.elapsedNanos();
            }
        };
    }
}
