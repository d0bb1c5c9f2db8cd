package io.contextcore.gateway.mapping;

import io.contextcore.gateway.yaml.Form;
import java.util.SortedMap;
import java.util.TreeMap;

/** The forms of all sorts of files that a program is made of, by the key that says what a file is. */
public final class FileForms {

    private FileForms() {}

    public static SortedMap<String, Form> all() {
        SortedMap<String, Form> forms = new TreeMap<>();
        for (SourceFile.Head head : SourceFile.Head.values()) {
            forms.put(head.key(), form(head));
        }
        return forms;
    }

    /** The forms of files that switch off something of an earlier folder, by the same keys. */
    public static SortedMap<String, Form> off() {
        SortedMap<String, Form> forms = new TreeMap<>();
        for (SourceFile.Head head : SourceFile.Head.values()) {
            if (head.named()) {
                forms.put(head.key(), head.off());
            }
        }
        return forms;
    }

    static Form form(SourceFile.Head head) {
        return switch (head) {
            case KIND -> KindReader.FORM;
            case SOURCE -> SourceForm.FILE;
            case MAPPING -> MappingReader.FORM;
            case LIFECYCLE -> LifecycleReader.FORM;
            case TABLES -> TablesReader.FORM;
            case CONVENTIONS -> ConventionsReader.FORM;
            case REDACTION -> RedactionReader.FORM;
            case SCHEMA -> SchemaReader.FORM;
        };
    }
}
