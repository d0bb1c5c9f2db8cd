package io.contextcore.gateway.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The n-th request of a run, whole, as it goes over the wire. For one thread. */
interface Traffic {

    /** Things that are told of side by side; each is told of again after so many others. */
    int SIDE_BY_SIDE = 64;

    ByteBuffer request(int number);

    /** Bytes of the body of a request, on the average. */
    int bodyBytes();

    /** Webhooks of these sources by turns, signed; each thing from its first word to its last. */
    static Traffic webhooks(
            List<Story> stories, int bytes, String secret, String run, int firstThing, boolean onlyFirstWord)
            throws IOException {
        List<Part> parts = new ArrayList<>();
        for (Story story : stories) {
            parts.add(new Part(story, story.chapters(bytes, new Random(1)), onlyFirstWord));
        }
        return new Webhooks(parts, mac(secret), secret, run, firstThing);
    }

    /** The same bodies, each as the body of a log record, to an OTLP/HTTP receiver. */
    static Traffic logRecords(List<Story> stories, int bytes) throws IOException {
        List<Part> parts = new ArrayList<>();
        for (Story story : stories) {
            List<Story.Chapter> chapters = story.chapters(bytes, new Random(1)).stream()
                    .map(chapter -> new Story.Chapter(chapter.event(), record(chapter.body())))
                    .toList();
            parts.add(new Part(story, chapters, false));
        }
        return new LogRecords(parts);
    }

    private static String record(String body) {
        return "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"1772438400000000000\",\"body\":"
                + "{\"stringValue\":\"" + body.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}}]}]}]}";
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

    /** One source's share. */
    final class Part {

        private static final int GROUP = 100;

        final Story story;
        private final List<Story.Chapter> chapters;
        private final List<Template> templates;
        private final int words;

        Part(Story story, List<Story.Chapter> chapters, boolean onlyFirstWord) {
            this.story = story;
            this.chapters = chapters;
            this.templates = chapters.stream()
                    .map(chapter -> Template.of(chapter.body()))
                    .toList();
            this.words = onlyFirstWord ? 1 : chapters.size();
        }

        private int word(int number) {
            return number % (SIDE_BY_SIDE * words) / SIDE_BY_SIDE;
        }

        private int thing(int number) {
            return number / (SIDE_BY_SIDE * words) * SIDE_BY_SIDE + number % SIDE_BY_SIDE;
        }

        String event(int number) {
            return chapters.get(word(number)).event();
        }

        byte[] body(int number, int firstThing) {
            int thing = firstThing + thing(number);
            return templates.get(word(number)).with(thing, thing / GROUP);
        }

        int bytes() {
            return (int) chapters.stream()
                    .mapToInt(chapter -> chapter.body().length())
                    .average()
                    .orElseThrow();
        }
    }

    /** Signed as each source does. */
    final class Webhooks implements Traffic {

        private final List<Part> parts;
        private final Mac mac;
        private final String secret;
        private final String run;
        private final int firstThing;

        private Webhooks(List<Part> parts, Mac mac, String secret, String run, int firstThing) {
            this.parts = parts;
            this.mac = mac;
            this.secret = secret;
            this.run = run;
            this.firstThing = firstThing;
        }

        @Override
        public ByteBuffer request(int number) {
            Part part = parts.get(number % parts.size());
            int own = number / parts.size();
            byte[] body = part.body(own, firstThing);
            return post("/webhooks/" + part.story.source(), headers(part, own, number, body), body);
        }

        private String headers(Part part, int own, int number, byte[] body) {
            return switch (part.story.source()) {
                case "github" ->
                    "X-GitHub-Event: " + part.event(own) + "\r\nX-GitHub-Delivery: " + run + number
                            + "\r\nX-Hub-Signature-256: sha256="
                            + HexFormat.of().formatHex(mac.doFinal(body)) + "\r\n";
                case "jira" ->
                    "X-Atlassian-Webhook-Identifier: " + run + number + "\r\nX-Hub-Signature: sha256="
                            + HexFormat.of().formatHex(mac.doFinal(body)) + "\r\n";
                default -> "Authorization: Bearer " + secret + "\r\n";
            };
        }

        @Override
        public int bodyBytes() {
            return average(parts);
        }
    }

    /** As an exporter would send them, one record to a request. */
    final class LogRecords implements Traffic {

        private final List<Part> parts;

        private LogRecords(List<Part> parts) {
            this.parts = parts;
        }

        @Override
        public ByteBuffer request(int number) {
            return post("/v1/logs", "", parts.get(number % parts.size()).body(number / parts.size(), 0));
        }

        @Override
        public int bodyBytes() {
            return average(parts);
        }
    }

    private static int average(List<Part> parts) {
        return (int) parts.stream().mapToInt(Part::bytes).average().orElseThrow();
    }

    private static ByteBuffer post(String path, String headers, byte[] body) {
        byte[] head = ("POST " + path
                        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length + "\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + body.length)
                .put(head)
                .put(body)
                .flip();
    }
}
