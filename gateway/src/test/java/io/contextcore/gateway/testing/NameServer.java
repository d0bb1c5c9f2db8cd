package io.contextcore.gateway.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Answers questions for IPv4 addresses (RFC 1035) as a test says; names that it was not told of do not exist. */
public final class NameServer implements AutoCloseable {

    private static final int HEADER_BYTES = 12;
    private static final short FOUND = (short) 0x8180;
    private static final short NO_SUCH_NAME = (short) 0x8183;
    private static final short ADDRESS = 1;

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, List<String>> names = new ConcurrentHashMap<>();
    private final DatagramSocket socket;

    private NameServer() {
        socket = vertx.createDatagramSocket(new DatagramSocketOptions()).handler(this::answer);
        Wait.until(socket.listen(0, "127.0.0.1"));
    }

    public static NameServer start() {
        return new NameServer();
    }

    /** {@code 127.0.0.1:port}. */
    public String address() {
        return "127.0.0.1:" + socket.localAddress().port();
    }

    /** From now on the name has these addresses, in this order. */
    public void put(String name, String... addresses) {
        names.put(name, List.of(addresses));
    }

    @Override
    public void close() {
        Wait.until(vertx.close());
    }

    private void answer(DatagramPacket packet) {
        Buffer question = packet.data();
        StringBuilder name = new StringBuilder();
        int at = HEADER_BYTES;
        while (question.getByte(at) != 0) {
            int length = question.getByte(at);
            name.append(name.isEmpty() ? "" : ".")
                    .append(question.getString(at + 1, at + 1 + length, StandardCharsets.US_ASCII.name()));
            at += 1 + length;
        }
        int end = at + 5;
        List<String> known = names.getOrDefault(name.toString(), List.of());
        List<String> found = question.getShort(at + 1) == ADDRESS ? known : List.of();
        Buffer reply = Buffer.buffer()
                .appendBytes(question.getBytes(0, 2))
                .appendShort(known.isEmpty() ? NO_SUCH_NAME : FOUND)
                .appendShort((short) 1)
                .appendShort((short) found.size())
                .appendInt(0)
                .appendBytes(question.getBytes(HEADER_BYTES, end));
        found.forEach(address -> append(reply, address));
        socket.send(reply, packet.sender().port(), packet.sender().host());
    }

    /** The name of the question, an address of the internet, good for no time, four bytes. */
    private static void append(Buffer reply, String address) {
        reply.appendShort((short) 0xC00C)
                .appendShort(ADDRESS)
                .appendShort((short) 1)
                .appendInt(0)
                .appendShort((short) 4);
        for (String part : address.split("\\.")) {
            reply.appendByte((byte) Integer.parseInt(part));
        }
    }
}
