package io.contextcore.gateway.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sends requests over a number of connections that stay open, the next one on each as soon as it has its answer: one thread, so
 * that it takes little of the processor that it shares with what it measures.
 */
final class Client {

    private static final int RESPONSE_BYTES = 64 * 1024;
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

    private final int port;
    private final int connections;
    private final double perSecond;

    /** @param perSecond requests that are begun in a second; infinite: as many as get answers */
    Client(int port, int connections, double perSecond) {
        this.port = port;
        this.connections = connections;
        this.perSecond = perSecond;
    }

    /**
     * What came of a run.
     *
     * @param good answers of 2xx
     * @param nanos how long each answer took, from the moment that its request was due
     * @param seconds from the first request to the last answer
     */
    record Result(int good, int other, long[] nanos, double seconds) {

        double perSecond() {
            return good / seconds;
        }

        /** In milliseconds. */
        double quantile(double quantile) {
            long[] sorted = nanos.clone();
            Arrays.sort(sorted);
            return sorted[(int) Math.min(sorted.length - 1, Math.round(quantile * sorted.length))] / 1e6;
        }
    }

    Result send(Traffic traffic, int from, int count) throws IOException {
        return new Run(traffic, from, count).run();
    }

    private static final class Connection {
        final SocketChannel channel;
        final ByteBuffer in = ByteBuffer.allocateDirect(RESPONSE_BYTES);
        final ByteBuffer out = ByteBuffer.allocateDirect(256 * 1024);
        int number = -1;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }
    }

    private final class Run {
        private final Traffic traffic;
        private final int from;
        private final int count;
        private final long[] due;
        private final long[] nanos;
        private final List<Connection> idle = new ArrayList<>();
        private final long start = System.nanoTime();
        private int next;
        private int good;
        private int other;

        Run(Traffic traffic, int from, int count) {
            this.traffic = traffic;
            this.from = from;
            this.count = count;
            this.due = new long[count];
            this.nanos = new long[count];
        }

        Result run() throws IOException {
            try (Selector selector = Selector.open()) {
                for (int i = 0; i < connections; i++) {
                    SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
                    channel.configureBlocking(false);
                    channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
                    Connection connection = new Connection(channel);
                    channel.register(selector, SelectionKey.OP_READ, connection);
                    idle.add(connection);
                }
                while (good + other < count) {
                    begin(selector);
                    selector.select(1);
                    for (SelectionKey key : selector.selectedKeys()) {
                        Connection connection = (Connection) key.attachment();
                        if (key.isWritable()) {
                            write(connection, key);
                        }
                        if (key.isReadable()) {
                            read(connection);
                        }
                    }
                    selector.selectedKeys().clear();
                }
                double seconds = (System.nanoTime() - start) / 1e9;
                for (SelectionKey key : selector.keys()) {
                    key.channel().close();
                }
                return new Result(good, other, nanos, seconds);
            }
        }

        private void begin(Selector selector) throws IOException {
            while (next < count && !idle.isEmpty()) {
                long now = System.nanoTime();
                long at = Double.isInfinite(perSecond) ? now : start + (long) (next * 1e9 / perSecond);
                if (at > now) {
                    return;
                }
                Connection connection = idle.remove(idle.size() - 1);
                due[next] = at;
                connection.number = next;
                connection.out.clear().put(traffic.request(from + next)).flip();
                next++;
                write(connection, connection.channel.keyFor(selector));
            }
        }

        private void write(Connection connection, SelectionKey key) throws IOException {
            connection.channel.write(connection.out);
            key.interestOps(
                    connection.out.hasRemaining()
                            ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
                            : SelectionKey.OP_READ);
        }

        private void read(Connection connection) throws IOException {
            if (connection.channel.read(connection.in) < 0) {
                throw new IOException("the other side closed a connection; the run is void");
            }
            int status = answer(connection.in);
            if (status == 0) {
                return;
            }
            connection.in.clear();
            nanos[connection.number] = System.nanoTime() - due[connection.number];
            if (status / 100 == 2) {
                good++;
            } else {
                other++;
            }
            idle.add(connection);
        }
    }

    /** @return the status once the whole answer is there, else 0 */
    private static int answer(ByteBuffer in) {
        int length = 0;
        for (int i = 0; i + 3 < in.position(); i++) {
            if (in.get(i) == '\r' && in.get(i + 2) == '\r') {
                boolean whole = in.position() >= i + 4 + length;
                return whole ? (in.get(9) - '0') * 100 + (in.get(10) - '0') * 10 + in.get(11) - '0' : 0;
            }
            if (in.get(i) == '\n' && isLength(in, i + 1)) {
                length = number(in, i + 1 + LENGTH.length);
            }
        }
        return 0;
    }

    private static boolean isLength(ByteBuffer in, int at) {
        for (int i = 0; i < LENGTH.length; i++) {
            if (at + i >= in.position() || Character.toLowerCase(in.get(at + i)) != LENGTH[i]) {
                return false;
            }
        }
        return true;
    }

    private static int number(ByteBuffer in, int at) {
        int number = 0;
        for (int i = at; i < in.position() && in.get(i) != '\r'; i++) {
            if (in.get(i) != ' ') {
                number = number * 10 + in.get(i) - '0';
            }
        }
        return number;
    }
}
