package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.yaml.ApiVersion;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.YamlMapping;
import io.contextcore.gateway.yaml.YamlNode;
import io.contextcore.gateway.yaml.YamlReader;
import io.contextcore.gateway.yaml.YamlScalar;
import java.util.List;
import java.util.Optional;

/**
 * A file of the language, read and not yet understood.
 *
 * @param head its first key after the version: what the file is
 */
record SourceFile(Head head, YamlMapping root) {

    enum Head {
        KIND,
        MAPPING,
        LIFECYCLE,
        TABLES,
        CONVENTIONS,
        REDACTION,
        SCHEMA;

        String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static final List<String> HEADS =
            java.util.Arrays.stream(Head.values()).map(Head::key).toList();

    static Optional<SourceFile> read(String file, String text, Problems problems) {
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
            return Optional.of(new SourceFile(Head.values()[head], root));
        });
    }

    /** The value of the head key: a name, where the file declares one thing. */
    YamlNode named() {
        return ApiVersion.head(root).orElseThrow().value();
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
