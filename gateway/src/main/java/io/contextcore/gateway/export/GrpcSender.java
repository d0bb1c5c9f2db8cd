package io.contextcore.gateway.export;

import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.export.OtlpSettings.Target;
import io.contextcore.gateway.model.TelemetrySignal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceName;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** OTLP/gRPC: one HTTP/2 connection, one unary call for each request. The bytes go as they are, never decoded here. */
final class GrpcSender implements Sender {

    private static final String METHOD = "Export";

    /** OTLP's bound for a response; Vert.x' own default is 256 KiB. */
    private static final long MAX_RESPONSE_BYTES = 4L * 1024 * 1024;

    private final GrpcClient client;
    private final Target target;
    private final String userAgent;

    GrpcSender(Vertx vertx, Target target, String userAgent) {
        // Without TLS, gRPC speaks HTTP/2 from the first byte; grpc-go closes a connection that asks for an upgrade.
        HttpClientOptions transport = Transport.options(target)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setUseAlpn(target.tls())
                .setHttp2ClearTextUpgrade(false);
        this.client =
                GrpcClient.client(vertx, new GrpcClientOptions().setMaxMessageSize(MAX_RESPONSE_BYTES), transport);
        this.target = target;
        this.userAgent = userAgent;
    }

    @Override
    public Future<SendResult> send(TelemetrySignal signal, byte[] payload, Map<String, Secret> headers) {
        return client.request()
                .compose(request -> call(request, signal, payload, headers))
                .otherwise(RetryTable::noAnswer);
    }

    /** The deadline travels in the call's header, and holds here where the receiver does not keep it. */
    private Future<SendResult> call(
            GrpcClientRequest<Buffer, Buffer> request,
            TelemetrySignal signal,
            byte[] payload,
            Map<String, Secret> headers) {
        request.serviceName(service(signal)).methodName(METHOD);
        request.timeout(Transport.timeoutMillis(target), TimeUnit.MILLISECONDS);
        if (target.gzip()) {
            request.encoding("gzip");
        }
        Transport.headers(target, userAgent, headers, request.headers()::set);
        return request.send(Buffer.buffer(payload))
                .compose(response -> result(response, signal))
                .timeout(Transport.timeoutMillis(target), TimeUnit.MILLISECONDS)
                .onFailure(failure -> {
                    if (failure instanceof TimeoutException) {
                        request.cancel();
                    }
                });
    }

    /** A status other than OK may come in the head alone, so its details are looked for in both places. */
    private static Future<SendResult> result(GrpcClientResponse<Buffer, Buffer> response, TelemetrySignal signal) {
        Buffer body = Buffer.buffer();
        response.handler(body::appendBuffer);
        return response.end().transform(ended -> {
            GrpcStatus status = response.status();
            if (status == null) {
                return Future.failedFuture(
                        ended.failed() ? ended.cause() : new IllegalStateException("the call ended without a status"));
            }
            if (status == GrpcStatus.OK) {
                return Future.succeededFuture(RetryTable.accepted(signal, body.getBytes()));
            }
            String details = response.trailers().contains(RetryInfo.HEADER)
                    ? response.trailers().get(RetryInfo.HEADER)
                    : response.headers().get(RetryInfo.HEADER);
            String message = response.statusMessage();
            return Future.succeededFuture(
                    RetryTable.grpc(status, message == null ? "" : message, RetryInfo.delayNanos(details)));
        });
    }

    private static ServiceName service(TelemetrySignal signal) {
        return ServiceName.create(
                switch (signal) {
                    case TRACES -> "opentelemetry.proto.collector.trace.v1.TraceService";
                    case LOGS -> "opentelemetry.proto.collector.logs.v1.LogsService";
                });
    }

    @Override
    public Future<Void> close() {
        return client.close();
    }
}
