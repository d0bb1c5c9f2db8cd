package io.contextcore.gateway.mapping;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.model.Redactor;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads files that say what is a secret; several add up. */
final class RedactionReader {

    private final List<Pattern> keys = new ArrayList<>();
    private final List<Redactor.Rule> values = new ArrayList<>();

    void read(SourceFile file, Problems problems) {
        Fields fields = file.fields(problems);
        fields.required("redaction").fields("the redaction").ifPresent(redaction -> {
            Field names = redaction.optional("keys");
            if (names.isPresent()) {
                names.items().forEach(item -> pattern(item).ifPresent(keys::add));
            }
            Field rules = redaction.optional("values");
            if (rules.isPresent()) {
                rules.items().forEach(item -> item.fields("a redaction rule").ifPresent(this::rule));
            }
            redaction.done();
        });
        fields.done();
    }

    Redactor redactor() {
        return new Redactor(keys, values);
    }

    private void rule(Fields fields) {
        Optional<String> name = fields.required("name").text();
        Optional<Pattern> pattern = pattern(fields.required("pattern"));
        List<String> hints = new ArrayList<>();
        Field texts = fields.optional("hints");
        if (texts.isPresent()) {
            texts.items().forEach(item -> item.text().ifPresent(hints::add));
        }
        if (name.isPresent() && pattern.isPresent()) {
            values.add(new Redactor.Rule(name.get(), pattern.get(), hints));
        }
        fields.done();
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
