package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.model.SourceKind;
import io.contextcore.gateway.model.SourceKind.Verification;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;

/**
 * The first screen of {@code contextcore dev}: where everything is, and commands to paste for each source.
 *
 * @param url of the intake port
 * @param port of the intake
 * @param command how the user calls this program
 * @param sendOptions what {@code contextcore send} needs beyond the source, because it is not the default
 */
record DevWelcome(PrintWriter out, Paint paint, String url, int port, String command, String sendOptions) {

    /** @param telemetry where it goes */
    void head(String version, String telemetry, int adminPort, Path data, String dataNote) {
        out.println(paint.strong("contextcore dev " + version));
        out.println("  webhooks   " + url + "/webhooks/SOURCE   (only this port may be exposed)");
        out.println("  telemetry  " + telemetry);
        out.println("  itself     http://127.0.0.1:" + adminPort + "/health/ready, /metrics");
        out.println("  data       " + data + "  (" + dataNote + ")");
    }

    /** Commands for one source. */
    void source(String source, SourceKind kind, SenderGuide guide, Secret secret) {
        String text = new String(secret.reveal(), StandardCharsets.UTF_8);
        out.println();
        out.println(paint.strong(source));
        if (guide.example() != null) {
            out.println("  " + command + " send " + source + sendOptions + " --example");
        }
        String event = guide.headers().values().stream().anyMatch(value -> Placeholders.uses(value, "event"))
                ? " --event " + (guide.exampleEvent().isEmpty() ? "NAME" : guide.exampleEvent())
                : "";
        out.println("  " + command + " send " + source + " payload.json" + sendOptions + event);
        Verification way = kind.verifications().get(0);
        boolean anew = way instanceof Verification.Jwt || way instanceof Verification.Signature;
        if (!anew) { // else it is another proof for each request
            out.println("  " + curl(source, kind, guide, text));
        }
        Map<String, String> values = Map.of(
                "source", source, "url", url + "/webhooks/" + source, "port", Integer.toString(port), "secret", text);
        guide.hints().forEach(hint -> out.println("  " + Placeholders.fill(hint, values)));
    }

    private String curl(String source, SourceKind kind, SenderGuide guide, String secret) {
        StringBuilder line =
                new StringBuilder("curl -sS " + url + "/webhooks/" + source + " -H 'Content-Type: application/json'");
        Map<String, String> values = Map.of("event", guide.exampleEvent(), "uuid", "$(uuidgen)");
        guide.headers()
                .forEach((name, value) -> line.append(" -H \"")
                        .append(name)
                        .append(": ")
                        .append(Placeholders.fill(value, values))
                        .append('"'));
        Verification verification = kind.verifications().get(0);
        line.append(" -H ");
        if (verification instanceof Verification.Hmac hmac) {
            String method = new TreeSet<>(hmac.methods()).first();
            line.append('"')
                    .append(verification.header())
                    .append(": ")
                    .append(method)
                    .append("=$(openssl dgst -")
                    .append(method)
                    .append(" -hmac ")
                    .append(Shell.quoted(secret))
                    .append(" payload.json | sed 's/.* //')\"");
        } else if (verification instanceof Verification.Basic) {
            line.append('"')
                    .append(verification.header())
                    .append(": Basic $(printf %s ")
                    .append(Shell.quoted(secret))
                    .append(" | base64 -w0)\"");
        } else {
            String scheme = ((Verification.Token) verification).scheme();
            line.append(Shell.quoted(verification.header() + ": " + (scheme == null ? "" : scheme + " ") + secret));
        }
        return line.append(" --data-binary @payload.json").toString();
    }
}
