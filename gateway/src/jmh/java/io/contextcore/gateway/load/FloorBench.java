package io.contextcore.gateway.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The least that a delivery of {@code make load} must cost whoever takes it, with libraries alone: its signature is computed, its
 * body becomes a tree, and three spans of twenty-five attributes are made and serialised. Not in it: HTTP, the disk, what is told
 * apart and remembered, the way to the receiver.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class FloorBench {

    private static final int SPANS = 3;
    private static final int ATTRIBUTES = 25;

    @Param({"2048", "8192", "65536"})
    private int bytes;

    private final ObjectMapper json = new ObjectMapper();
    private final Mac mac;
    private byte[] body = {};

    public FloorBench() {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("a secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has HmacSHA256", e);
        }
    }

    /** The first word of an issue, as the load program sends it. */
    @Setup
    public void body() throws IOException {
        body = Template.of(Story.GITHUB.chapters(bytes, new Random(1)).get(0).body())
                .with(1, 1);
    }

    @Benchmark
    public byte[] signature() {
        return mac.doFinal(body);
    }

    @Benchmark
    public Object tree() throws IOException {
        return json.readTree(body);
    }

    @Benchmark
    public byte[] telemetry() {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        var spans = request.addResourceSpansBuilder().addScopeSpansBuilder();
        for (int i = 0; i < SPANS; i++) {
            spans.addSpans(span(i));
        }
        return request.build().toByteArray();
    }

    @Benchmark
    public Object[] floor() throws IOException {
        return new Object[] {signature(), tree(), telemetry()};
    }

    private Span span(int number) {
        Span.Builder span = Span.newBuilder()
                .setName("task")
                .setTraceId(ByteString.copyFrom(body, 0, 16))
                .setSpanId(ByteString.copyFrom(body, number, 8))
                .setStartTimeUnixNano(number)
                .setEndTimeUnixNano(number + 1);
        for (int i = 0; i < ATTRIBUTES; i++) {
            span.addAttributes(KeyValue.newBuilder()
                    .setKey("an.attribute." + i)
                    .setValue(AnyValue.newBuilder().setStringValue("some value " + number)));
        }
        return span.build();
    }
}
