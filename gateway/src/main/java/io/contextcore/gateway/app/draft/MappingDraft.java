package io.contextcore.gateway.app.draft;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.contextcore.gateway.app.check.YamlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The part of a mapping that says what the sample becomes: a lifecycle that fits it, else a plain log of its members. */
final class MappingDraft {

    /** Text that means itself at the end of a line. */
    private static final Pattern PLAIN = Pattern.compile("[$A-Za-z][A-Za-z0-9_.$(){}'/\\[\\], -]*");

    private static final Pattern SECRET = Pattern.compile("(?i).*(secret|token|password|credential|signature).*");
    private static final int MOST_MEMBERS = 24;
    private static final int DEEPEST = 3;
    private static final int MOST_CHARS = 60;

    private final String name;
    private final Member root;
    private final Subject subject;
    private final SchemaDraft schema = new SchemaDraft();
    private final ObjectNode tables = JsonNodeFactory.instance.objectNode();
    private final ObjectNode conventions = JsonNodeFactory.instance.objectNode();
    private final List<String> lines = new ArrayList<>();
    private final String lifecycle;

    private MappingDraft(String name, Sample sample, List<Template> templates) {
        this.name = name;
        this.root = Member.root(sample.payload());
        this.subject = Subject.of(root);
        Optional<Template> fitting = templates.stream().filter(this::fits).findFirst();
        this.lifecycle = fitting.map(Template::lifecycle).orElse("");
        fitting.ifPresentOrElse(this::instance, this::log);
    }

    static MappingDraft of(String name, Sample sample, List<Template> templates) {
        return new MappingDraft(name, sample, templates);
    }

    String lines() {
        return String.join("\n", lines) + "\n";
    }

    SchemaDraft schema() {
        return schema;
    }

    ObjectNode tables() {
        return tables;
    }

    ObjectNode conventions() {
        return conventions;
    }

    Subject subject() {
        return subject;
    }

    /** Empty: there is none that fits. */
    String lifecycle() {
        return lifecycle;
    }

    private boolean fits(Template template) {
        return subject.id().isPresent()
                && template.rules().stream()
                        .filter(Template.Rule::needed)
                        .allMatch(rule -> member(rule).isPresent());
    }

    private Optional<Member> member(Template.Rule rule) {
        return rule.from().stream()
                .flatMap(path ->
                        subject.object().at(path).or(() -> root.at(path).filter(found -> path.contains("."))).stream())
                .filter(found -> rule.words().isEmpty() ? found.isName() : found.isText() && found.isName())
                .findFirst();
    }

    private void instance(Template template) {
        Member id = subject.id().orElseThrow(() -> new AssertionError("a template fits only what has an id"));
        lines.add("when: " + plain("has(" + id.expression("payload", 0) + ")"));
        if (!subject.object().path().isEmpty()) {
            lines.add("vars:");
            lines.add("  item: " + plain(subject.object().expression("payload", 0)));
        }
        lines.add("lifecycles:");
        lines.add("  - lifecycle: " + template.lifecycle());
        lines.add("    # What names it for ever: no other object of this source may have the same.");
        lines.add("    key: " + plain(name + "/${" + name(id) + "}"));
        subject.updated().ifPresent(time -> lines.add("    at: " + plain("${" + time(time, "time") + "}")));
        lines.add("    start: "
                + subject.created()
                        .or(subject::updated)
                        .map(time -> plain("${" + time(time, "time") + "}"))
                        .orElse("${received}"));
        subject.closed().ifPresent(time -> lines.add("    end: " + plain("${" + time(time, "time | null") + "}")));
        lines.add("    attributes:");
        template.rules()
                .forEach(rule -> value(rule)
                        .ifPresent(value -> lines.add("      " + text(rule.attribute()) + ": " + plain(value))));
    }

    private Optional<String> value(Template.Rule rule) {
        Optional<Member> found = member(rule);
        if (found.isEmpty()) {
            return Optional.ofNullable(rule.otherwise());
        }
        Member member = found.get();
        String read = name(member);
        String value = member.isWhole() ? "text(" + read + ")" : read;
        if (!rule.words().isEmpty()) {
            return Optional.of("${lookup('" + table(rule, member) + "', " + value + ", " + fallback(rule) + ")}");
        }
        return Optional.of(
                rule.project() ? "${coalesce(project_of(source, " + value + "), " + value + ")}" : "${" + value + "}");
    }

    private static String fallback(Template.Rule rule) {
        return rule.otherwise() == null ? "absent" : "'" + rule.otherwise() + "'";
    }

    /** The table of a rule's words, with the sample's own word among them. */
    private String table(Template.Rule rule, Member member) {
        String table = name + rule.attribute().substring(rule.attribute().lastIndexOf('.'));
        ObjectNode rows = tables.putObject(table);
        rule.words().forEach(rows::put);
        String word = member.value().textValue();
        boolean known = rule.words().keySet().stream().anyMatch(word::equalsIgnoreCase);
        if (!known && rule.otherwise() != null) {
            rows.put(word, rule.otherwise());
        }
        return table;
    }

    private void log() {
        Map<String, Member> members = new LinkedHashMap<>();
        scalars(root, members);
        lines.add("logs:");
        lines.add("  - event: " + name + ".received");
        subject.updated()
                .or(subject::created)
                .ifPresent(time ->
                        lines.add("    at: " + plain("${" + timeOf(time, members.containsValue(time)) + "}")));
        if (!members.isEmpty()) {
            lines.add("    attributes:");
        }
        members.forEach((attribute, member) -> {
            schema.read(member, type(member));
            conventions
                    .putObject(attribute)
                    .put("type", attributeType(member))
                    .put("meaning", "Member " + String.join(".", member.path()) + " of the payload.")
                    .put("stability", "development");
            lines.add("      " + text(attribute) + ": " + plain("${" + member.expression("payload", 0) + "}"));
        });
    }

    private String timeOf(Member member, boolean alsoAttribute) {
        if (!alsoAttribute) {
            schema.read(member, "time");
        }
        return member.expression("payload", 0);
    }

    /** Breadth first, so that what is near the top is there. */
    private void scalars(Member object, Map<String, Member> found) {
        List<Member> level = List.of(object);
        for (int depth = 0; depth < DEEPEST; depth++) {
            List<Member> below = new ArrayList<>();
            for (Member each : level) {
                for (Member member : each.members()) {
                    boolean scalar = member.value().isTextual()
                            || member.value().isBoolean()
                            || member.isWhole()
                            || member.isFraction();
                    if (scalar
                            && found.size() < MOST_MEMBERS
                            && !SECRET.matcher(member.name()).matches()) {
                        found.put(free(member, found), member);
                    }
                    below.add(member);
                }
            }
            level = below;
        }
    }

    private String free(Member member, Map<String, Member> taken) {
        String path = String.join(".", member.path()).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "_");
        String tidy = path.replaceAll("\\.+", ".").replaceAll("^[._]+|[._]+$", "");
        String cut = tidy.length() > MOST_CHARS ? tidy.substring(0, MOST_CHARS) : tidy;
        String wanted = SourceDraft.prefix(name) + "." + (cut.isEmpty() ? "member" : cut.replaceAll("[._]+$", ""));
        String attribute = wanted;
        for (int i = 2; taken.containsKey(attribute); i++) {
            attribute = wanted + "_" + i;
        }
        return attribute;
    }

    private static String type(Member member) {
        return member.value().isTextual()
                ? "string"
                : member.value().isBoolean() ? "boolean" : member.isWhole() ? "int" : "number";
    }

    private static String attributeType(Member member) {
        return type(member).equals("number") ? "double" : type(member);
    }

    private String name(Member member) {
        schema.read(member, type(member));
        return read(member);
    }

    private String time(Member member, String type) {
        schema.read(member, type);
        return read(member);
    }

    private String read(Member member) {
        Member object = subject.object();
        return !object.path().isEmpty() && member.isWithin(object)
                ? member.expression("item", object.path().size())
                : member.expression("payload", 0);
    }

    private static String text(String text) {
        return YamlText.flow(TextNode.valueOf(text));
    }

    /** A template or an expression at the end of a line. */
    private static String plain(String text) {
        return PLAIN.matcher(text).matches() && !text.endsWith(" ")
                ? text
                : TextNode.valueOf(text).toString();
    }
}
