package io.contextcore.gateway.mapping;

import static io.contextcore.gateway.yaml.Form.Key.optional;
import static io.contextcore.gateway.yaml.Form.Key.required;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.expression.ValueType;
import io.contextcore.gateway.expression.Variables;
import io.contextcore.gateway.mapping.SourceFile.Head;
import io.contextcore.gateway.model.Api;
import io.contextcore.gateway.model.Expression;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Schema;
import io.contextcore.gateway.model.SourceKind;
import io.contextcore.gateway.model.SourceKind.Verification;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a file that declares a kind of source. */
final class KindReader {

    private static final Duration DUPLICATE_WINDOW = Duration.ofHours(96);
    private static final Expression ABSENT = scope -> Nothing.ABSENT;

    private static final Duration WITHIN = Duration.ofMinutes(5);

    private static final Shape METHOD =
            Shape.words(Verification.Hmac.ALGORITHMS.keySet().stream().sorted().toList());

    private static final Form HMAC = Form.of(
            "an hmac",
            required("header", Shape.TEXT, "header that holds `<method>=<hex>` over the raw body"),
            required("methods", Shape.list(METHOD), "hashes that are accepted"));

    private static final Form SIGNATURE = Form.of(
            "a signature",
            required("header", Shape.TEXT, "header that holds one or several HMACs, with blanks between"),
            required("method", METHOD, "hash"),
            optional("prefix", Shape.TEXT, "what stands before each HMAC, `v1,` say; others are passed over"),
            optional("encoding", Shape.words("hex", "base64"), "how they are written; default hex"),
            optional("signed", Shape.list(Shape.TEXT), "headers whose values stand before the raw body, in order"),
            optional("separator", Shape.TEXT, "what stands behind each of those values; default `.`"),
            optional(
                    "key",
                    Shape.words("text", "base64"),
                    "what the secret is: the key's text, or its base64, behind `whsec_` where it begins so; default text"),
            optional(
                    "time",
                    Shape.TEXT,
                    "one of `signed`, in seconds since 1970; without it a request may be of any age"),
            optional("within", Shape.DURATION, "how long ago that time may lie; default 5m"));

    private static final Form TOKEN = Form.of(
            "a token",
            required("header", Shape.TEXT, "header that holds the secret"),
            optional(
                    "scheme", Shape.TEXT, "word before the secret, `Bearer` say; without it the header is the secret"));

    private static final Form JWT = Form.of(
            "a jwt",
            required("header", Shape.TEXT, "header that holds the token"),
            optional("scheme", Shape.TEXT, "word before the token, `Bearer` say; without it the header is the token"),
            optional(
                    "qsh",
                    Shape.words("optional", "required"),
                    "whether the token must be bound to the request by the claim `qsh` (default `optional`: where it is"
                            + " there it must fit)"));

    private static final Form BASIC = Form.of(
            "user and password", required("header", Shape.TEXT, "header that holds `Basic <base64 of user:password>`"));

    private static final List<Way> WAYS = List.of(
            new Way("hmac", HMAC, "the sender signs the body", KindReader::hmac),
            new Way(
                    "signature",
                    SIGNATURE,
                    "the sender signs headers and the body, as Standard Webhooks has it",
                    KindReader::signature),
            new Way("token", TOKEN, "the sender shows the secret", KindReader::token),
            new Way(
                    "jwt",
                    JWT,
                    "the sender shows a JSON Web Token that it signed with the secret, HS256; `exp` has to be in it",
                    KindReader::jwt),
            new Way(
                    "basic",
                    BASIC,
                    "the sender shows user and password; the secret is `user:password`",
                    KindReader::basic));

    private static final Form WAY = Form.of(
                    "a way to verify",
                    WAYS.stream()
                            .map(way -> optional(way.name(), Shape.of(way.form()), way.meaning()))
                            .toArray(Form.Key[]::new))
            .exactlyOneOf(WAYS.stream().map(Way::name).toArray(String[]::new));

    static final Form FORM = SourceFile.form(
                    Head.KIND,
                    required("kind", Shape.TEXT, "name of the kind"),
                    required("verify", Shape.list(Shape.of(WAY)), "ways to prove a request; any that fits proves it"),
                    required("event", Shape.EXPRESSION, "name of the event"),
                    optional(
                            "delivery_id",
                            Shape.EXPRESSION,
                            "the sender's id of the delivery; absent: the body's hash"),
                    optional("tenant", Shape.EXPRESSION, "whose delivery ids they are, where several share a source"),
                    optional(
                            "same_event",
                            Shape.EXPRESSION,
                            "what else identifies the event, where it may be told under two ids"),
                    optional("ping", Shape.list(Shape.TEXT), "events that are answered 200 and not stored"),
                    optional("form", Shape.TEXT, "forms are allowed, and the JSON is in this field"),
                    optional("body", Shape.words("required", "optional"), "whether a request may come without a body"),
                    optional(
                            "empty_body",
                            Shape.list(Shape.TEXT),
                            "parameters of the URL that are the payload of a request without a body"),
                    optional("ack", Shape.words("json", "empty"), "what a 2xx holds: the id as JSON, or nothing (204)"),
                    optional("redact", Shape.FLAG, "whether secrets are taken out before anything is stored"),
                    optional("duplicate_window", Shape.DURATION, "how long a delivery id is remembered; default 96h"),
                    optional("headers", Shape.list(Shape.TEXT), "headers that mappings may read"),
                    optional("api", Shape.of(ApiReader.FORM), "calls that it takes over HTTP and from a shell"),
                    optional("send", Shape.of(SendForm.FORM), "how the commands `send` and `dev` play this sender"))
            .notYet("reply");

    /** A way to verify, as a file writes it. */
    private record Way(String name, Form form, String meaning, Function<Fields, Verification> reader) {}

    private final Reading reading;

    KindReader(Reading reading) {
        this.reading = reading;
    }

    /** @param schemas those that are declared; of a kind with an API, there is one of its name: what calls may say */
    void read(SourceFile file, Declared<SourceKind> declared, Declared<Schema> schemas) {
        Fields fields = file.fields(FORM, reading.problems());
        Field name = fields.get("kind");
        name.text().ifPresent(text -> {
            Api api = api(fields);
            Schema schema = api == null ? null : ApiReader.schema(text, api, fields);
            if (schema != null) {
                schemas.add(text, name.location(), file.layer(), schema);
            }
            declared.add(text, name.location(), file.layer(), kind(text, fields, api, variables(schema)));
        });
    }

    private @Nullable Api api(Fields fields) {
        return fields.isPresent("api")
                ? fields.get("api")
                        .fields(ApiReader.FORM)
                        .map(api -> new ApiReader(reading.problems()).read(api))
                        .orElse(null)
                : null;
    }

    private SourceKind kind(String name, Fields fields, @Nullable Api api, Variables variables) {
        Expression event = text(fields.get("event"), "event", variables);
        Expression deliveryId = text(fields.get("delivery_id"), "delivery_id", variables);
        return new SourceKind(
                name,
                verifications(fields.get("verify")),
                event == null ? ABSENT : event,
                deliveryId == null ? ABSENT : deliveryId,
                text(fields.get("tenant"), "tenant", variables),
                text(fields.get("same_event"), "same_event", variables),
                texts(fields.get("ping"), false),
                fields.get("form").text().orElse(null),
                choice(fields.get("body"), "optional"),
                texts(fields.get("empty_body"), false),
                choice(fields.get("ack"), "empty"),
                fields.get("redact").flag().orElse(false),
                Nanos.of(fields.get("duplicate_window").duration().orElse(DUPLICATE_WINDOW)),
                texts(fields.get("headers"), true),
                api);
    }

    static List<Verification> verifications(Field field) {
        List<Verification> ways = new ArrayList<>();
        for (Field item : field.items()) {
            item.fields(WAY).flatMap(KindReader::verification).ifPresent(ways::add);
        }
        if (field.isPresent() && ways.isEmpty()) {
            field.problem(
                    ErrorCode.NO_VERIFICATION,
                    "'verify' names no way to verify (expected `- hmac: …`, `- signature: …`, `- token: …`, `- jwt: …` or `- basic: …`)");
        }
        return List.copyOf(ways);
    }

    private static Optional<Verification> verification(Fields fields) {
        return WAYS.stream()
                .filter(way -> fields.isPresent(way.name()))
                .findFirst()
                .flatMap(way -> fields.get(way.name()).fields(way.form()).map(way.reader()));
    }

    private static Verification hmac(Fields fields) {
        String header = fields.get("header").text().orElse("");
        Set<String> methods = new TreeSet<>();
        fields.get("methods").items().forEach(item -> item.word().ifPresent(methods::add));
        return new Verification.Hmac(lower(header), methods);
    }

    private static Verification signature(Fields fields) {
        List<String> signed = new ArrayList<>();
        if (fields.isPresent("signed")) {
            fields.get("signed").texts().forEach(header -> signed.add(lower(header)));
        }
        String time = fields.get("time").text().map(KindReader::lower).orElse(null);
        if (time != null && !signed.contains(time)) {
            fields.get("time")
                    .problem(
                            ErrorCode.KEYS_DISAGREE,
                            "'" + time + "' is not signed (expected one of the headers under `signed`)");
        }
        return new Verification.Signature(
                lower(fields.get("header").text().orElse("")),
                fields.get("method").word().orElse("sha256"),
                fields.get("prefix").text().orElse(""),
                choice(fields.get("encoding"), "base64"),
                signed,
                fields.get("separator").text().orElse("."),
                choice(fields.get("key"), "base64")
                        ? Verification.Signature.Key.BASE64
                        : Verification.Signature.Key.TEXT,
                time,
                Nanos.of(fields.get("within").duration().orElse(WITHIN)));
    }

    private static Verification token(Fields fields) {
        String header = fields.get("header").text().orElse("");
        String scheme = fields.get("scheme").text().orElse(null);
        return new Verification.Token(lower(header), scheme);
    }

    private static Verification jwt(Fields fields) {
        String header = fields.get("header").text().orElse("");
        String scheme = fields.get("scheme").text().orElse(null);
        return new Verification.Jwt(lower(header), scheme, choice(fields.get("qsh"), "required"));
    }

    private static Verification basic(Fields fields) {
        return new Verification.Basic(lower(fields.get("header").text().orElse("")));
    }

    private @Nullable Expression text(Field field, String what, Variables variables) {
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

    /** Whether the word stands there that is not the default. */
    private static boolean choice(Field field, String other) {
        return field.word().filter(other::equals).isPresent();
    }

    private static String lower(String header) {
        return header.toLowerCase(Locale.ROOT);
    }

    private static Variables variables(@Nullable Schema schema) {
        Variables variables = Variables.none().withoutFacts();
        for (SourceKind.Variable each : SourceKind.Variable.values()) {
            ValueType type = switch (each) {
                case HEADERS, QUERY -> ValueType.MAP;
                case BODY_HASH, REQUEST_ID -> ValueType.STRING;
                case INDEX -> ValueType.INT;
                case PAYLOAD -> ValueType.ANY;
            };
            variables = each == SourceKind.Variable.PAYLOAD && schema != null
                    ? variables.withPayload(each.variable(), each.ordinal(), schema)
                    : variables.with(each.variable(), each.ordinal(), type);
        }
        return variables;
    }
}
