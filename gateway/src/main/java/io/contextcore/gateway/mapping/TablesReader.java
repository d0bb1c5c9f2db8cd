package io.contextcore.gateway.mapping;

import static io.contextcore.gateway.yaml.Form.Key.required;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.mapping.SourceFile.Head;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Scalars;
import io.contextcore.gateway.yaml.Shape;
import io.contextcore.gateway.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
    private final Map<String, TableRows> rows = new LinkedHashMap<>();
    /** Keys as they were written first, with their places, by table and the key in lower case. */
    private final Map<List<String>, Field.Entry> written = new HashMap<>();

    TablesReader(Problems problems, List<Overriding> overridings) {
        this.problems = problems;
        this.names = new Declared<>("table", problems, new ArrayList<>());
        this.overridings = overridings;
    }

    /** Tables of one name add up over the folders, the later one winning row by row. */
    void read(SourceFile file) {
        for (Field.Entry table : file.fields(FORM, problems).get("tables").entries()) {
            names.add(table.key(), table.keyLocation(), file.layer(), true);
            Declared<Object> declared = tables.computeIfAbsent(
                    table.key(), name -> new Declared<>("table '" + name + "', row", problems, overridings));
            TableRows all = rows.computeIfAbsent(table.key(), TableRows::new);
            for (Field.Entry row : table.value().entries()) {
                row.value().scalar().filter(scalar -> isNew(table.key(), row)).ifPresent(scalar -> {
                    Object value = value(row.value(), scalar);
                    declared.add(row.key(), row.keyLocation(), file.layer(), value);
                    all.add(row.key(), value, scalar.location(), file.layer());
                });
            }
        }
    }

    /** Lookups ignore case: of two rows that differ in nothing else, nobody could say which is meant. */
    private boolean isNew(String table, Field.Entry row) {
        Field.Entry first = written.putIfAbsent(List.of(table, row.key().toLowerCase(Locale.ROOT)), row);
        if (first == null || first.key().equals(row.key())) {
            return true;
        }
        problems.add(
                ErrorCode.DUPLICATE_NAME,
                row.keyLocation(),
                "the table '" + table + "', row '" + row.key() + "' differs only in case from the row '" + first.key()
                        + "', at " + first.keyLocation() + " (expected '" + first.key()
                        + "', to override it in a later folder: lookups ignore case)");
        return false;
    }

    /** Once all files are read: what later folders say against what earlier ones do. */
    void check(Conventions conventions) {
        rows.values().forEach(table -> table.check(conventions, problems));
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
