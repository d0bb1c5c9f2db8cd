package io.contextcore.gateway.mapping;

import static io.contextcore.gateway.yaml.Form.Key.optional;
import static io.contextcore.gateway.yaml.Form.Key.required;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.mapping.SourceFile.Head;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Shape;
import io.contextcore.gateway.yaml.YamlMapping;
import java.util.List;
import java.util.Set;

/** The form of a source: in the settings' {@code sources:} by its name. The settings' reader reads it. */
public final class SourceForm {

    /** The key of a source file that says its name. */
    public static final String NAME = "source";

    private static final Form OTLP = Form.of(
            "what goes to the Collector for a source",
            optional(
                    "headers",
                    Shape.map(Shape.TEMPLATE),
                    "headers of the requests that carry its telemetry; values like those of `secret`"));

    private static final Form MAX_AGE = Form.of(
                    "a greatest age",
                    optional("claim", Shape.TEXT, "claim of the token that says when, `iat` say"),
                    optional("body", Shape.TEXT, "where the body says when, as a JSON pointer: `/timestamp`"),
                    required("within", Shape.DURATION, "how long ago that may be"))
            .exactlyOneOf("claim", "body");

    private static final List<Form.Key> KEYS = List.of(
            required("kind", Shape.TEXT, "its kind, as a file in the mappings declares it"),
            optional(
                    "secret",
                    Shape.TEMPLATE,
                    "what the sender signs with: `file:PATH` (relative to the file that says so), `env:NAME`, or the secret"
                            + " itself"),
            optional("secrets", Shape.list(Shape.TEMPLATE), "several of these, any of them verifies: for rotation"),
            optional("verify", Shape.words("none"), "`none`: anybody may post; instead of a secret"),
            optional("path", Shape.TEXT, "path of its webhooks; default `/webhooks/NAME`"),
            optional(
                    "allow",
                    Shape.list(Shape.TEMPLATE),
                    "addresses and ranges of them (`192.0.2.1`, `10.0.0.0/8`, `2001:db8::/32`) that its webhooks may come"
                            + " from; others get 403. Not given: any"),
            optional(
                    "max_age",
                    Shape.of(MAX_AGE),
                    "how old a request may be, by a time that the sender signed: `{claim: iat, within: 5m}` of a token, or"
                            + " `{body: /timestamp, within: 10m}`; others get 403. Not given: any age"),
            optional(
                    "projects",
                    Shape.map(Shape.TEMPLATE),
                    "the sender's project names (repository, project key) and the `project.id` of each"),
            optional(
                    "otlp",
                    Shape.of(OTLP),
                    "`headers`: headers of the OTLP requests that carry its telemetry, beside those of `export.headers`;"
                            + " `file:` and `env:` work as in `secret`"));

    /** A source among the settings. */
    public static final Form FORM = Form.of("a source").with(KEYS);

    /** What a source wants of the exporter. */
    public static final Form EXPORT = OTLP;

    /** How old requests of a source may be. */
    public static final Form AGE = MAX_AGE;

    /** A source in a file of its own, in a folder of mappings. */
    public static final Form FILE = SourceFile.form(Head.SOURCE, required(NAME, Shape.TEXT, "name of the source"))
            .with(KEYS);

    private SourceForm() {}

    /** Its name, form and kind are looked at; secrets are not needed to load a program, and not read here. */
    static void read(SourceFile file, Declared<YamlMapping> declared, Set<String> kinds, Problems problems) {
        Fields fields = file.fields(FILE, problems);
        Field name = fields.get(NAME);
        Field kind = fields.get("kind");
        kind.text()
                .filter(text -> !kinds.contains(text))
                .ifPresent(text -> kind.problem(
                        ErrorCode.UNKNOWN_KIND,
                        "there is no kind '" + text + "' (expected one of " + String.join(", ", kinds)
                                + Nearest.hint(text, kinds) + ")"));
        name.text().ifPresent(text -> declared.add(text, name.location(), file.layer(), file.root()));
    }
}
