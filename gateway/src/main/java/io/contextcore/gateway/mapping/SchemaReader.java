package io.contextcore.gateway.mapping;

import static io.contextcore.gateway.yaml.Form.Key.optional;
import static io.contextcore.gateway.yaml.Form.Key.required;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.mapping.SourceFile.Head;
import io.contextcore.gateway.model.Schema;
import io.contextcore.gateway.model.Schema.AnyOf;
import io.contextcore.gateway.model.Schema.ListOf;
import io.contextcore.gateway.model.Schema.Member;
import io.contextcore.gateway.model.Schema.Named;
import io.contextcore.gateway.model.Schema.Simple;
import io.contextcore.gateway.model.Schema.Structure;
import io.contextcore.gateway.model.Schema.Type;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Shape;
import io.contextcore.gateway.yaml.YamlMapping;
import io.contextcore.gateway.yaml.YamlNode;
import io.contextcore.gateway.yaml.YamlScalar;
import io.contextcore.gateway.yaml.YamlSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a schema. A type is written as it would stand in a payload: a map of members ({@code name?} may be missing, a name
 * with {@code *} is a pattern), a list of one item, or names with {@code |} between them.
 */
final class SchemaReader {

    private static final String PAYLOAD = "payload";
    private static final char OPTIONAL = '?';

    static final Form FORM = SourceFile.form(
            Head.SCHEMA,
            required("schema", Shape.TEXT, "name of the schema"),
            optional("types", Shape.map(Shape.ANYTHING), "types by name"),
            required(
                    PAYLOAD,
                    Shape.map(Shape.ANYTHING),
                    "members of the payload: `name?` may be missing, a name with * is a pattern"));

    private final Problems problems;
    private final Map<String, YamlNode> nodes = new LinkedHashMap<>();
    private final Set<String> names = new LinkedHashSet<>();

    private SchemaReader(Problems problems) {
        this.problems = problems;
        Arrays.stream(Simple.values())
                .map(simple -> simple.name().toLowerCase(Locale.ROOT))
                .forEach(names::add);
    }

    static void read(SourceFile file, Declared<Schema> declared, Problems problems) {
        Fields fields = file.fields(FORM, problems);
        Field name = fields.get("schema");
        Field types = fields.get("types");
        Field payload = fields.get(PAYLOAD);
        SchemaReader reader = new SchemaReader(problems);
        if (types.isPresent()) {
            types.entries().forEach(reader::declare);
        }
        Map<String, Type> byName = new LinkedHashMap<>();
        reader.nodes.forEach((type, node) -> byName.put(type, reader.type(node, type)));
        reader.refuseEndless(byName);
        payload.entries();
        if (payload.node().orElse(null) instanceof YamlMapping members) {
            Structure structure = reader.structure(members, PAYLOAD);
            name.text()
                    .ifPresent(text -> declared.add(
                            text, name.location(), file.layer(), new Schema(text, name.location(), structure, byName)));
        }
    }

    private void declare(Field.Entry entry) {
        String name = entry.key();
        if (names.contains(name)) {
            problems.add(
                    ErrorCode.BAD_TYPE,
                    entry.keyLocation(),
                    "'" + name + "' is a type of the language (expected another name for a type of your own)");
            return;
        }
        if (entry.value().node().isEmpty()) {
            problems.add(
                    ErrorCode.BAD_TYPE,
                    entry.keyLocation(),
                    "type '" + name + "' says nothing (expected a map, a list or a name)");
            return;
        }
        names.add(name);
        nodes.put(name, entry.value().node().get());
    }

    private Type type(YamlNode node, String path) {
        if (node instanceof YamlMapping members) {
            return structure(members, path);
        }
        if (node instanceof YamlSequence list) {
            if (list.items().size() != 1) {
                problems.add(
                        ErrorCode.BAD_TYPE,
                        node.location(),
                        "a list of " + list.items().size() + " types (expected the one type of its items)");
                return Simple.LIST;
            }
            return new ListOf(type(list.items().get(0), path + "[]"));
        }
        return choice((YamlScalar) node);
    }

    private Structure structure(YamlMapping node, String path) {
        List<Member> members = new ArrayList<>();
        for (YamlMapping.Entry entry : node.entries()) {
            String key = entry.key().text();
            boolean optional = key.length() > 1 && key.charAt(key.length() - 1) == OPTIONAL;
            String name = optional ? key.substring(0, key.length() - 1) : key;
            if (name.indexOf('*') != name.lastIndexOf('*')) {
                problems.add(
                        ErrorCode.BAD_TYPE, entry.key().location(), "'" + name + "' is no pattern (expected one *)");
            }
            if (members.stream().anyMatch(member -> member.name().equals(name))) {
                problems.add(
                        ErrorCode.BAD_TYPE,
                        entry.key().location(),
                        "'" + name + "' stands twice, with and without '?' (expected once)");
            }
            members.add(new Member(
                    name,
                    optional || name.contains("*"),
                    type(entry.value(), path + "." + name),
                    entry.key().location()));
        }
        return new Structure(path, members);
    }

    private Type choice(YamlScalar scalar) {
        List<Type> choices = new ArrayList<>();
        int at = 0;
        for (String part : scalar.text().split("\\|", -1)) {
            String name = part.strip();
            if (names.contains(name)) {
                choices.add(nodes.containsKey(name) ? new Named(name) : Simple.valueOf(name.toUpperCase(Locale.ROOT)));
            } else {
                problems.add(
                        ErrorCode.UNKNOWN_TYPE,
                        scalar.at(at + part.indexOf(name)),
                        "unknown type '" + name + "' (expected one of " + String.join(", ", names)
                                + Nearest.hint(name, names) + ")");
                choices.add(Simple.ANY);
            }
            at += part.length() + 1;
        }
        return choices.size() == 1 ? choices.get(0) : new AnyOf(choices);
    }

    /** A type may hold itself in a member, where a payload comes to an end; not as itself or as its own item. */
    private void refuseEndless(Map<String, Type> types) {
        types.forEach((name, type) -> {
            if (reaches(type, name, types, new LinkedHashSet<>())) {
                problems.add(
                        ErrorCode.BAD_TYPE,
                        Objects.requireNonNull(nodes.get(name)).location(),
                        "type '" + name + "' is made of itself (expected a map with names in between)");
                types.put(name, Simple.ANY);
            }
        });
    }

    private static boolean reaches(@Nullable Type from, String name, Map<String, Type> types, Set<String> seen) {
        if (from instanceof Named named) {
            return named.name().equals(name)
                    || (seen.add(named.name()) && reaches(types.get(named.name()), name, types, seen));
        }
        if (from instanceof ListOf list) {
            return reaches(list.item(), name, types, seen);
        }
        if (from instanceof Structure structure && structure.isMap()) {
            return reaches(structure.members().get(0).type(), name, types, seen);
        }
        return from instanceof AnyOf any
                && any.choices().stream().anyMatch(choice -> reaches(choice, name, types, seen));
    }
}
