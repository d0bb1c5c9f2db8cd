package io.contextcore.gateway.export;

import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.export.OtlpSettings.Protocol;
import io.contextcore.gateway.export.OtlpSettings.Target;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.otlp.KeyValues;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The standard variables as they apply to one signal. A value that cannot be used is a problem and counts as not given. */
final class OtlpVariables {

    private static final String PREFIX = "OTEL_EXPORTER_OTLP_";
    private static final long DEFAULT_TIMEOUT_MS = 10_000;
    private static final int GRPC_PORT = 4317;
    private static final int HTTP_PORT = 4318;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$&'*+.^_`|~-]+");
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]([\\t\\x20-\\x7e]*[\\x21-\\x7e])?");

    private final Environment environment;
    private final TelemetrySignal signal;
    private final Problems problems;

    OtlpVariables(Environment environment, TelemetrySignal signal, Problems problems) {
        this.environment = environment;
        this.signal = signal;
        this.problems = problems;
    }

    /** A variable that is set: its name, to blame it, and its value. */
    private record Given(String name, String value, boolean own) {}

    boolean configured() {
        return given("ENDPOINT").isPresent();
    }

    Target target() {
        Protocol protocol = protocol();
        requirePartner("CLIENT_KEY", "CLIENT_CERTIFICATE");
        requirePartner("CLIENT_CERTIFICATE", "CLIENT_KEY");
        return new Target(
                protocol,
                endpoint(protocol),
                headers(),
                timeout(),
                gzip(),
                file("CERTIFICATE"),
                file("CLIENT_KEY"),
                file("CLIENT_CERTIFICATE"));
    }

    /** The signal's own variable, else the general one; an empty value counts as unset. */
    private Optional<Given> given(String suffix) {
        String own = PREFIX + signal.label().toUpperCase(Locale.ROOT) + "_" + suffix;
        return value(own, true).or(() -> value(PREFIX + suffix, false));
    }

    private Optional<Given> value(String name, boolean own) {
        return Optional.ofNullable(environment.get(name))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .map(value -> new Given(name, value, own));
    }

    /** gRPC unless told otherwise; the port that belongs to OTLP/HTTP tells otherwise too. */
    private Protocol protocol() {
        Optional<Given> given = given("PROTOCOL");
        if (given.isEmpty()) {
            boolean httpPort =
                    given("ENDPOINT").filter(OtlpVariables::hasHttpPort).isPresent();
            return httpPort ? Protocol.HTTP_PROTOBUF : Protocol.GRPC;
        }
        String word = given.get().value();
        return Arrays.stream(Protocol.values())
                .filter(protocol -> protocol.word().equals(word))
                .findFirst()
                .orElseGet(() -> {
                    refuse(given.get(), "unknown protocol", Protocol.words());
                    return Protocol.GRPC;
                });
    }

    private static boolean hasHttpPort(Given endpoint) {
        return endpoint.value().matches("([a-z]+://)?[^/]*:" + HTTP_PORT + "(/.*)?");
    }

    private URI endpoint(Protocol protocol) {
        String path = "/v1/" + signal.label();
        URI standard = protocol == Protocol.GRPC
                ? URI.create("http://localhost:" + GRPC_PORT)
                : URI.create("http://localhost:" + HTTP_PORT + path);
        Optional<Given> given = given("ENDPOINT");
        URI base = given.map(value -> address(value, protocol)).orElse(null);
        if (given.isEmpty() || base == null) {
            return standard;
        }
        if (protocol == Protocol.GRPC) {
            return base;
        }
        if (given.get().own()) {
            return base.getRawPath().isEmpty() ? base.resolve("/") : base;
        }
        String prefix = base.getRawPath().replaceAll("/+$", "");
        return base.resolve(prefix + path);
    }

    /** gRPC's endpoint may be bare {@code host:port}; then {@code INSECURE} says whether it is TLS. */
    private @Nullable URI address(Given given, Protocol protocol) {
        boolean bare = !given.value().contains("://");
        String text = bare && protocol == Protocol.GRPC
                ? (insecure() ? "http://" : "https://") + given.value()
                : given.value();
        try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Told below, like every other address that cannot be used.
        }
        problem(given, "not an address (expected: http://host:port or https://host:port)");
        return null;
    }

    private boolean insecure() {
        Optional<Given> given = given("INSECURE");
        return given.isPresent() && oneOf(given.get(), List.of("true", "false")).equals("true");
    }

    private boolean gzip() {
        Optional<Given> given = given("COMPRESSION");
        return given.isPresent() && oneOf(given.get(), List.of("gzip", "none")).equals("gzip");
    }

    /** The value in lower case, or nothing and a problem. */
    private String oneOf(Given given, List<String> words) {
        String word = given.value().toLowerCase(Locale.ROOT);
        if (words.contains(word)) {
            return word;
        }
        refuse(given, "unknown value", words);
        return "";
    }

    private long timeout() {
        Optional<Given> given = given("TIMEOUT");
        long millis = DEFAULT_TIMEOUT_MS;
        if (given.isPresent()) {
            boolean number = given.get().value().matches("[0-9]{1,9}")
                    && Long.parseLong(given.get().value()) > 0;
            if (number) {
                millis = Long.parseLong(given.get().value());
            } else {
                problem(
                        given.get(),
                        "not a timeout: '" + given.get().value() + "' (expected: milliseconds, 1 to 999999999)");
            }
        }
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** No message repeats a value: it may be a secret. */
    private SortedMap<String, Secret> headers() {
        SortedMap<String, Secret> headers = new TreeMap<>();
        Given given = given("HEADERS").orElse(null);
        if (given == null) {
            return headers;
        }
        try {
            KeyValues.parse(given.value()).forEach((name, value) -> {
                if (TOKEN.matcher(name).matches() && VISIBLE.matcher(value).matches()) {
                    headers.put(name.toLowerCase(Locale.ROOT), Secret.of(value));
                } else {
                    problem(
                            given,
                            "header '" + name + "' cannot be sent (expected: a token, and a visible ASCII value)");
                }
            });
        } catch (KeyValues.Malformed e) {
            problems.add(
                    ErrorCode.BAD_VARIABLE, new Location(given.name(), 1, e.column()), String.valueOf(e.getMessage()));
        }
        return headers;
    }

    private @Nullable Path file(String suffix) {
        Given given = given(suffix).orElse(null);
        if (given == null) {
            return null;
        }
        try {
            return Path.of(given.value());
        } catch (InvalidPathException e) {
            problem(given, "not a path: '" + given.value() + "' (expected: a PEM file)");
            return null;
        }
    }

    /** A key without its certificate would be left out in silence. */
    private void requirePartner(String suffix, String partner) {
        given(suffix)
                .filter(told -> given(partner).isEmpty())
                .ifPresent(
                        told -> problem(told, "not enough for mutual TLS (expected also: " + PREFIX + partner + ")"));
    }

    private void refuse(Given given, String what, List<String> words) {
        problem(
                given,
                what + " '" + given.value() + "' (expected: " + String.join(", ", words) + ")"
                        + Nearest.hint(given.value(), words));
    }

    private void problem(Given given, String message) {
        problems.add(ErrorCode.BAD_VARIABLE, Location.named(given.name()), message);
    }
}
