package io.contextcore.gateway.mapping;

import static io.contextcore.gateway.yaml.Form.Key.optional;
import static io.contextcore.gateway.yaml.Form.Key.required;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.mapping.SourceFile.Head;
import io.contextcore.gateway.model.Conventions.Attribute;
import io.contextcore.gateway.model.Conventions.Holds;
import io.contextcore.gateway.model.Conventions.Type;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Shape;
import java.util.List;
import java.util.Locale;

/** Reads files that declare attributes. */
final class ConventionsReader {

    private static final List<String> STABILITIES = List.of("stable", "development");

    private static final List<String> HELD = List.of("person", "text");

    private static final Form ATTRIBUTE = Form.of(
            "an attribute",
            required("type", Shape.words(Type.class), "what its values are"),
            optional("values", Shape.list(Shape.TEXT), "the values that are allowed; without it any is"),
            required("meaning", Shape.TEMPLATE, "what it says, in one line"),
            required("stability", Shape.words(STABILITIES), "whether its name and values may still change"),
            optional("indexed", Shape.FLAG, "whether log records carry it as an attribute, beside their body"),
            optional("twin", Shape.TEXT, "the OpenTelemetry name that stands beside it or instead of it"),
            optional(
                    "holds",
                    Shape.words(HELD),
                    "what a value may give away: the name of a `person`, or a `text` that somebody wrote; the settings"
                            + " under `privacy.` say what is told of these"));

    static final Form FORM = SourceFile.form(
            Head.CONVENTIONS,
            required("conventions", Shape.map(Shape.of(ATTRIBUTE)), "the attributes that spans and logs may carry"));

    private ConventionsReader() {}

    static void read(SourceFile file, Declared<Attribute> declared, Problems problems) {
        Fields fields = file.fields(FORM, problems);
        for (Field.Entry entry : fields.get("conventions").entries()) {
            entry.value().fields(ATTRIBUTE).ifPresent(attribute -> {
                declared.add(entry.key(), entry.keyLocation(), file.layer(), attribute(entry.key(), attribute));
            });
        }
    }

    private static Attribute attribute(String name, Fields fields) {
        Type type = fields.get("type").oneOf(Type.class).orElse(Type.STRING);
        Field values = fields.get("values");
        if (values.isPresent() && type != Type.STRING) {
            values.problem(ErrorCode.KEYS_DISAGREE, "'values' is for attributes of type string (expected none)");
        }
        return new Attribute(
                name,
                type,
                values.isPresent() ? values.texts() : List.of(),
                fields.get("meaning").scalar().map(scalar -> scalar.text()).orElse(""),
                fields.get("stability").oneOf(STABILITIES).orElse(""),
                fields.get("indexed").flag().orElse(false),
                fields.get("twin").text().orElse(null),
                holds(fields.get("holds"), type));
    }

    private static Holds holds(Field field, Type type) {
        Holds holds = field.isPresent()
                ? field.oneOf(HELD)
                        .map(word -> Holds.valueOf(word.toUpperCase(Locale.ROOT)))
                        .orElse(Holds.FACT)
                : Holds.FACT;
        if (field.isPresent() && type != Type.STRING && type != Type.STRINGS) {
            field.problem(
                    ErrorCode.KEYS_DISAGREE, "'holds' is for attributes of type string or strings (expected none)");
        }
        return holds;
    }
}
