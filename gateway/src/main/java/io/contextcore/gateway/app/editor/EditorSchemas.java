package io.contextcore.gateway.app.editor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.app.check.CheckRun;
import io.contextcore.gateway.mapping.FileForms;
import io.contextcore.gateway.yaml.Form;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * JSON Schemas (draft 2020-12) of the files of the language, for editors. They are written from the forms that the readers
 * go by. What only a reader knows (which names there are, what type an expression has) they do not say.
 */
public final class EditorSchemas {

    private static final String SUFFIX = ".schema.json";

    private EditorSchemas() {}

    /** The schemas by the names of their files in {@code mappings/schema/}. */
    public static SortedMap<String, ObjectNode> all() {
        SortedMap<String, Form> forms = new TreeMap<>(FileForms.all());
        forms.put("test", CheckRun.FILE);
        SortedMap<String, ObjectNode> schemas = new TreeMap<>();
        forms.forEach((name, form) -> schemas.put(
                name + SUFFIX, new SchemaWriter().file(form, FileForms.off().get(name))));
        return schemas;
    }

    /** The text of a schema's file: the same on every system. */
    public static String text(ObjectNode schema) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(indenter);
        try {
            return new ObjectMapper().writer(printer).writeValueAsString(schema) + "\n";
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree can be written", e);
        }
    }
}
