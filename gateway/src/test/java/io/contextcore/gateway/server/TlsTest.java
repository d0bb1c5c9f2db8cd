package io.contextcore.gateway.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.testing.Certificate;
import io.contextcore.gateway.testing.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The intake over TLS. */
@Timeout(120)
class TlsTest {

    private static final String REQUEST = "POST /webhooks/forge HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}";
    private static final Duration LONG = Duration.ofSeconds(50);

    @TempDir
    private static Path folder;

    private static Certificate ours;
    private static Certificate next;
    private static Certificate rsa;

    private final Vertx vertx = Vertx.vertx();
    private final Intake intake = new Intake();

    @BeforeAll
    static void make() throws Exception {
        ours = Certificate.make(folder.resolve("ours"));
        next = Certificate.make(folder.resolve("next"));
        rsa = Certificate.make(folder.resolve("rsa"), "localhost", "RSA");
    }

    @AfterEach
    void stop() throws Exception {
        intake.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void webhooksComeOverPresentTls(String protocol) throws Exception {
        IntakeServer server = intake.started(listen(LONG), keys(ours, null));
        try (SSLSocket socket = connect(server, ours.trusted(), protocol)) {
            assertTrue(answer(socket).startsWith("HTTP/1.1 202"));
            assertEquals(protocol, socket.getSession().getProtocol());
        }
        assertEquals(1, intake.receiver.received.size());
    }

    @Test
    void aKeyOfAnotherKindServesToo() throws Exception {
        IntakeServer server = intake.started(listen(LONG), keys(rsa, null));
        try (SSLSocket socket = connect(server, rsa.trusted(), "TLSv1.3")) {
            assertTrue(answer(socket).startsWith("HTTP/1.1 202"));
        }
    }

    /** A client hello of TLS 1.1, written by hand because Java offers none any more: alert 70, protocol_version. */
    @Test
    @Promise("tls-or-nothing")
    void olderTlsIsRefused() throws Exception {
        IntakeServer server = intake.started(listen(LONG), keys(ours, null));
        byte[] hello = HexFormat.of()
                .parseHex("160301" + "0033" + "01" + "00002f" + "0302" + "ab".repeat(32) + "00" + "0008" + "c00ac009"
                        + "0035002f" + "0100");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(hello);
            byte[] alert = socket.getInputStream().readNBytes(7);
            assertEquals(0x15, alert[0], "an alert: " + HexFormat.of().formatHex(alert));
            assertArrayEquals(new byte[] {2, 70}, new byte[] {alert[5], alert[6]}, "fatal, protocol_version");
        }
        assertTrue(intake.receiver.received.isEmpty());
    }

    @Test
    @Promise("tls-or-nothing")
    void nothingComesInTheClear() throws Exception {
        IntakeServer server = intake.started(listen(LONG), keys(ours, null));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(REQUEST.getBytes(ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            assertFalse(answer.contains("HTTP"), answer);
        }
        assertTrue(intake.receiver.received.isEmpty());
    }

    @Test
    void whoDoesNotFinishTheHandshakeIsNotWaitedFor() throws Exception {
        IntakeServer server = intake.started(listen(Duration.ofMillis(300)), keys(ours, null));
        try (Wire wire = new Wire(server.port(), 60_000)) {
            wire.send(new byte[] {0x16, 3, 1, 0, 0x50, 1});
            assertTrue(wire.closes());
        }
    }

    @Test
    @Promise("certificates-renew")
    void anotherCertificateHoldsForNewConnectionsAndOldOnesStay() throws Exception {
        IntakeServer server = intake.started(listen(LONG), keys(ours, null));
        int port = server.port();
        try (SSLSocket before = connect(server, ours.trusted(), "TLSv1.3")) {
            assertTrue(answer(before).startsWith("HTTP/1.1 202"));
            server.renew(keys(next, null))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
            assertTrue(answer(before).startsWith("HTTP/1.1 202"), "the connection stays");
            assertEquals(port, server.port());
            try (SSLSocket after = connect(server, next.trusted(), "TLSv1.3")) {
                assertTrue(answer(after).startsWith("HTTP/1.1 202"));
                assertNotEquals(
                        before.getSession().getPeerCertificates()[0],
                        after.getSession().getPeerCertificates()[0]);
            }
        }
        assertThrows(IOException.class, () -> connect(server, ours.trusted(), "TLSv1.3"), "the former is gone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    @Promise("mutual-tls")
    void whereAuthoritiesAreNamedOnlyTheirSendersGetIn(String protocol) throws Exception {
        IntakeServer server = intake.started(listen(LONG), keys(ours, next.pem()));
        try (SSLSocket known = connect(server, ours.trusted(next), protocol)) {
            assertTrue(answer(known).startsWith("HTTP/1.1 202"));
        }
        assertThrows(IOException.class, () -> answer(connect(server, ours.trusted(), protocol)), "nothing shown");
        assertThrows(IOException.class, () -> answer(connect(server, ours.trusted(rsa), protocol)), "a stranger's");
        assertEquals(1, intake.receiver.received.size());
    }

    @Test
    void filesThatCannotBeUsedAreRefusedBeforeTheyAreUsed() throws Exception {
        Path text = Files.writeString(folder.resolve("text.pem"), "no PEM at all");
        Path none = folder.resolve("none.pem");
        Path half = Files.writeString(
                folder.resolve("half.pem"), Files.readString(ours.key()).substring(0, 60));
        assertEquals(none + " cannot be read (expected: a readable PEM file)", refused(none, ours.key(), null));
        assertEquals(text + " holds no certificate (expected: X.509 in PEM)", refused(text, ours.key(), null));
        assertEquals(
                ours.key() + " holds no certificate (expected: X.509 in PEM)", refused(ours.key(), ours.key(), null));
        for (Path key : new Path[] {text, half, ours.pem(), rsa.key()}) {
            assertEquals(
                    key
                            + " holds no key that can be used (expected: the certificate's, PKCS #8 or PKCS #1 in PEM, not encrypted)",
                    refused(ours.pem(), key, null));
        }
        assertEquals(
                next.key() + " is not the key of the certificate in " + ours.pem(),
                refused(ours.pem(), next.key(), null));
        assertEquals(text + " holds no certificate (expected: X.509 in PEM)", refused(ours.pem(), ours.key(), text));
    }

    private String refused(Path certificate, Path key, @Nullable Path clientCa) {
        TlsFiles files = new TlsFiles(certificate, key, clientCa);
        return String.valueOf(assertThrows(BadTlsFiles.class, () -> TlsKeys.read(vertx, files))
                .getMessage());
    }

    private TlsKeys keys(Certificate certificate, @Nullable Path clientCa) throws BadTlsFiles {
        return TlsKeys.read(vertx, new TlsFiles(certificate.pem(), certificate.key(), clientCa));
    }

    private static Listen listen(Duration head) {
        return new Listen("127.0.0.1", 0, 1, LONG, LONG, head, 100, Duration.ofSeconds(1));
    }

    private static SSLSocket connect(IntakeServer server, SSLContext context, String protocol) throws IOException {
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(60_000);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.startHandshake();
        return socket;
    }

    /** To one request; a refusal of TLS 1.3's later part comes here too. */
    private static String answer(SSLSocket socket) throws IOException {
        socket.getOutputStream().write(REQUEST.getBytes(ISO_8859_1));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("}") < 0) {
            int one = in.read();
            if (one < 0) {
                throw new IOException("closed after: " + head);
            }
            head.append((char) one);
        }
        return head.toString();
    }
}
