package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.model.SourceKind;
import io.contextcore.gateway.model.SourceKind.Verification;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plays a sender: signs and posts. */
final class Courier {

    private final Surroundings surroundings;
    private final HttpCaller http;

    Courier(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.http = new HttpCaller("contextcore/" + surroundings.version());
    }

    /**
     * What is sent.
     *
     * @param delivery the delivery id; null: a new one
     */
    record Letter(
            SourceKind kind,
            SenderGuide guide,
            String event,
            byte[] body,
            @Nullable String delivery) {}

    /** The kind's example, with its placeholders filled. */
    Letter example(SenderGuide guide, SourceKind kind) {
        Path file = guide.example();
        if (file == null) {
            throw new UserError(
                    "kind '" + guide.kind() + "' has no example (expected: `send: {example: {file: …}}` in its file)");
        }
        try {
            Map<String, String> values =
                    Placeholders.ofRequest(guide.exampleEvent(), surroundings.clock(), surroundings.randomness());
            String text = Placeholders.fill(Files.readString(file), values);
            return new Letter(kind, guide, guide.exampleEvent(), text.getBytes(StandardCharsets.UTF_8), null);
        } catch (IOException e) {
            throw new UserError("cannot read the example " + file);
        }
    }

    /** @throws UserError if nobody answers, or the sender tells the event in a header and it is not given */
    HttpCaller.Answer post(Letter letter, URI url, Secret secret) {
        return http.post(url, headers(letter, url, secret), letter.body());
    }

    private Map<String, String> headers(Letter letter, URI url, Secret secret) {
        Map<String, String> values = new LinkedHashMap<>(
                Placeholders.ofRequest(letter.event(), surroundings.clock(), surroundings.randomness()));
        String delivery = letter.delivery();
        if (delivery != null) {
            values.put("uuid", delivery);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        letter.guide().headers().forEach((name, template) -> {
            if (letter.event().isEmpty() && Placeholders.uses(template, "event")) {
                throw new UserError("kind '" + letter.kind().name() + "' tells the event in the header " + name
                        + " (expected: --event NAME)");
            }
            headers.put(name, Placeholders.fill(template, values));
        });
        Verification verification = letter.kind().verifications().get(0);
        String target = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        long now = surroundings.clock().epochNanos();
        headers.put(verification.header(), Signature.value(verification, secret, headers, letter.body(), target, now));
        return headers;
    }
}
