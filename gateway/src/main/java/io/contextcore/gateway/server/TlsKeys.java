package io.contextcore.gateway.server;

import io.contextcore.gateway.base.Hashing;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * What was in files of TLS when they were read, and found to fit: the certificate can be read, and the key is the
 * certificate's. Without that check the first handshake would tell.
 */
public final class TlsKeys {

    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");
    private static final List<String> KEY_TYPES = List.of("EC", "RSA", "EdDSA");
    private static final byte[] PROBE = {1, 2, 3};

    private final ServerSSLOptions options;
    private final String hash;
    private final long expiresMillis;

    private TlsKeys(ServerSSLOptions options, String hash, long expiresMillis) {
        this.options = options;
        this.hash = hash;
        this.expiresMillis = expiresMillis;
    }

    /** @throws BadTlsFiles if they cannot be used */
    public static TlsKeys read(Vertx vertx, TlsFiles files) throws BadTlsFiles {
        byte[] certificate = bytes(files.certificate());
        byte[] key = bytes(files.key());
        byte[] clientCa = files.clientCa() == null ? new byte[0] : bytes(files.clientCa());
        X509Certificate first = certificates(certificate, files.certificate()).get(0);
        PemKeyCertOptions pair =
                new PemKeyCertOptions().setCertValue(Buffer.buffer(certificate)).setKeyValue(Buffer.buffer(key));
        requireFit(privateKey(vertx, pair, files), first.getPublicKey(), files);
        ServerSSLOptions options = new ServerSSLOptions()
                .setKeyCertOptions(pair)
                .setEnabledSecureTransportProtocols(new LinkedHashSet<>(PROTOCOLS));
        if (files.clientCa() != null) {
            certificates(clientCa, files.clientCa());
            options.setClientAuth(ClientAuth.REQUIRED)
                    .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(clientCa)));
        }
        return new TlsKeys(
                options,
                hash(certificate, key, clientCa),
                first.getNotAfter().toInstant().toEpochMilli());
    }

    /**
     * Reads a file of authorities, as one that is told whom to trust does.
     *
     * @throws BadTlsFiles if it cannot be used
     */
    public static void requireAuthorities(Path file) throws BadTlsFiles {
        certificates(bytes(file), file);
    }

    /** Whether the same was read. */
    public boolean isSameAs(TlsKeys other) {
        return hash.equals(other.hash);
    }

    /** Since the epoch. */
    public long expiresMillis() {
        return expiresMillis;
    }

    ServerSSLOptions options() {
        return options.copy();
    }

    private static byte[] bytes(Path file) throws BadTlsFiles {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new BadTlsFiles(file + " cannot be read (expected: a readable PEM file)");
        }
    }

    private static List<X509Certificate> certificates(byte[] pem, Path file) throws BadTlsFiles {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem))
                    .forEach(certificate -> certificates.add((X509Certificate) certificate));
        } catch (GeneralSecurityException e) {
            certificates.clear();
        }
        if (certificates.isEmpty()) {
            throw new BadTlsFiles(file + " holds no certificate (expected: X.509 in PEM)");
        }
        return certificates;
    }

    private static PrivateKey privateKey(Vertx vertx, PemKeyCertOptions pair, TlsFiles files) throws BadTlsFiles {
        PrivateKey found = null;
        try {
            for (KeyManager manager : pair.getKeyManagerFactory(vertx).getKeyManagers()) {
                found = found == null && manager instanceof X509KeyManager keys ? privateKey(keys) : found;
            }
        } catch (Exception e) { // declared so; what a parser says of a key stays here
            found = null;
        }
        if (found == null) {
            throw new BadTlsFiles(files.key()
                    + " holds no key that can be used (expected: the certificate's, PKCS #8 or PKCS #1 in PEM, not"
                    + " encrypted)");
        }
        return found;
    }

    private static @Nullable PrivateKey privateKey(X509KeyManager keys) {
        return KEY_TYPES.stream()
                .flatMap(type -> Stream.ofNullable(keys.getServerAliases(type, null)))
                .flatMap(Stream::of)
                .map(keys::getPrivateKey)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static void requireFit(PrivateKey key, PublicKey certified, TlsFiles files) throws BadTlsFiles {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(PROBE);
            byte[] signature = signing.sign();
            signing.initVerify(certified);
            signing.update(PROBE);
            if (signing.verify(signature)) {
                return;
            }
        } catch (GeneralSecurityException e) {
            // Of another kind than the certificate's: told below.
        }
        throw new BadTlsFiles(files.key() + " is not the key of the certificate in " + files.certificate());
    }

    private static String hash(byte[]... files) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] file : files) {
            all.writeBytes(Hashing.sha256(file));
        }
        return HexFormat.of().formatHex(Hashing.sha256(all.toByteArray()));
    }
}
