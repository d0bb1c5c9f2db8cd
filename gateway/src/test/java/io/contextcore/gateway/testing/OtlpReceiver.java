package io.contextcore.gateway.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.contextcore.gateway.model.TelemetrySignal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.streams.ReadStream;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * An OTLP receiver in this process: gRPC on one free port, HTTP on another, any path that ends in {@code /v1/traces} or
 * {@code /v1/logs}, plain or gzip. It keeps every request and answers as told.
 */
public final class OtlpReceiver implements AutoCloseable {

    private static final long PAUSE_MILLIS = 100;
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    private final Vertx vertx;
    private final boolean ownVertx;
    private final Seen<Received> received = new Seen<>();
    private final HttpServer grpc;
    private final HttpServer http;
    private final AtomicInteger slowReads = new AtomicInteger();
    private volatile Function<Received, Reply> replies = request -> new Reply.Ok();
    private volatile boolean keeping = true;

    /**
     * A request as it came.
     *
     * @param transport {@code grpc} or {@code http}
     * @param payload the uncompressed request
     * @param headers by lower-case name
     */
    public record Received(String transport, TelemetrySignal signal, byte[] payload, Map<String, String> headers) {

        public List<ResourceSpans> resourceSpans() {
            return signal == TelemetrySignal.TRACES
                    ? parse(ExportTraceServiceRequest.getDefaultInstance(), payload)
                            .getResourceSpansList()
                    : List.of();
        }

        public List<ResourceLogs> resourceLogs() {
            return signal == TelemetrySignal.LOGS
                    ? parse(ExportLogsServiceRequest.getDefaultInstance(), payload)
                            .getResourceLogsList()
                    : List.of();
        }

        public List<Span> spans() {
            return resourceSpans().stream()
                    .flatMap(resource -> resource.getScopeSpansList().stream())
                    .flatMap(scope -> scope.getSpansList().stream())
                    .toList();
        }

        public List<LogRecord> logs() {
            return resourceLogs().stream()
                    .flatMap(resource -> resource.getScopeLogsList().stream())
                    .flatMap(scope -> scope.getLogRecordsList().stream())
                    .toList();
        }

        @Override
        public String toString() {
            return transport + " " + signal.label() + " " + payload.length + " bytes";
        }
    }

    private OtlpReceiver(@Nullable Vertx shared, HttpServerOptions options, int grpcPort, int httpPort) {
        ownVertx = shared == null;
        vertx = shared == null ? Vertx.vertx() : shared;
        GrpcServer calls = GrpcServer.server(vertx, new GrpcServerOptions().setMaxMessageSize(MAX_BYTES))
                .callHandler(this::onCall);
        grpc = listen(options, calls::handle, grpcPort);
        http = listen(options, this::onRequest, httpPort);
    }

    public static OtlpReceiver start() {
        return startAt(0, 0);
    }

    /** On somebody's Vert.x, so that it takes no time. */
    public static OtlpReceiver start(Vertx vertx) {
        return new OtlpReceiver(vertx, new HttpServerOptions(), 0, 0);
    }

    /** With TLS on both ports. */
    public static OtlpReceiver startTls(Certificate certificate) {
        return startTls(certificate, null);
    }

    /** @param client whose key a sender must have; null: anybody may come */
    public static OtlpReceiver startTls(Certificate certificate, @Nullable Certificate client) {
        PfxOptions key =
                new PfxOptions().setPath(certificate.store().toString()).setPassword(Certificate.PASSWORD);
        HttpServerOptions options =
                new HttpServerOptions().setSsl(true).setUseAlpn(true).setKeyCertOptions(key);
        if (client != null) {
            options.setClientAuth(ClientAuth.REQUIRED)
                    .setTrustOptions(
                            new PemTrustOptions().addCertPath(client.pem().toString()));
        }
        return new OtlpReceiver(null, options, 0, 0);
    }

    /** At ports that were used before, to play a receiver that comes back. */
    public static OtlpReceiver startAt(int grpcPort, int httpPort) {
        return new OtlpReceiver(null, new HttpServerOptions(), grpcPort, httpPort);
    }

    public int grpcPort() {
        return grpc.actualPort();
    }

    public int httpPort() {
        return http.actualPort();
    }

    /** Answers every request from now on as the function says. */
    public OtlpReceiver replyWith(Function<Received, Reply> function) {
        replies = function;
        return this;
    }

    /** From now on nobody can ask what came: for more than fits in memory. */
    public OtlpReceiver keepNothing() {
        keeping = false;
        return this;
    }

    /** Answers the next requests as listed, and all later ones with OK. */
    public OtlpReceiver script(Reply... next) {
        Deque<Reply> left = new ArrayDeque<>(List.of(next));
        return replyWith(request -> {
            synchronized (left) {
                return left.isEmpty() ? new Reply.Ok() : left.pop();
            }
        });
    }

    /** Does not read the next request for a while. */
    public OtlpReceiver readNextSlowly() {
        slowReads.incrementAndGet();
        return this;
    }

    /** All requests so far, whatever was answered. */
    public List<Received> received() {
        return received.all();
    }

    public Seen<Received> requests() {
        return received;
    }

    public List<Span> spans() {
        return received().stream().flatMap(request -> request.spans().stream()).toList();
    }

    public List<LogRecord> logs() {
        return received().stream().flatMap(request -> request.logs().stream()).toList();
    }

    /** Waits until at least so many spans have come, repeats included. */
    public List<Span> awaitSpans(int count) {
        received.until(count + " spans", all -> count(all, Received::spans) >= count);
        return spans();
    }

    /** Waits until at least so many log records have come, repeats included. */
    public List<LogRecord> awaitLogs(int count) {
        received.until(count + " log records", all -> count(all, Received::logs) >= count);
        return logs();
    }

    @Override
    public void close() {
        Wait.until(
                ownVertx
                        ? vertx.close()
                        : Future.join(grpc.close(), http.close()).mapEmpty());
    }

    private static long count(List<Received> all, Function<Received, List<?>> items) {
        return all.stream()
                .flatMap(request -> Stream.of(items.apply(request).size()))
                .mapToLong(size -> size)
                .sum();
    }

    private HttpServer listen(HttpServerOptions options, Handler<HttpServerRequest> handler, int port) {
        return Wait.until(
                vertx.createHttpServer(options).requestHandler(handler).listen(port, "127.0.0.1"));
    }

    private void onCall(GrpcServerRequest<Buffer, Buffer> call) {
        TelemetrySignal signal =
                call.serviceName().name().equals("LogsService") ? TelemetrySignal.LOGS : TelemetrySignal.TRACES;
        pauseIfSlow(call);
        call.handler(message -> {
            Received request = new Received("grpc", signal, message.getBytes(), headers(call.headers()));
            Reply reply = keep(request);
            if (reply instanceof Reply.Reset) {
                call.connection().close();
            } else if (reply instanceof Reply.ResetAfterHead) {
                call.response()
                        .writeHead()
                        .onComplete(written -> call.connection().close());
            } else if (reply instanceof Reply.StallAfterHead) {
                call.response().writeHead();
            } else if (reply instanceof Reply.SlowWriter) {
                call.response().writeHead();
                vertx.setTimer(PAUSE_MILLIS, id -> call.response().end(Buffer.buffer()));
            } else if (reply instanceof Reply.CloseStream) {
                call.response().cancel();
            } else if (reply instanceof Reply.GoAway) {
                call.connection().goAway(0, 0);
            } else if (reply instanceof Reply.Status status) {
                call.response().status(status.status()).statusMessage("scripted");
                if (status.retryInfo() != null) {
                    call.response()
                            .trailers()
                            .set("grpc-status-details-bin", RpcStatus.details(status.status(), status.retryInfo()));
                }
                call.response().end();
            } else if (!(reply instanceof Reply.Stall)) {
                call.response().end(Buffer.buffer(response(signal, reply)));
            }
        });
    }

    private void onRequest(HttpServerRequest request) {
        if (!request.path().endsWith("/v1/logs") && !request.path().endsWith("/v1/traces")) {
            request.response().setStatusCode(404).end(); // whoever looks for something else here
            return;
        }
        TelemetrySignal signal = request.path().endsWith("/v1/logs") ? TelemetrySignal.LOGS : TelemetrySignal.TRACES;
        pauseIfSlow(request);
        request.body().onSuccess(body -> {
            Map<String, String> headers = headers(request.headers());
            headers.put(":path", request.path());
            Reply reply = keep(new Received("http", signal, unpacked(body, headers), headers));
            if (reply instanceof Reply.Reset) {
                request.connection().close();
            } else if (reply instanceof Reply.ResetAfterHead
                    || reply instanceof Reply.StallAfterHead
                    || reply instanceof Reply.SlowWriter) {
                inPieces(request, reply);
            } else if (reply instanceof Reply.Typed typed) {
                Reply inside = new Reply.Partial(typed.rejected(), "typed");
                request.response()
                        .putHeader("content-type", typed.contentType())
                        .end(Buffer.buffer(response(signal, inside)));
            } else if (reply instanceof Reply.Http failure) {
                if (failure.retryAfter() != null) {
                    request.response().putHeader("retry-after", failure.retryAfter());
                }
                request.response().setStatusCode(failure.status()).end("scripted");
            } else if (!(reply instanceof Reply.Stall)) {
                request.response()
                        .putHeader("content-type", "application/x-protobuf")
                        .end(Buffer.buffer(response(signal, reply)));
            }
        });
    }

    private void pauseIfSlow(ReadStream<?> request) {
        if (slowReads.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            request.pause();
            vertx.setTimer(PAUSE_MILLIS, id -> request.resume());
        }
    }

    private void inPieces(HttpServerRequest request, Reply reply) {
        // An unknown field, which a reader passes over: tag 15, two bytes.
        Buffer body = Buffer.buffer(new byte[] {0x7a, 0x02, 0x41, 0x41});
        request.response()
                .putHeader("content-type", "application/x-protobuf")
                .putHeader("content-length", String.valueOf(body.length()));
        request.response().write(body.slice(0, 1)).onComplete(written -> {
            if (reply instanceof Reply.ResetAfterHead) {
                request.connection().close();
            } else if (reply instanceof Reply.SlowWriter) {
                vertx.setTimer(PAUSE_MILLIS, id -> request.response().end(body.slice(1, body.length())));
            }
        });
    }

    private static byte[] unpacked(Buffer body, Map<String, String> headers) {
        if (!"gzip".equals(headers.get("content-encoding"))) {
            return body.getBytes();
        }
        try (GZIPInputStream input = new GZIPInputStream(new ByteArrayInputStream(body.getBytes()))) {
            return input.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("not gzip", e);
        }
    }

    /** Decides first and keeps afterwards, so that who waits for the request knows that its script line is used up. */
    private Reply keep(Received request) {
        Reply reply = replies.apply(request);
        if (keeping) {
            received.add(request);
        }
        return reply;
    }

    private static byte[] response(TelemetrySignal signal, Reply reply) {
        long rejected = reply instanceof Reply.Partial partial ? partial.rejected() : 0;
        String message = reply instanceof Reply.Partial partial ? partial.message() : "";
        if (reply instanceof Reply.Malformed) {
            return new byte[] {(byte) 0xff, (byte) 0xff, 0x01};
        } else if (!(reply instanceof Reply.Partial)) {
            return new byte[0];
        }
        return switch (signal) {
            case TRACES ->
                ExportTraceServiceResponse.newBuilder()
                        .setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                                .setRejectedSpans(rejected)
                                .setErrorMessage(message))
                        .build()
                        .toByteArray();
            case LOGS ->
                ExportLogsServiceResponse.newBuilder()
                        .setPartialSuccess(ExportLogsPartialSuccess.newBuilder()
                                .setRejectedLogRecords(rejected)
                                .setErrorMessage(message))
                        .build()
                        .toByteArray();
        };
    }

    private static Map<String, String> headers(MultiMap headers) {
        Map<String, String> byName = new TreeMap<>();
        headers.forEach(header -> byName.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return byName;
    }

    @SuppressWarnings("unchecked")
    private static <M extends MessageLite> M parse(M prototype, byte[] payload) {
        try {
            return (M) prototype.getParserForType().parseFrom(payload);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("a request is not OTLP", e);
        }
    }
}
