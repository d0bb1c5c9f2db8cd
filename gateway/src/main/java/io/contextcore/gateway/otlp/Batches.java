package io.contextcore.gateway.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import io.contextcore.gateway.model.OutboxEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts export requests together. Traces and logs have the same shape on the wire (a request repeats field 1: a resource as
 * field 1 and scopes as field 2; a scope repeats its items as field 2), so one code serves both, without decoding an item.
 */
public final class Batches {

    private static final int FIRST = 1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int SECOND = 2 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

    private Batches() {}

    /** The first entries that stay within both bounds together; at least one, if there is any. */
    public static List<OutboxEntry> fitting(List<OutboxEntry> entries, int maxItems, long maxBytes) {
        long items = 0;
        long bytes = 0;
        int count = 0;
        for (OutboxEntry entry : entries) {
            items += entry.items();
            bytes += entry.payload().length;
            if (count > 0 && (items > maxItems || bytes > maxBytes)) {
                break;
            }
            count++;
        }
        return entries.subList(0, count);
    }

    /**
     * One request with all items, in order. Neighbours of the same resource and scope share them; a request of another shape
     * than {@link OtlpEncoder}'s is appended as it is, which protobuf defines as merging. The bytes of an item do not change.
     */
    public static byte[] merge(List<byte[]> requests) {
        if (requests.size() == 1) {
            return requests.get(0);
        }
        List<ByteString> merged = new ArrayList<>();
        List<ByteString> items = new ArrayList<>();
        Parts head = null;
        for (byte[] request : requests) {
            Parts parts = split(request);
            if (head != null && (parts == null || !head.sameHead(parts))) {
                merged.add(head.join(items));
                items.clear();
                head = null;
            }
            if (parts == null) {
                merged.add(UnsafeByteOperations.unsafeWrap(request));
            } else {
                head = head == null ? parts : head;
                items.add(parts.items());
            }
        }
        if (head != null) {
            merged.add(head.join(items));
        }
        return ByteString.copyFrom(merged).toByteArray();
    }

    /**
     * A request that holds some of another one's items.
     *
     * @param items how many
     */
    public record Piece(byte[] payload, int items) {}

    /** The first and the second half of a request's items, in order; empty where it has fewer than two, or another shape. */
    public static List<Piece> halves(byte[] request) {
        Parts parts = split(request);
        if (parts == null) {
            return List.of();
        }
        List<Integer> ends = ends(parts.items());
        if (ends.size() < 2) {
            return List.of();
        }
        int first = ends.size() / 2;
        ByteString items = parts.items();
        int cut = ends.get(first - 1);
        return List.of(
                new Piece(parts.join(List.of(items.substring(0, cut))).toByteArray(), first),
                new Piece(parts.join(List.of(items.substring(cut))).toByteArray(), ends.size() - first));
    }

    /** Where each item ends. */
    private static List<Integer> ends(ByteString items) {
        List<Integer> ends = new ArrayList<>();
        CodedInputStream input = aliased(items);
        try {
            for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
                input.skipField(tag);
                ends.add(input.getTotalBytesRead());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("split() has read them", e);
        }
        return ends;
    }

    /**
     * A request of one resource and one scope.
     *
     * @param resource the resource's bytes
     * @param scope the scope's bytes
     * @param items the items with their tags and lengths
     */
    private record Parts(ByteString resource, ByteString scope, ByteString items) {

        boolean sameHead(Parts other) {
            return resource.equals(other.resource) && scope.equals(other.scope);
        }

        /** A request under this head. */
        ByteString join(List<ByteString> all) {
            ByteString scoped = field(1, scope).concat(ByteString.copyFrom(all));
            return field(1, field(1, resource).concat(field(2, scoped)));
        }
    }

    /** Null where the request is anything but one resource, one scope and items. */
    private static @Nullable Parts split(byte[] request) {
        try {
            CodedInputStream top = aliased(UnsafeByteOperations.unsafeWrap(request));
            CodedInputStream group = aliased(next(top, FIRST));
            ByteString resource = next(group, FIRST);
            ByteString scoped = next(group, SECOND);
            CodedInputStream inner = aliased(scoped);
            ByteString scope = next(inner, FIRST);
            ByteString items = scoped.substring(inner.getTotalBytesRead());
            return top.isAtEnd() && group.isAtEnd() && onlyItems(inner) ? new Parts(resource, scope, items) : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static CodedInputStream aliased(ByteString bytes) {
        CodedInputStream input = bytes.newCodedInput();
        input.enableAliasing(true);
        return input;
    }

    private static ByteString next(CodedInputStream input, int tag) throws IOException {
        if (input.readTag() != tag) {
            throw new InvalidProtocolBufferException("another field");
        }
        return input.readBytes();
    }

    private static boolean onlyItems(CodedInputStream scoped) throws IOException {
        for (int tag = scoped.readTag(); tag != 0; tag = scoped.readTag()) {
            if (tag != SECOND || !scoped.skipField(tag)) {
                return false;
            }
        }
        return true;
    }

    private static ByteString field(int number, ByteString content) {
        ByteArrayOutputStream head = new ByteArrayOutputStream(16);
        try {
            CodedOutputStream output = CodedOutputStream.newInstance(head);
            output.writeTag(number, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            output.writeUInt32NoTag(content.size());
            output.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a ByteArrayOutputStream does not fail", e);
        }
        return ByteString.copyFrom(head.toByteArray()).concat(content);
    }
}
