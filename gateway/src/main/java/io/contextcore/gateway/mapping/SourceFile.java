package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.yaml.ApiVersion;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Shape;
import io.contextcore.gateway.yaml.YamlMapping;
import io.contextcore.gateway.yaml.YamlNode;
import io.contextcore.gateway.yaml.YamlReader;
import io.contextcore.gateway.yaml.YamlScalar;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file of the language, read and not yet understood.
 *
 * @param head its first key after the version: what the file is
 * @param layer number of its folder: what a later one says counts
 */
record SourceFile(Head head, int layer, YamlMapping root) {

    private static final String DISABLED = "disabled";

    enum Head {
        KIND,
        SOURCE,
        MAPPING,
        LIFECYCLE,
        TABLES,
        CONVENTIONS,
        REDACTION,
        SCHEMA;

        String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** Whether such a file declares one thing, under the name at its head. */
        boolean named() {
            return OFF.containsKey(this);
        }

        /** The form of a file that only switches off what an earlier folder declares. */
        Form off() {
            return Objects.requireNonNull(OFF.get(this), "only what has a name can be switched off");
        }

        private static final Map<Head, Form> OFF = Stream.of(KIND, SOURCE, MAPPING, LIFECYCLE, SCHEMA)
                .collect(Collectors.toUnmodifiableMap(head -> head, Head::offForm));

        private static Form offForm(Head head) {
            return Form.of(
                    "a " + head.key() + " file that switches off",
                    ApiVersion.DECLARED,
                    Form.Key.required(head.key(), Shape.TEXT, "name of the " + head.key() + " of an earlier folder"),
                    Form.Key.required(
                            DISABLED, Shape.words("true"), "true: it is as if the earlier folder did not have it"));
        }
    }

    private static final List<String> HEADS =
            java.util.Arrays.stream(Head.values()).map(Head::key).toList();

    static Optional<SourceFile> read(String file, int layer, String text, Problems problems) {
        return YamlReader.read(file, text, problems).flatMap(node -> {
            if (!(node instanceof YamlMapping root) || root.entries().isEmpty()) {
                problems.add(
                        ErrorCode.UNKNOWN_HEAD,
                        node.location(),
                        node.describe() + " is not a file of the mapping language (expected a map)");
                return Optional.empty();
            }
            boolean understood = ApiVersion.check(root, problems);
            YamlScalar first =
                    ApiVersion.head(root).orElse(root.entries().get(0)).key();
            if (!understood) {
                return Optional.empty();
            }
            int head = HEADS.indexOf(first.text());
            if (head < 0) {
                problems.add(
                        ErrorCode.UNKNOWN_HEAD,
                        first.location(),
                        "a file cannot start with '" + first.text() + "' (expected one of " + String.join(", ", HEADS)
                                + Nearest.hint(first.text(), HEADS) + ")");
                return Optional.empty();
            }
            return Optional.of(new SourceFile(Head.values()[head], layer, root));
        });
    }

    /** The value of the head key: a name, where the file declares one thing. */
    YamlNode named() {
        return ApiVersion.head(root).orElseThrow().value();
    }

    /** The name at its head; empty where files of this sort have none, or it is no single value. */
    Optional<YamlScalar> name() {
        return head.named() && named() instanceof YamlScalar scalar ? Optional.of(scalar) : Optional.empty();
    }

    boolean isNamedAs(SourceFile other) {
        return head == other.head
                && name().map(YamlScalar::text).equals(other.name().map(YamlScalar::text));
    }

    /** Whether it says {@code disabled: true}. */
    boolean isOff() {
        return name().isPresent()
                && root.get(DISABLED)
                        .filter(node -> node instanceof YamlScalar scalar
                                && scalar.text().equals("true"))
                        .isPresent();
    }

    /** @param form of files with this head: {@link #form} */
    Fields fields(Form form, Problems problems) {
        return new Fields(root, form, problems);
    }

    /** The form of files of a sort: what all have in common, and the keys of this one. */
    static Form form(Head head, Form.Key... keys) {
        return Form.of("a " + head.key() + " file", ApiVersion.DECLARED).with(keys);
    }
}
