package io.contextcore.gateway.app.draft;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.contextcore.gateway.app.check.YamlText;
import io.contextcore.gateway.yaml.ApiVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The first files of a new source: its kind, the source, a mapping, the schema of what it reads, and a test. They are a
 * guess, and they work: they pass a strict reader, and the test passes once its expectation is filled with what comes out.
 *
 * @param files text by name, in the order in which a person reads them
 * @param event of the sample; empty: nothing tells it
 * @param guesses what a person should look at first, a line each
 */
public record SourceDraft(Map<String, String> files, String event, List<String> guesses) {

    /** Names that can stand in a path, in names of attributes and in those of headers. */
    public static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private static final Set<String> TAKEN = Set.of("kind", "source", "tables", "conventions");
    private static final String VERSION = ApiVersion.KEY + ": " + ApiVersion.KNOWN + "\n";
    private static final int MOST_CHARS = 40;
    private static final Instant OLDEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant NEWEST = Instant.parse("2262-01-01T00:00:00Z");

    /** @param templates how mappings to the lifecycles that there are can be guessed; the first that fits is taken */
    public static SourceDraft of(String name, Sample sample, List<Template> templates) {
        Request request = Request.of(name, sample);
        MappingDraft mapping = MappingDraft.of(name, sample, templates);
        String slug = slug(request.event());
        Map<String, String> files = new LinkedHashMap<>();
        files.put("kind.yaml", kind(name, request, slug));
        files.put("source.yaml", source(name));
        files.put(slug + ".yaml", mapping(name, slug, request, mapping));
        files.put(
                slug + ".schema.yaml",
                "# What the mapping reads of the payload.\n" + VERSION + "schema: " + name + "." + slug + "\npayload:"
                        + mapping.schema().yaml() + "\n");
        if (!mapping.tables().isEmpty()) {
            files.put("tables.yaml", "# What the sender's words mean.\n" + section("tables", mapping.tables()));
        }
        if (!mapping.conventions().isEmpty()) {
            files.put("conventions.yaml", section("conventions", mapping.conventions()));
        }
        files.put(slug + ".json", sample.text());
        files.put(slug + ".test.yaml", test(name, slug, request, mapping.subject()));
        return new SourceDraft(files, request.event(), guesses(request, mapping, slug));
    }

    /** What the names of the attributes of a source of its own start with. */
    public static String prefix(String source) {
        return source.replace('-', '_');
    }

    private static String kind(String name, Request request, String slug) {
        StringBuilder text = new StringBuilder(VERSION);
        text.append("kind: ").append(name).append("\nverify:\n  - ").append(request.proof());
        text.append("\nevent: ").append(line(request.eventFrom())).append('\n');
        if (request.deliveryFrom() != null) {
            text.append("delivery_id: ").append(line(request.deliveryFrom())).append('\n');
        }
        ObjectNode send = JsonNodeFactory.instance.objectNode();
        if (!request.sent().isEmpty()) {
            ObjectNode headers = send.putObject("headers");
            request.sent().forEach(headers::put);
        }
        ObjectNode example = send.putObject("example").put("file", slug + ".json");
        if (!request.event().isEmpty()) {
            example.put("event", request.event());
        }
        return text.append("# How `contextcore send` and `dev` play the sender.\nsend:\n  ")
                .append(YamlText.block(send, 2))
                .append('\n')
                .toString();
    }

    private static String source(String name) {
        String variable = name.toUpperCase(Locale.ROOT).replace('-', '_') + "_SECRET";
        return "# Posts to /webhooks/" + name + ". `contextcore dev` makes a secret by itself.\n" + VERSION + "source: "
                + name + "\nkind: " + name + "\nsecret: env:" + variable + "\n";
    }

    private static String mapping(String name, String slug, Request request, MappingDraft mapping) {
        String events = request.event().isEmpty() ? "\"*\"" : "[" + YamlText.flow(text(request.event())) + "]";
        return VERSION + "mapping: " + name + "." + slug + "\nkind: " + name + "\nschema: " + name + "." + slug
                + "\nevents: " + events + "\n" + mapping.lines();
    }

    private static String section(String key, ObjectNode value) {
        return VERSION + key + ":\n  " + YamlText.block(value, 2) + "\n";
    }

    private static String test(String name, String slug, Request request, Subject subject) {
        ObjectNode test = JsonNodeFactory.instance.objectNode();
        test.put("name", "the sample");
        if (!request.headers().isEmpty()) {
            ObjectNode headers = test.putObject("headers");
            request.headers().forEach(headers::put);
        }
        test.put("file", slug + ".json");
        Stream.of(subject.created(), subject.updated(), subject.closed())
                .flatMap(Optional::stream)
                .flatMap(member -> member.time().stream())
                .max(Comparator.naturalOrder())
                .filter(time -> time.isAfter(OLDEST) && time.isBefore(NEWEST))
                .ifPresent(time -> test.put("received", time.plusSeconds(1).toString()));
        return VERSION + "kind: " + name + "\ntests:\n  - " + YamlText.block(test, 4) + "\n    expect: {}\n";
    }

    private static List<String> guesses(Request request, MappingDraft mapping, String slug) {
        List<String> guesses = new ArrayList<>();
        guesses.add("kind.yaml: requests are proved by "
                + request.proof().replaceFirst(":.*header: ([^,}]*).*", " in the header $1")
                + "; the event is " + request.eventFrom() + "; the delivery id is "
                + (request.deliveryFrom() == null ? "the body's hash" : request.deliveryFrom()));
        String object = mapping.subject().object().expression("payload", 0);
        guesses.add(slug + ".yaml: "
                + (mapping.lifecycle().isEmpty()
                        ? "a log record with the members of the payload: no lifecycle fits the sample"
                        : "the lifecycle '" + mapping.lifecycle() + "', of " + object));
        if (!mapping.tables().isEmpty()) {
            guesses.add("tables.yaml: what the sender's words mean");
        }
        return List.copyOf(guesses);
    }

    private static String slug(String event) {
        String slug =
                event.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        String cut = slug.length() > MOST_CHARS ? slug.substring(0, MOST_CHARS).replaceAll("-+$", "") : slug;
        return cut.isEmpty() ? "event" : TAKEN.contains(cut) ? cut + "-event" : cut;
    }

    private static String line(String expression) {
        return expression.matches("[A-Za-z0-9_.'\\[\\]-]+")
                ? expression
                : text(expression).toString();
    }

    private static TextNode text(String text) {
        return TextNode.valueOf(text);
    }
}
