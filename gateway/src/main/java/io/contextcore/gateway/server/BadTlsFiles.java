package io.contextcore.gateway.server;

/** Files of TLS cannot be used. The message names the file and holds nothing of its content. */
public final class BadTlsFiles extends Exception {

    private static final long serialVersionUID = 1L;

    BadTlsFiles(String message) {
        super(message, null, false, false);
    }
}
