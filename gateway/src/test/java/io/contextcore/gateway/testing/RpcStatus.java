package io.contextcore.gateway.testing;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.vertx.grpc.common.GrpcStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Base64;

/** The details of a gRPC status, written by hand. */
final class RpcStatus {

    private RpcStatus() {}

    /** A google.rpc.Status with one google.rpc.RetryInfo, base64 without padding, as gRPC servers send it. */
    static String details(GrpcStatus status, Duration delay) {
        com.google.protobuf.Duration retryDelay = com.google.protobuf.Duration.newBuilder()
                .setSeconds(delay.getSeconds())
                .setNanos(delay.getNano())
                .build();
        Any detail = Any.newBuilder()
                .setTypeUrl("type.googleapis.com/google.rpc.RetryInfo")
                .setValue(ByteString.copyFrom(write(output -> output.writeMessage(1, retryDelay))))
                .build();
        byte[] bytes = write(output -> {
            output.writeInt32(1, status.code);
            output.writeString(2, "scripted");
            output.writeMessage(3, detail);
        });
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    @FunctionalInterface
    private interface Writing {
        void to(CodedOutputStream output) throws IOException;
    }

    private static byte[] write(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream output = CodedOutputStream.newInstance(bytes);
            writing.to(output);
            output.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
