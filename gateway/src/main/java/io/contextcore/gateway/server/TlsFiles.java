package io.contextcore.gateway.server;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The PEM files of TLS.
 *
 * @param certificate our certificate, followed by those that lead to its authority
 * @param key its key, not encrypted
 * @param clientCa authorities, one of which must vouch for the certificate that a sender shows; null: senders show none
 */
public record TlsFiles(Path certificate, Path key, @Nullable Path clientCa) {

    /** All of them. */
    public Set<Path> all() {
        Set<Path> all = new TreeSet<>(Set.of(certificate, key));
        if (clientCa != null) {
            all.add(clientCa);
        }
        return all;
    }
}
