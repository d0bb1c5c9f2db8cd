package io.contextcore.gateway.server;

/** A server could not take its port. The message names {@code host:port}; who knows the settings can name the one to change. */
public final class CannotListen extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String host;
    private final int port;

    CannotListen(String host, int port, Throwable cause) {
        super("cannot listen on " + host + ":" + port + ": " + cause.getMessage(), cause);
        this.host = host;
        this.port = port;
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }
}
