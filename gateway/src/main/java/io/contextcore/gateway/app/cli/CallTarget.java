package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.mapping.CallKind;
import io.contextcore.gateway.model.SourceKind.Verification;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Where the calls of a command go: the options that say it, and the way there. */
final class CallTarget {

    private static final String URL = "CONTEXTCORE_URL";
    private static final String TOKEN = "CONTEXTCORE_TOKEN";
    private static final String LOCAL = "http://127.0.0.1:8080";

    private static final Pattern ADDRESS = Pattern.compile("https?://[A-Za-z0-9._:\\[\\]-]+(/[A-Za-z0-9._-]+)*/?");

    private final Surroundings surroundings;
    private final CallKind kind;

    CallTarget(Surroundings surroundings, CallKind kind) {
        this.surroundings = surroundings;
        this.kind = kind;
    }

    /** Adds the options to a command. */
    void declare(CommandSpec spec) {
        option(
                spec,
                "--gateway",
                "URL",
                "address of the gateway; a path other than / is where the calls are (" + LOCAL + "; $" + URL + ")");
        option(spec, "--token", "VALUE", "token of the source ($" + TOKEN + "; the secret of `contextcore dev`)");
        option(spec, "--data", "DIR", "folder of the `contextcore dev` whose secret is meant");
    }

    private static void option(CommandSpec spec, String name, String label, String description) {
        spec.addOption(OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build());
    }

    /** @throws UserError if nobody answers, or there is no token */
    HttpCaller.Answer post(ParseResult given, byte[] body, Map<String, String> more) {
        URI url = url(given);
        Verification way = kind.verifications().get(0);
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("Content-Type", "application/json");
        long now = surroundings.clock().epochNanos();
        headers.put(way.header(), Signature.value(way, token(given), headers, body, url.getRawPath(), now));
        return new HttpCaller("contextcore/" + surroundings.version()).post(url, headers, body);
    }

    private URI url(ParseResult given) {
        String text = first(
                given.matchedOptionValue("--gateway", null),
                surroundings.environment().get(URL));
        URI url = address(text == null ? LOCAL : text);
        String path = url.getRawPath().replaceFirst("/+$", "");
        String base = path.isEmpty() ? kind.api().path() : path;
        return url.resolve(base + kind.api().calls());
    }

    private static URI address(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            throw new UserError("'" + text + "' is no address (expected: http://HOST:PORT)");
        }
        return URI.create(text);
    }

    private Secret token(ParseResult given) {
        String text = first(
                given.matchedOptionValue("--token", null),
                surroundings.environment().get(TOKEN));
        if (text != null) {
            return Secret.of(text);
        }
        String data = given.matchedOptionValue("--data", null);
        Path folder =
                data == null ? surroundings.devFolder() : surroundings.folder().resolve(data);
        DevSecrets kept = new DevSecrets(folder);
        return kept.find(kind.name())
                .orElseThrow(() -> new UserError("no token (expected: --token, $" + TOKEN
                        + ", or the folder of a `contextcore dev` that ran before: " + kept.file() + ")"));
    }

    private static @Nullable String first(@Nullable String option, @Nullable String variable) {
        return option != null || variable == null || variable.isBlank() ? option : variable;
    }
}
