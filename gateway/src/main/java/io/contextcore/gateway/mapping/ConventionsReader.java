package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.model.Conventions.Attribute;
import io.contextcore.gateway.model.Conventions.Type;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import java.util.List;

/** Reads files that declare attributes. */
final class ConventionsReader {

    private static final List<String> STABILITIES = List.of("stable", "development");

    private ConventionsReader() {}

    static void read(SourceFile file, Declared<Attribute> declared, Problems problems) {
        Fields fields = file.fields(problems);
        for (Field.Entry entry : fields.required("conventions").entries()) {
            entry.value().fields("an attribute").ifPresent(attribute -> {
                declared.add(entry.key(), entry.keyLocation(), attribute(entry.key(), attribute));
                attribute.done();
            });
        }
        fields.done();
    }

    private static Attribute attribute(String name, Fields fields) {
        Type type = fields.required("type").oneOf(Type.class).orElse(Type.STRING);
        Field values = fields.optional("values");
        if (values.isPresent() && type != Type.STRING) {
            values.problem(ErrorCode.KEYS_DISAGREE, "'values' is for attributes of type string (expected none)");
        }
        return new Attribute(
                name,
                type,
                values.isPresent() ? values.texts() : List.of(),
                fields.required("meaning").scalar().map(scalar -> scalar.text()).orElse(""),
                fields.required("stability").oneOf(STABILITIES).orElse(""),
                fields.optional("indexed").flag().orElse(false),
                fields.optional("twin").text().orElse(null));
    }
}
