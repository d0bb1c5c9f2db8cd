package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.expression.ValueType;
import io.contextcore.gateway.expression.Variables;
import io.contextcore.gateway.model.Expression;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.SourceKind;
import io.contextcore.gateway.model.SourceKind.Verification;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a file that declares a kind of source. */
final class KindReader {

    private static final Duration DUPLICATE_WINDOW = Duration.ofHours(96);
    private static final Expression ABSENT = scope -> Nothing.ABSENT;

    private final Reading reading;
    private final Variables variables = variables();

    KindReader(Reading reading) {
        this.reading = reading;
    }

    void read(SourceFile file, Declared<SourceKind> declared) {
        Fields fields = file.fields(reading.problems());
        fields.notSupportedYet("reply");
        fields.optional("send");
        Field name = fields.required("kind");
        Optional<SourceKind> kind = name.text().map(text -> kind(text, fields));
        fields.optional(
                "send"); // how the commands play this sender: they read it themselves, the program has no use for it
        fields.done();
        kind.ifPresent(value -> declared.add(value.name(), name.location(), value));
    }

    private SourceKind kind(String name, Fields fields) {
        Expression event = text(fields.required("event"), "event");
        Expression deliveryId = text(fields.optional("delivery_id"), "delivery_id");
        return new SourceKind(
                name,
                verifications(fields.required("verify")),
                event == null ? ABSENT : event,
                deliveryId == null ? ABSENT : deliveryId,
                text(fields.optional("tenant"), "tenant"),
                text(fields.optional("same_event"), "same_event"),
                texts(fields.optional("ping"), false),
                fields.optional("form").text().orElse(null),
                choice(fields.optional("body"), "required", "optional"),
                choice(fields.optional("ack"), "json", "empty"),
                fields.optional("redact").flag().orElse(false),
                Nanos.of(fields.optional("duplicate_window").duration().orElse(DUPLICATE_WINDOW)),
                texts(fields.optional("headers"), true));
    }

    private List<Verification> verifications(Field field) {
        List<Verification> ways = new ArrayList<>();
        for (Field item : field.items()) {
            item.fields("a way to verify").ifPresent(way -> {
                Optional<Verification> verification = way.has("token")
                        ? way.optional("token").fields("a token").map(KindReader::token)
                        : way.required("hmac").fields("an hmac").map(KindReader::hmac);
                verification.ifPresent(ways::add);
                way.optional("hmac");
                way.optional("token");
                way.done();
            });
        }
        if (field.isPresent() && ways.isEmpty()) {
            field.problem(
                    ErrorCode.NO_VERIFICATION,
                    "'verify' names no way to verify (expected `- hmac: …` or `- token: …`)");
        }
        return List.copyOf(ways);
    }

    private static Verification hmac(Fields fields) {
        String header = fields.required("header").text().orElse("");
        Set<String> methods = new TreeSet<>();
        fields.required("methods")
                .items()
                .forEach(item ->
                        item.oneOf(Verification.Hmac.ALGORITHMS.keySet()).ifPresent(methods::add));
        fields.done();
        return new Verification.Hmac(lower(header), methods);
    }

    private static Verification token(Fields fields) {
        String header = fields.required("header").text().orElse("");
        String scheme = fields.optional("scheme").text().orElse(null);
        fields.done();
        return new Verification.Token(lower(header), scheme);
    }

    private @Nullable Expression text(Field field, String what) {
        if (!field.isPresent()) {
            return null;
        }
        Part part = reading.expression(field, what, variables);
        reading.expect(part, "text", ValueType.STRING, ValueType.INT, ValueType.UINT);
        return part == null ? null : part.compiled().expression();
    }

    private static Set<String> texts(Field field, boolean headers) {
        Set<String> texts = new TreeSet<>();
        if (field.isPresent()) {
            field.texts().forEach(text -> texts.add(headers ? lower(text) : text));
        }
        return texts;
    }

    /** Whether the second of two words stands there; the first is the default. */
    private static boolean choice(Field field, String standard, String other) {
        return field.oneOf(List.of(standard, other)).orElse(standard).equals(other);
    }

    private static String lower(String header) {
        return header.toLowerCase(Locale.ROOT);
    }

    private static Variables variables() {
        Variables variables = Variables.none();
        for (SourceKind.Variable each : SourceKind.Variable.values()) {
            ValueType type = switch (each) {
                case HEADERS, QUERY -> ValueType.MAP;
                case BODY_HASH -> ValueType.STRING;
                case PAYLOAD -> ValueType.ANY;
            };
            variables = variables.with(each.variable(), each.ordinal(), type);
        }
        return variables;
    }
}
