package io.contextcore.gateway.otlp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.contextcore.gateway.model.OutboxEntry;
import io.contextcore.gateway.model.TelemetrySignal;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchesTest {

    private static final OtlpEncoder ONE = Samples.encoder(EmitMode.DUAL);
    private static final byte[] SPAN = ONE.spans(List.of(Samples.span()));
    private static final byte[] TWO_SPANS = ONE.spans(List.of(Samples.span(), Samples.span()));

    @Test
    void requestsOfOneResourceBecomeOneRequestOfIt() {
        byte[] merged = Batches.merge(List.of(SPAN, TWO_SPANS, SPAN));

        assertArrayEquals(ONE.spans(List.of(Samples.span(), Samples.span(), Samples.span(), Samples.span())), merged);
    }

    @Test
    void logsMergeLikeSpans() {
        byte[] log = ONE.logs(List.of(Samples.log()));

        assertArrayEquals(ONE.logs(List.of(Samples.log(), Samples.log())), Batches.merge(List.of(log, log)));
    }

    @Test
    void anotherResourceBetweenKeepsTheOrder() throws Exception {
        byte[] other = new OtlpEncoder(
                        new Resource(Samples.attributes(java.util.Map.of())),
                        "other",
                        "1",
                        Samples.conventions(),
                        EmitMode.DUAL)
                .spans(List.of(Samples.span()));

        ExportTraceServiceRequest merged =
                ExportTraceServiceRequest.parseFrom(Batches.merge(List.of(SPAN, SPAN, other, SPAN)));

        assertEquals(
                List.of("io.contextcore.gateway:2", "other:1", "io.contextcore.gateway:1"),
                merged.getResourceSpansList().stream()
                        .map(BatchesTest::scopeAndCount)
                        .toList());
    }

    @Test
    void aRequestOfAnotherShapeIsAppendedAsItIs() throws Exception {
        byte[] twice = concat(SPAN, SPAN);

        byte[] merged = Batches.merge(List.of(SPAN, twice, SPAN));

        assertArrayEquals(concat(SPAN, concat(twice, SPAN)), merged);
        assertEquals(4, ExportTraceServiceRequest.parseFrom(merged).getResourceSpansCount());
    }

    @Test
    void halvesHoldTheItemsInTheirOrderUnderTheSameHead() {
        byte[] three = Batches.merge(List.of(SPAN, TWO_SPANS));

        List<Batches.Piece> halves = Batches.halves(three);

        assertEquals(List.of(1, 2), halves.stream().map(Batches.Piece::items).toList());
        assertArrayEquals(SPAN, halves.get(0).payload());
        assertArrayEquals(TWO_SPANS, halves.get(1).payload());
        assertArrayEquals(
                three, Batches.merge(halves.stream().map(Batches.Piece::payload).toList()));
    }

    @Test
    void oneItemAndARequestOfAnotherShapeHaveNoHalves() {
        assertEquals(List.of(), Batches.halves(SPAN));
        assertEquals(List.of(), Batches.halves(concat(SPAN, SPAN)));
        assertEquals(List.of(), Batches.halves(new byte[] {1, 2, 3}));
    }

    @Test
    void oneRequestIsItself() {
        assertArrayEquals(SPAN, Batches.merge(List.of(SPAN)));
    }

    @Test
    void entriesFitUpToBothBoundsAndNoFurther() {
        List<OutboxEntry> entries = List.of(entry(2, 10), entry(2, 10), entry(2, 10));

        assertEquals(2, Batches.fitting(entries, 4, 100).size(), "at the bound of items");
        assertEquals(1, Batches.fitting(entries, 3, 100).size(), "one item under");
        assertEquals(2, Batches.fitting(entries, 100, 20).size(), "at the bound of bytes");
        assertEquals(1, Batches.fitting(entries, 100, 19).size(), "one byte under");
        assertEquals(1, Batches.fitting(entries, 1, 1).size(), "the first always goes");
        assertEquals(0, Batches.fitting(List.of(), 1, 1).size());
    }

    private static OutboxEntry entry(int items, int bytes) {
        return new OutboxEntry(TelemetrySignal.TRACES, 0, 1, "acme", new byte[bytes], items, 0);
    }

    private static String scopeAndCount(ResourceSpans spans) {
        return spans.getScopeSpans(0).getScope().getName() + ":"
                + spans.getScopeSpans(0).getSpansCount();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }
}
