package io.contextcore.gateway.mapping;

import static io.contextcore.gateway.yaml.Form.Key.required;

import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.mapping.SourceFile.Head;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Scalars;
import io.contextcore.gateway.yaml.Shape;
import io.contextcore.gateway.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads files of lookup tables. Values are text, whole numbers, numbers or flags, as YAML writes them. */
final class TablesReader {

    static final Form FORM = SourceFile.form(
            Head.TABLES,
            required("tables", Shape.map(Shape.map(Shape.TEMPLATE)), "lookup tables by name: key to value"));

    private final Problems problems;
    private final Declared<Boolean> names;
    private final List<Overriding> overridings;
    private final Map<String, Declared<Object>> tables = new LinkedHashMap<>();

    TablesReader(Problems problems, List<Overriding> overridings) {
        this.problems = problems;
        this.names = new Declared<>("table", problems, new ArrayList<>());
        this.overridings = overridings;
    }

    /** Tables of one name add up over the folders, the later one winning row by row. */
    void read(SourceFile file) {
        for (Field.Entry table : file.fields(FORM, problems).get("tables").entries()) {
            names.add(table.key(), table.keyLocation(), file.layer(), true);
            Declared<Object> rows = tables.computeIfAbsent(
                    table.key(), name -> new Declared<>("table '" + name + "', row", problems, overridings));
            for (Field.Entry row : table.value().entries()) {
                row.value()
                        .scalar()
                        .ifPresent(scalar ->
                                rows.add(row.key(), row.keyLocation(), file.layer(), value(row.value(), scalar)));
            }
        }
    }

    /** Tables by name: key to value. */
    Map<String, Map<String, Object>> byName() {
        Map<String, Map<String, Object>> byName = new LinkedHashMap<>();
        tables.forEach((name, rows) -> byName.put(name, rows.byName()));
        return byName;
    }

    /** What readers of YAML do not agree about is refused: {@code yes}, {@code 12:30}, {@code 0x1F}. */
    private static Object value(Field field, YamlScalar scalar) {
        if (scalar.quoted() || !Scalars.looksLikeSomethingElse(scalar)) {
            return scalar.text();
        }
        Optional<Object> plain = Scalars.plainValue(scalar.text()).filter(value -> value != Scalars.NULL);
        if (plain.isEmpty()) {
            field.needsQuotes();
        }
        return plain.orElse("");
    }
}
