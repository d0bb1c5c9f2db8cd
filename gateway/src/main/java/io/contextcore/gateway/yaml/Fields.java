package io.contextcore.gateway.yaml;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Problems;
import java.util.List;
import java.util.Optional;

/**
 * A map with known keys, read by its {@link Form}: what the form does not allow is told when this is made. Nothing throws:
 * what is wrong is added to the problems, and the value is then empty.
 */
public final class Fields {

    private final YamlMapping mapping;
    private final Form form;
    private final Problems problems;

    /** Complains of unknown keys, with the nearest known one, and of missing ones. */
    public Fields(YamlMapping mapping, Form form, Problems problems) {
        this.mapping = mapping;
        this.form = form;
        this.problems = problems;
        mapping.entries().forEach(entry -> known(entry.key()));
        form.keys().stream()
                .filter(key -> key.required() && !isPresent(key.name()))
                .forEach(key -> problems.add(
                        ErrorCode.MISSING_KEY, location(), form.what() + " needs the key '" + key.name() + "'"));
        form.choices().forEach(this::chosen);
    }

    /** The fields of a node that must be a map; otherwise a problem. */
    public static Optional<Fields> of(YamlNode node, Form form, Problems problems) {
        if (node instanceof YamlMapping mapping) {
            return Optional.of(new Fields(mapping, form, problems));
        }
        problems.add(
                ErrorCode.WRONG_TYPE,
                node.location(),
                node.describe() + " is not " + form.what() + " (expected a map)");
        return Optional.empty();
    }

    /** The field with this key; a key without a value counts as not there. */
    public Field get(String key) {
        Form.Key declared = form.key(key)
                .orElseThrow(() -> new AssertionError("'" + key + "' is not declared in the form of " + form.what()));
        return new Field(key, declared.shape(), value(key).orElse(null), location(), problems);
    }

    /** Whether the key has a value. */
    public boolean isPresent(String key) {
        return value(key).isPresent();
    }

    /** The entries whose keys the form does not name, where it allows them. */
    public List<Field.Entry> others() {
        Shape shape = form.others()
                .orElseThrow(() -> new AssertionError("no further keys are declared in the form of " + form.what()))
                .shape();
        return mapping.entries().stream()
                .filter(entry -> form.key(entry.key().text()).isEmpty())
                .filter(entry -> Field.isText(entry.key(), problems))
                .map(entry -> Field.entry(entry, shape, location(), problems))
                .toList();
    }

    public Location location() {
        return mapping.location();
    }

    public YamlMapping mapping() {
        return mapping;
    }

    private Optional<YamlNode> value(String key) {
        return mapping.get(key).filter(node -> !isEmpty(node));
    }

    private void known(YamlScalar key) {
        if (form.isPlanned(key.text())) {
            problems.add(ErrorCode.NOT_SUPPORTED, key.location(), "'" + key.text() + "' is not supported yet");
        } else if (form.key(key.text()).isEmpty() && form.others().isEmpty()) {
            problems.add(
                    ErrorCode.UNKNOWN_KEY,
                    key.location(),
                    "unknown key '" + key.text() + "' in " + form.what() + " (expected one of "
                            + String.join(", ", form.names()) + Nearest.hint(key.text(), form.names()) + ")");
        }
    }

    private void chosen(Form.Choice choice) {
        List<String> present = choice.keys().stream().filter(this::isPresent).toList();
        if (present.isEmpty()) {
            problems.add(
                    ErrorCode.MISSING_KEY,
                    location(),
                    form.what() + " needs one of the keys " + String.join(", ", choice.keys()));
        } else if (choice.only() && present.size() > 1) {
            problems.add(
                    ErrorCode.KEYS_DISAGREE,
                    location(),
                    form.what() + " has the keys " + String.join(", ", present) + " (expected one of them)");
        }
    }

    private static boolean isEmpty(YamlNode node) {
        return node instanceof YamlScalar scalar
                && !scalar.quoted()
                && scalar.text().isEmpty();
    }
}
