package io.contextcore.gateway.app.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Speaks HTTP for the commands: one request at a time, with a deadline, without redirects. */
final class HttpCaller {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String userAgent;

    HttpCaller(String userAgent) {
        this.userAgent = userAgent;
    }

    /** What came back. */
    record Answer(int status, String text) {
        boolean isSuccess() {
            return status / 100 == 2;
        }
    }

    /** @throws UserError if nobody answers */
    Answer get(URI url) {
        return call(HttpRequest.newBuilder(url).GET(), url);
    }

    /** @throws UserError if nobody answers */
    Answer post(URI url, Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::setHeader);
        return call(request, url);
    }

    private Answer call(HttpRequest.Builder request, URI url) {
        try {
            request.timeout(PATIENCE);
            HttpRequest built = request.build();
            if (built.headers().firstValue("User-Agent").isEmpty()) {
                built = request.setHeader("User-Agent", userAgent).build();
            }
            HttpResponse<byte[]> response = client.send(built, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UserError(
                    "no answer from " + url + " (expected a running gateway there: contextcore dev, or serve)");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted while waiting for " + url);
        }
    }
}
