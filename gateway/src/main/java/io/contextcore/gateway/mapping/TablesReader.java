package io.contextcore.gateway.mapping;

import static io.contextcore.gateway.yaml.Form.Key.required;

import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.mapping.SourceFile.Head;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Scalars;
import io.contextcore.gateway.yaml.Shape;
import io.contextcore.gateway.yaml.YamlScalar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads files of lookup tables. Values are text, whole numbers, numbers or flags, as YAML writes them. */
final class TablesReader {

    static final Form FORM = SourceFile.form(
            Head.TABLES,
            required("tables", Shape.map(Shape.map(Shape.TEMPLATE)), "lookup tables by name: key to value"));

    private TablesReader() {}

    static void read(SourceFile file, Declared<Map<String, Object>> declared, Problems problems) {
        Fields fields = file.fields(FORM, problems);
        for (Field.Entry table : fields.get("tables").entries()) {
            Map<String, Object> rows = new LinkedHashMap<>();
            for (Field.Entry row : table.value().entries()) {
                row.value().scalar().ifPresent(scalar -> rows.put(row.key(), value(scalar)));
            }
            declared.add(table.key(), table.keyLocation(), rows);
        }
    }

    private static Object value(YamlScalar scalar) {
        if (scalar.quoted()) {
            return scalar.text();
        }
        Optional<? extends Object> flag = Scalars.flag(scalar.text());
        if (flag.isPresent()) {
            return flag.get();
        }
        Optional<Long> whole = Scalars.whole(scalar.text());
        if (whole.isPresent()) {
            return whole.get();
        }
        Optional<Double> number = Scalars.number(scalar.text());
        return number.isPresent() ? (Object) number.get() : scalar.text();
    }
}
