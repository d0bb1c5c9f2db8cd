package io.contextcore.gateway.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signed bodies of a given size: changes of many issues, each a change of its own, with text that does not compress well. */
final class Bodies {

    /**
     * @param signature value of the signature header
     */
    record Signed(byte[] body, String signature) {}

    /**
     * A body but for its end, so that each that is sent is a body of its own and yet costs no signature of the whole.
     *
     * @param signedSoFar after the head; never used itself
     */
    record Unsent(byte[] head, Mac signedSoFar) {

        Signed as(String delivery) {
            byte[] end = (",\"delivery\":\"" + delivery + "\"}").getBytes(StandardCharsets.UTF_8);
            byte[] body = Arrays.copyOf(head, head.length + end.length);
            System.arraycopy(end, 0, body, head.length, end.length);
            try {
                Mac mac = (Mac) signedSoFar.clone();
                return new Signed(body, "sha256=" + HexFormat.of().formatHex(mac.doFinal(end)));
            } catch (CloneNotSupportedException e) {
                throw new AssertionError("this platform's HmacSHA256 cannot be cloned", e);
            }
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    /** About what {@link Unsent#as} adds. */
    private static final int END_BYTES = 30;

    private Bodies() {}

    static List<Unsent> make(Path fixture, int count, int issues, int bytes, String secret, long seed)
            throws IOException {
        ObjectNode template = template(fixture);
        Random random = new Random(seed);
        List<Unsent> bodies = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ObjectNode body = template.deepCopy();
            ObjectNode issue = (ObjectNode) body.get("issue");
            issue.put("number", i % issues + 1);
            issue.put("id", 5_600_000_000L + i % issues);
            issue.put("title", "Issue " + i % issues + ", version " + i / issues);
            issue.put("created_at", "2026-03-02T09:00:00Z");
            issue.put(
                    "updated_at",
                    Instant.parse("2026-03-02T09:00:00Z")
                            .plusSeconds(i / issues)
                            .toString());
            issue.put("body", "");
            int missing = bytes - JSON.writeValueAsBytes(body).length - END_BYTES;
            issue.put("body", text(random, Math.max(0, missing)));
            byte[] raw = JSON.writeValueAsBytes(body);
            byte[] head = Arrays.copyOf(raw, raw.length - 1);
            Mac mac = mac(secret);
            mac.update(head);
            bodies.add(new Unsent(head, mac));
        }
        return bodies;
    }

    private static ObjectNode template(Path fixture) throws IOException {
        for (String line : Files.readAllLines(fixture)) {
            JsonNode delivery = JSON.readTree(line);
            if (delivery.at("/body/action").asText("").equals("opened")) {
                return (ObjectNode) delivery.get("body");
            }
        }
        throw new IOException(fixture + " holds no opened issue");
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('!' + random.nextInt(90)));
        }
        return text.toString().replace('"', '\'').replace('\\', '/');
    }

    private static Mac mac(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has HmacSHA256", e);
        }
    }
}
