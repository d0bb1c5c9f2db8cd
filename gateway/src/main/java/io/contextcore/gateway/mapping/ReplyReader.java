package io.contextcore.gateway.mapping;

import static io.contextcore.gateway.yaml.Form.Key.optional;
import static io.contextcore.gateway.yaml.Form.Key.required;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.expression.Variables;
import io.contextcore.gateway.mapping.Mapping.ReplyNode;
import io.contextcore.gateway.mapping.Mapping.ReplyRule;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Shape;
import io.contextcore.gateway.yaml.YamlMapping;
import io.contextcore.gateway.yaml.YamlNode;
import io.contextcore.gateway.yaml.YamlScalar;
import io.contextcore.gateway.yaml.YamlSequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a mapping file answers the sender. */
final class ReplyReader {

    /** A media type with parameters that need no quotes, RFC 9110 section 8.3.1. */
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[\\w!#$&^.+-]+/[\\w!#$&^.+-]+(; ?[\\w-]+=[\\w.+-]+)*", Pattern.CASE_INSENSITIVE);

    private static final Form REPLY = Form.of(
            "a reply",
            RuleParts.WHEN,
            optional(
                    "content_type",
                    Shape.TEXT,
                    "media type of the body; default: application/json, of a text text/plain"),
            required(
                    "body",
                    Shape.ANYTHING,
                    "maps and lists of templates, sent as JSON; or one template, whose text is sent as it is"));

    /** Key of a mapping file. */
    static final Form.Key FORM_KEY =
            optional("reply", Shape.of(REPLY), "what the sender is answered, instead of the usual acknowledgement");

    private final Reading reading;
    private final RuleParts parts;
    private final Variables variables;

    ReplyReader(Reading reading, RuleParts parts, Variables variables) {
        this.reading = reading;
        this.parts = parts;
        this.variables = variables;
    }

    @Nullable ReplyRule reply(Field field) {
        return field.isPresent() ? field.fields(REPLY).map(this::reply).orElse(null) : null;
    }

    private ReplyRule reply(Fields fields) {
        return new ReplyRule(
                parts.condition(fields, FORM_KEY.name(), variables),
                contentType(fields.get("content_type")),
                fields.get("body")
                        .node()
                        .map(node -> node(node, "reply.body"))
                        .orElse(new ReplyNode.Leaf(Parts.nothing("reply.body", fields.location()))));
    }

    private static @Nullable String contentType(Field field) {
        String type = field.isPresent() ? field.text().orElse(null) : null;
        if (type != null && !MEDIA_TYPE.matcher(type).matches()) {
            field.problem(
                    ErrorCode.WRONG_TYPE,
                    "content_type: '" + type + "' does not fit (expected a media type such as application/json)");
        }
        return type;
    }

    private ReplyNode node(YamlNode node, String what) {
        if (node instanceof YamlMapping mapping) {
            Map<String, ReplyNode> members = new LinkedHashMap<>();
            for (YamlMapping.Entry entry : mapping.entries()) {
                String name = entry.key().text();
                members.put(name, node(entry.value(), what + "." + name));
            }
            return new ReplyNode.Members(members);
        }
        if (node instanceof YamlSequence sequence) {
            List<ReplyNode> items = new ArrayList<>();
            sequence.items().forEach(item -> items.add(node(item, what + "[" + items.size() + "]")));
            return new ReplyNode.Items(items);
        }
        Part part = reading.template((YamlScalar) node, what, variables);
        return new ReplyNode.Leaf(part == null ? Parts.nothing(what, node.location()) : part);
    }
}
