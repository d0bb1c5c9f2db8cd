package io.contextcore.gateway.export;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.export.OtlpSettings.Target;
import io.contextcore.gateway.model.TelemetrySignal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** OTLP/HTTP with protobuf bodies. */
final class HttpSender implements Sender {

    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";

    /** OTLP's bound for a response; a longer one breaks the call. */
    private static final int MAX_RESPONSE_BYTES = 4 * 1024 * 1024;

    private static final int MAX_DETAIL_CHARS = 500;

    private final HttpClient client;
    private final Target target;
    private final String userAgent;
    private final Clock clock;

    HttpSender(Vertx vertx, Target target, String userAgent, Clock clock) {
        this.client = vertx.createHttpClient(Transport.options(target));
        this.target = target;
        this.userAgent = userAgent;
        this.clock = clock;
    }

    @Override
    public Future<SendResult> send(TelemetrySignal signal, byte[] payload, Map<String, Secret> headers) {
        return client.request(HttpMethod.POST, path())
                .compose(request -> call(request, signal, payload, headers))
                .otherwise(RetryTable::noAnswer);
    }

    private String path() {
        String query = target.endpoint().getRawQuery();
        return query == null
                ? target.endpoint().getRawPath()
                : target.endpoint().getRawPath() + "?" + query;
    }

    private Future<SendResult> call(
            HttpClientRequest request, TelemetrySignal signal, byte[] payload, Map<String, Secret> headers) {
        Transport.headers(target, userAgent, headers, request::putHeader);
        request.putHeader("content-type", PROTOBUF);
        if (target.gzip()) {
            request.putHeader("content-encoding", "gzip");
        }
        return request.send(Buffer.buffer(target.gzip() ? gzip(payload) : payload))
                .compose(response -> result(response, signal))
                .timeout(Transport.timeoutMillis(target), TimeUnit.MILLISECONDS)
                .onFailure(failure -> request.reset());
    }

    private Future<SendResult> result(HttpClientResponse response, TelemetrySignal signal) {
        Buffer body = Buffer.buffer();
        response.handler(part -> {
            if (body.length() + part.length() > MAX_RESPONSE_BYTES) {
                response.request().reset();
            } else {
                body.appendBuffer(part);
            }
        });
        return response.end().map(ended -> {
            int status = response.statusCode();
            if (status / 100 == 2) {
                return accepted(response, signal, body);
            }
            return RetryTable.http(
                    status, detail(response, body), response.getHeader("retry-after"), clock.epochNanos());
        });
    }

    /**
     * OTLP's success has a protobuf message, or an empty one, which is no bytes at all. JSON is another encoding of it, which
     * is not looked into. Any other body is of somebody who does not speak OTLP.
     */
    private static SendResult accepted(HttpClientResponse response, TelemetrySignal signal, Buffer body) {
        String type = mediaType(response);
        if (body.length() > 0 && !type.isEmpty() && !type.equals(PROTOBUF) && !type.equals(JSON)) {
            return RetryTable.notOtlp("success with a body of " + type + " (expected " + PROTOBUF + ")");
        }
        return RetryTable.accepted(signal, type.equals(PROTOBUF) ? body.getBytes() : new byte[0]);
    }

    /** It may have parameters, and any case; empty if there is none. */
    private static String mediaType(HttpClientResponse response) {
        String type = response.getHeader("content-type");
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static String detail(HttpClientResponse response, Buffer body) {
        String text = mediaType(response).equals(PROTOBUF) ? "" : body.toString();
        String detail = (response.statusMessage() + " " + text).strip();
        return detail.substring(0, Math.min(detail.length(), MAX_DETAIL_CHARS));
    }

    private static byte[] gzip(byte[] payload) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(payload.length / 4 + 64);
        try (GZIPOutputStream output = new GZIPOutputStream(packed)) {
            output.write(payload);
        } catch (IOException e) {
            throw new UncheckedIOException("a ByteArrayOutputStream does not fail", e);
        }
        return packed.toByteArray();
    }

    @Override
    public Future<Void> close() {
        return client.close();
    }
}
