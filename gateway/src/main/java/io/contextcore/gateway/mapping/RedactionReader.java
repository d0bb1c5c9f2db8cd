package io.contextcore.gateway.mapping;

import static io.contextcore.gateway.yaml.Form.Key.optional;
import static io.contextcore.gateway.yaml.Form.Key.required;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.mapping.SourceFile.Head;
import io.contextcore.gateway.model.Redactor;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads files that say what is a secret; several add up. */
final class RedactionReader {

    private static final Form RULE = Form.of(
            "a redaction rule",
            required("name", Shape.TEXT, "what stands in place of what was found"),
            required("pattern", Shape.TEMPLATE, "regular expression (RE2) of the secret"),
            optional(
                    "hints",
                    Shape.list(Shape.TEXT),
                    "texts of which one must be there, in any case, before the pattern is tried"));

    private static final Form REDACTION = Form.of(
            "the redaction",
            optional("keys", Shape.list(Shape.TEMPLATE), "patterns of member names whose values are secrets"),
            optional("values", Shape.list(Shape.of(RULE)), "patterns of secrets in texts"));

    static final Form FORM = SourceFile.form(
            Head.REDACTION, required("redaction", Shape.of(REDACTION), "what is taken out before anything is stored"));

    private final List<Pattern> keys = new ArrayList<>();
    private final List<Redactor.Rule> values = new ArrayList<>();

    void read(SourceFile file, Problems problems) {
        Fields fields = file.fields(FORM, problems);
        fields.get("redaction").fields(REDACTION).ifPresent(redaction -> {
            Field names = redaction.get("keys");
            if (names.isPresent()) {
                names.items().forEach(item -> pattern(item).ifPresent(keys::add));
            }
            Field rules = redaction.get("values");
            if (rules.isPresent()) {
                rules.items().forEach(item -> item.fields(RULE).ifPresent(this::rule));
            }
        });
    }

    Redactor redactor() {
        return new Redactor(keys, values);
    }

    private void rule(Fields fields) {
        Optional<String> name = fields.get("name").text();
        Optional<Pattern> pattern = pattern(fields.get("pattern"));
        List<String> hints = new ArrayList<>();
        Field texts = fields.get("hints");
        if (texts.isPresent()) {
            texts.items().forEach(item -> item.text().ifPresent(hints::add));
        }
        if (name.isPresent() && pattern.isPresent()) {
            values.add(new Redactor.Rule(name.get(), pattern.get(), hints));
        }
    }

    private static Optional<Pattern> pattern(Field field) {
        return field.scalar().flatMap(scalar -> {
            try {
                return Optional.of(Pattern.compile(scalar.text()));
            } catch (PatternSyntaxException e) {
                field.problem(
                        ErrorCode.BAD_PATTERN,
                        "not a regular expression of RE2: " + e.getDescription() + " `" + e.getPattern() + "`");
                return Optional.empty();
            }
        });
    }
}
