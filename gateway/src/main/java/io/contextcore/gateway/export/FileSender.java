package io.contextcore.gateway.export;

import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.otlp.OtlpJson;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * OTLP/JSON lines at the end of a file: each export request is one line. A request counts as delivered when its line is on
 * the disk (fsync for each request; the lanes' requests are batches). A line that a crash tore is taken off when the file is
 * opened again: its request was not delivered, and so comes again. What comes again although its line was written, since its
 * delivery was not noted before a crash, is left out ({@link Repeats}).
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/protocol/file-exporter/">OpenTelemetry file exporter</a>
 */
final class FileSender implements Sender {

    private final WorkerExecutor worker;
    private final FileChannel channel;
    private final boolean regular;
    private final Repeats repeats;

    private FileSender(WorkerExecutor worker, FileChannel channel, boolean regular, Repeats repeats) {
        this.worker = worker;
        this.channel = channel;
        this.regular = regular;
        this.repeats = repeats;
    }

    /**
     * Blocks: opens the file, makes it if need be, and mends its end.
     *
     * @throws IOException if the file cannot be opened for writing
     */
    static FileSender open(Vertx vertx, Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        try {
            boolean regular = Files.isRegularFile(file);
            if (regular) {
                TornLine.mend(channel);
                channel.position(channel.size());
            }
            Repeats repeats = regular ? Repeats.atEndOf(channel) : Repeats.none();
            return new FileSender(vertx.createSharedWorkerExecutor("contextcore-file", 1), channel, regular, repeats);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public Future<SendResult> send(TelemetrySignal signal, byte[] payload, Map<String, Secret> headers) {
        return worker.executeBlocking(() -> append(signal, payload), true).otherwise(FileSender::unwritten);
    }

    /** What does not go wholly into the file leaves no trace there. */
    private SendResult append(TelemetrySignal signal, byte[] payload) throws IOException {
        byte[] line = repeats.without(OtlpJson.line(signal, payload));
        if (line.length == 0) {
            return new SendResult.Delivered();
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
        long end = regular ? channel.position() : 0;
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (regular) {
                channel.force(false);
            }
            return new SendResult.Delivered();
        } catch (IOException e) {
            if (regular) {
                channel.truncate(end);
            }
            throw e;
        }
    }

    private static SendResult unwritten(Throwable failure) {
        return failure instanceof IllegalArgumentException
                ? new SendResult.Rejected("not-otlp", String.valueOf(failure.getMessage()), false)
                : new SendResult.Retry(null, "file-unwritable", String.valueOf(failure.getMessage()));
    }

    @Override
    public Future<Void> close() {
        return worker.<Void>executeBlocking(
                        () -> {
                            channel.close();
                            return null;
                        },
                        true)
                .eventually(worker::close);
    }
}
