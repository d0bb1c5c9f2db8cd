package io.contextcore.gateway.export;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Duration;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The wait that a gRPC status asks for: {@code grpc-status-details-bin} holds a google.rpc.Status in base64, whose third
 * field lists details; one of them may be a google.rpc.RetryInfo, whose first field is the delay.
 *
 * @see <a href="https://google.aip.dev/193">Errors, and google/rpc/error_details.proto</a>
 */
final class RetryInfo {

    static final String HEADER = "grpc-status-details-bin";
    static final String TYPE = "type.googleapis.com/google.rpc.RetryInfo";

    private static final int DETAILS = 3 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int RETRY_DELAY = 1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final long MAX_SECONDS = 1_000_000_000L;

    private RetryInfo() {}

    /** Null where there is no RetryInfo, or nothing that can be read. */
    static @Nullable Long delayNanos(@Nullable String header) {
        if (header == null) {
            return null;
        }
        try {
            byte[] status = Base64.getDecoder().decode(header.strip());
            CodedInputStream input = CodedInputStream.newInstance(status);
            for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
                if (tag != DETAILS) {
                    input.skipField(tag);
                    continue;
                }
                Any detail = Any.parseFrom(input.readByteArray());
                if (detail.getTypeUrl().equals(TYPE)) {
                    return delayOf(detail.getValue());
                }
            }
            return null;
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    /** A RetryInfo without a delay says: at once. */
    private static long delayOf(ByteString retryInfo) throws IOException {
        CodedInputStream input = retryInfo.newCodedInput();
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            if (tag == RETRY_DELAY) {
                Duration delay = Duration.parseFrom(input.readByteArray());
                long seconds = Math.min(Math.max(0, delay.getSeconds()), MAX_SECONDS);
                return seconds * 1_000_000_000L + Math.max(0, delay.getNanos());
            }
            input.skipField(tag);
        }
        return 0;
    }
}
