package io.contextcore.gateway.server;

import java.time.Duration;

/**
 * Where and how patiently a server listens.
 *
 * @param host name or address to bind
 * @param port 0: any free one, on one event loop; below 0: any free one, which servers of one Vert.x with the same number
 *     share
 * @param eventLoops how many event loops share the port
 * @param requestTimeout longest time for a body to come in
 * @param idleTimeout a connection on which nothing happens for so long is closed; whole seconds
 * @param headTimeout longest time from a connection's start to the end of its first request's head; the next one's may take
 *     {@code idleTimeout} from the answer on
 * @param connections most connections at once, of all event loops together
 * @param shutdownTimeout longest wait for requests under way when the server stops
 */
public record Listen(
        String host,
        int port,
        int eventLoops,
        Duration requestTimeout,
        Duration idleTimeout,
        Duration headTimeout,
        int connections,
        Duration shutdownTimeout) {

    private static final int CONNECTIONS = 10_000;

    /** 30 s for a body (senders give up after 10 to 20), 60 s of silence, 10 s for a head, 10 s to finish. */
    public static Listen on(String host, int port, int eventLoops) {
        return new Listen(
                host,
                port,
                eventLoops,
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                CONNECTIONS,
                Duration.ofSeconds(10));
    }
}
