package io.contextcore.gateway.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A certificate for {@code localhost}, made for one test by the Java runtime's own keytool, so that none in the repository
 * can expire. It vouches for itself.
 *
 * @param store PKCS #12 with the key
 * @param pem the certificate, to be trusted
 * @param key its key, PKCS #8 in PEM
 */
public record Certificate(Path store, Path pem, Path key) {

    public static final String PASSWORD = "changeit";
    private static final String ALIAS = "test";

    public static Certificate make(Path folder) throws IOException, InterruptedException {
        return make(folder, "localhost");
    }

    /** For another host. */
    public static Certificate make(Path folder, String host) throws IOException, InterruptedException {
        return make(folder, host, "EC");
    }

    /** With a key of another kind. */
    public static Certificate make(Path folder, String host, String algorithm)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Certificate made = new Certificate(
                folder.resolve("key.p12"), folder.resolve("certificate.pem"), folder.resolve("key.pem"));
        keytool(made.store(), "-genkeypair", "-keyalg", algorithm, "-dname", "CN=" + host, "-ext", "san=dns:" + host);
        try {
            KeyStore keys = made.keys();
            Files.writeString(
                    made.pem(), pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()));
            Files.writeString(
                    made.key(),
                    pem(
                            "PRIVATE KEY",
                            keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        return made;
    }

    /** For a client that trusts this certificate and no other. */
    public SSLContext trusted() {
        return trusted(null);
    }

    /** @param own what the client shows; null: nothing */
    public SSLContext trusted(@Nullable Certificate own) {
        try {
            KeyStore trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            trust.setCertificateEntry(ALIAS, keys().getCertificate(ALIAS));
            TrustManagerFactory trusting = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusting.init(trust);
            KeyManagerFactory showing = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            showing.init(own == null ? null : own.keys(), PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own == null ? null : showing.getKeyManagers(), trusting.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private KeyStore keys() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static String pem(String what, byte[] content) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + what
                + "-----\n";
    }

    /**
     * For {@code localhost}, expired yesterday, from an authority that is good: its {@link #pem} is the authority's.
     */
    public static Certificate makeExpired(Path folder) throws IOException, InterruptedException {
        Certificate expired = make(folder.resolve("expired"));
        Path authority = folder.resolve("authority.p12");
        Path trusted = folder.resolve("authority.pem");
        Path request = folder.resolve("request.csr");
        Path reply = folder.resolve("reply.pem");
        keytool(authority, "-genkeypair", "-keyalg", "EC", "-dname", "CN=authority", "-ext", "bc:c");
        keytool(authority, "-exportcert", "-rfc", "-file", trusted.toString());
        keytool(expired.store(), "-certreq", "-file", request.toString());
        keytool(
                authority,
                "-gencert",
                "-rfc",
                "-startdate",
                "-11d",
                "-validity",
                "10",
                "-ext",
                "san=dns:localhost",
                "-infile",
                request.toString(),
                "-outfile",
                reply.toString());
        Files.writeString(reply, Files.readString(reply) + Files.readString(trusted));
        keytool(expired.store(), "-importcert", "-noprompt", "-file", reply.toString());
        return new Certificate(expired.store(), trusted, expired.key());
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-alias", ALIAS, "-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Path output = Files.createTempFile(store.getParent(), "keytool", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new AssertionError(Files.readString(output, StandardCharsets.UTF_8));
        }
    }
}
