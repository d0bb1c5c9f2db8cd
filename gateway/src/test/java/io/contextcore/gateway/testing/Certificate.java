package io.contextcore.gateway.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate for {@code localhost}, made for one test by the Java runtime's own keytool, so that none in the repository
 * can expire.
 *
 * @param store PKCS #12 with the key
 * @param pem the certificate, to be trusted
 */
public record Certificate(Path store, Path pem) {

    public static final String PASSWORD = "changeit";

    public static Certificate make(Path folder) throws IOException, InterruptedException {
        return make(folder, "localhost");
    }

    /** For another host. */
    public static Certificate make(Path folder, String host) throws IOException, InterruptedException {
        Certificate made = new Certificate(folder.resolve("key.p12"), folder.resolve("certificate.pem"));
        keytool(
                made,
                List.of(
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "test",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "san=dns:" + host));
        keytool(
                made,
                List.of(
                        "-exportcert",
                        "-rfc",
                        "-alias",
                        "test",
                        "-file",
                        made.pem().toString()));
        return made;
    }

    private static void keytool(Certificate certificate, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(
                List.of("-keystore", certificate.store().toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Path output = Files.createTempFile(certificate.store().getParent(), "keytool", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new AssertionError(Files.readString(output, StandardCharsets.UTF_8));
        }
    }
}
