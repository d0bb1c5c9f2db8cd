package io.contextcore.gateway.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.otlp.Batches;
import io.contextcore.gateway.otlp.OtlpJson;
import io.contextcore.gateway.testing.OtlpJsonReader;
import io.contextcore.gateway.testing.Wait;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileSenderTest {

    private static final byte[] SPAN = Payloads.span("a");
    private static final byte[] LOG = Payloads.log("b");
    private static final String SPAN_LINE = line(TelemetrySignal.TRACES, SPAN);
    private static final String LOG_LINE = line(TelemetrySignal.LOGS, LOG);

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void closeVertx() {
        Wait.until(vertx.close());
    }

    @Test
    void eachRequestIsOneLineAndReadsBack() throws Exception {
        Path file = folder.resolve("out.jsonl");

        assertEquals(
                List.of(new SendResult.Delivered(), new SendResult.Delivered()),
                sent(file, TelemetrySignal.TRACES, TelemetrySignal.LOGS));

        assertEquals(SPAN_LINE + LOG_LINE, Files.readString(file));
        assertArrayEquals(SPAN, OtlpJsonReader.read(SPAN_LINE).toByteArray());
        assertArrayEquals(LOG, OtlpJsonReader.read(LOG_LINE).toByteArray());
    }

    @Test
    void aSecondRunAppends() throws Exception {
        Path file = folder.resolve("out.jsonl");

        sent(file, TelemetrySignal.TRACES);
        sent(file, TelemetrySignal.LOGS);

        assertEquals(SPAN_LINE + LOG_LINE, Files.readString(file));
    }

    @Test
    void whatACrashMakesComeAgainIsNotWrittenAgain() throws Exception {
        Path file = folder.resolve("out.jsonl");
        Files.writeString(file, "a note of somebody\n" + SPAN_LINE + LOG_LINE);

        assertEquals(
                List.of(new SendResult.Delivered(), new SendResult.Delivered()),
                sent(file, TelemetrySignal.TRACES, TelemetrySignal.LOGS));

        assertEquals("a note of somebody\n" + SPAN_LINE + LOG_LINE, Files.readString(file));
    }

    @Test
    void whatIsNewInARequestThatComesAgainLargerIsWritten() throws Exception {
        Path file = folder.resolve("out.jsonl");
        Files.writeString(file, SPAN_LINE);
        byte[] larger = Batches.merge(List.of(SPAN, Payloads.span("new")));

        FileSender sender = FileSender.open(vertx, file);
        assertEquals(new SendResult.Delivered(), Wait.until(sender.send(TelemetrySignal.TRACES, larger)));
        Wait.until(sender.close());

        String[] lines = Files.readString(file).split("\n");
        assertEquals(2, lines.length);
        assertArrayEquals(Payloads.span("new"), OtlpJsonReader.read(lines[1]).toByteArray());
    }

    @Test
    void whatIsSentTwiceInOneRunIsWrittenTwice() throws Exception {
        Path file = folder.resolve("out.jsonl");

        sent(file, TelemetrySignal.TRACES, TelemetrySignal.TRACES);

        assertEquals(SPAN_LINE + SPAN_LINE, Files.readString(file));
    }

    @Test
    void aLineThatACrashToreIsTakenOffAtEveryPlaceItMayBeTorn() throws Exception {
        Path file = folder.resolve("out.jsonl");
        for (int cut = 1; cut < LOG_LINE.length(); cut++) {
            Files.writeString(file, SPAN_LINE + LOG_LINE.substring(0, cut));

            sent(file, TelemetrySignal.LOGS);

            assertEquals(SPAN_LINE + LOG_LINE, Files.readString(file), "torn after " + cut);
        }
    }

    @Test
    void aTornFirstLineAndALongOneAreTakenOffToo() throws Exception {
        Path file = folder.resolve("out.jsonl");
        Files.writeString(file, "{\"resourceSpans\":[" + " ".repeat(200_000));

        sent(file, TelemetrySignal.LOGS);

        assertEquals(LOG_LINE, Files.readString(file));
    }

    @Test
    void someoneElsesLastLineIsEndedAndKept() throws Exception {
        Path file = folder.resolve("notes.txt");
        Files.writeString(file, "my notes\nwithout an end");

        sent(file, TelemetrySignal.TRACES);

        assertEquals("my notes\nwithout an end\n" + SPAN_LINE, Files.readString(file));
    }

    @Test
    void manyAtOnceGiveWholeLinesInTheOrderSent() throws Exception {
        Path file = folder.resolve("out.jsonl");
        StringBuilder expected = new StringBuilder();
        FileSender sender = FileSender.open(vertx, file);
        List<Future<SendResult>> results = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            byte[] payload = Payloads.span("span " + i);
            expected.append(line(TelemetrySignal.TRACES, payload));
            results.add(sender.send(TelemetrySignal.TRACES, payload));
        }
        Wait.until(Future.all(results));
        Wait.until(sender.close());

        assertEquals(
                expected.toString().lines().sorted().toList(),
                Files.readAllLines(file).stream().sorted().toList());
    }

    @Test
    void bytesThatAreNoRequestAreRefusedAndLeaveNoTrace() throws Exception {
        Path file = folder.resolve("out.jsonl");
        FileSender sender = FileSender.open(vertx, file);

        assertInstanceOf(
                SendResult.Rejected.class, Wait.until(sender.send(TelemetrySignal.TRACES, new byte[] {1, 2, 3})));
        Wait.until(sender.close());

        assertEquals("", Files.readString(file));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsARetry() throws Exception {
        FileSender sender = FileSender.open(vertx, Path.of("/dev/full"));

        SendResult result = Wait.until(sender.send(TelemetrySignal.TRACES, SPAN));
        Wait.until(sender.close());

        assertEquals(
                "file-unwritable",
                assertInstanceOf(SendResult.Retry.class, result).reason());
    }

    @Test
    void aFileInAMissingFolderCannotBeOpened() {
        assertThrows(IOException.class, () -> FileSender.open(vertx, folder.resolve("missing/out.jsonl")));
    }

    private List<SendResult> sent(Path file, TelemetrySignal... signals) throws IOException {
        FileSender sender = FileSender.open(vertx, file);
        List<SendResult> results = new ArrayList<>();
        for (TelemetrySignal signal : signals) {
            results.add(Wait.until(sender.send(signal, signal == TelemetrySignal.TRACES ? SPAN : LOG)));
        }
        Wait.until(sender.close());
        return results;
    }

    private static String line(TelemetrySignal signal, byte[] payload) {
        return new String(OtlpJson.line(signal, payload), StandardCharsets.UTF_8) + "\n";
    }
}
