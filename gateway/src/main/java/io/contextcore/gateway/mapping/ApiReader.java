package io.contextcore.gateway.mapping;

import static io.contextcore.gateway.yaml.Form.Key.optional;
import static io.contextcore.gateway.yaml.Form.Key.required;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.model.Api;
import io.contextcore.gateway.model.Api.Parameter;
import io.contextcore.gateway.model.Api.Route;
import io.contextcore.gateway.model.Api.Type;
import io.contextcore.gateway.model.Schema;
import io.contextcore.gateway.model.Schema.Simple;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code api:} of a kind's file: its calls, and what they may say. */
final class ApiReader {

    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._-]+)+");
    private static final Pattern ROUTE_PATH = Pattern.compile("(/([A-Za-z0-9._-]+|\\{[a-z][a-z0-9_]*}))+");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Pattern CALL_NAME = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");
    private static final Pattern COMMAND =
            Pattern.compile("([a-z][a-z-]*|\\{[a-z][a-z0-9_]*})( ([a-z][a-z-]*|\\{[a-z][a-z0-9_]*}))*");

    /** The member of a call's name, and what commands have options for that are the same for all. */
    private static final List<String> RESERVED = List.of(Api.CALL, "data", "gateway", "help", "token", "version");

    private static final Form PARAMETER = Form.of(
            "a parameter",
            required("type", Shape.words(Type.class), "what it is, in JSON"),
            required("meaning", Shape.TEXT, "what it says, for people"),
            optional("values", Shape.list(Shape.TEXT), "nothing else is allowed"),
            optional(
                    "files",
                    Shape.TEXT,
                    "what texts begin with that go on with the path of a file: a command looks for it before it says so"),
            optional(
                    "environment",
                    Shape.TEXT,
                    "variable of the environment that commands take it from if it is not given"));

    private static final Form ROUTE = Form.of(
            "a route",
            required("post", Shape.TEXT, "path below that of the API; `{name}` stands for a parameter"),
            required("call", Shape.TEXT, "name of the call: what mappings see as `payload.call`"),
            required("meaning", Shape.TEXT, "what it says, for people"),
            optional("needs", Shape.list(Shape.TEXT), "parameters that must be there; those of the path must anyway"),
            optional("takes", Shape.list(Shape.TEXT), "parameters that may be there"),
            optional("command", Shape.TEXT, "words of the command that makes the call; `{name}` is an operand"),
            optional("example", Shape.TEXT, "what may stand behind the command's words; a command has one"));

    static final Form FORM = Form.of(
            "an api",
            required("title", Shape.TEXT, "its name, for people"),
            required("meaning", Shape.TEXT, "what it is for, for people"),
            required("path", Shape.TEXT, "where its routes begin, unless the source says `path`"),
            required("calls", Shape.TEXT, "where calls are taken whole, one or a list; below `path`"),
            optional("headers", Shape.map(Shape.TEXT), "headers of a request, beside the proof: name to meaning"),
            optional("commands", Shape.map(Shape.TEXT), "first words of commands: word to meaning"),
            required("parameters", Shape.map(Shape.of(PARAMETER)), "what calls may say, by name"),
            optional("always", Shape.list(Shape.TEXT), "parameters that every call may have"),
            required("routes", Shape.list(Shape.of(ROUTE)), "the calls"));

    private final Problems problems;

    ApiReader(Problems problems) {
        this.problems = problems;
    }

    Api read(Fields fields) {
        Map<String, Parameter> parameters = parameters(fields.get("parameters"));
        List<String> always = names(fields.get("always"), parameters);
        return new Api(
                fields.get("title").text().orElse(""),
                fields.get("meaning").text().orElse(""),
                fitting(fields.get("path"), PATH, "`/` and a word, or several"),
                fitting(fields.get("calls"), PATH, "`/` and a word, or several"),
                texts(fields.get("headers")),
                texts(fields.get("commands")),
                parameters,
                routes(fields.get("routes"), parameters, always));
    }

    /** What the calls of a kind may say, as mappings read it: any member may be missing. */
    static Schema schema(String kind, Api api, Fields file) {
        Location place = file.get("api").location();
        List<Schema.Member> members = new ArrayList<>();
        members.add(new Schema.Member(Api.CALL, false, Simple.STRING, place));
        api.parameters()
                .forEach((name, parameter) -> members.add(new Schema.Member(
                        name, true, new Schema.AnyOf(List.of(type(parameter.type()), Simple.NULL)), place)));
        return new Schema(kind, place, new Schema.Structure("payload", members), Map.of());
    }

    private static Schema.Type type(Type type) {
        return switch (type) {
            case STRING -> Simple.STRING;
            case NUMBER -> Simple.NUMBER;
            case TIME -> Simple.TIME;
            case STRINGS -> new Schema.ListOf(Simple.STRING);
        };
    }

    private Map<String, Parameter> parameters(Field field) {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        for (Field.Entry entry : field.entries()) {
            String name = entry.key();
            if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
                problems.add(
                        ErrorCode.NOT_ALLOWED,
                        entry.keyLocation(),
                        "'" + name + "' cannot be a parameter (expected: lower-case letters, digits and '_', none of "
                                + String.join(", ", RESERVED) + ")");
            }
            entry.value()
                    .fields(PARAMETER)
                    .ifPresent(fields -> parameters.put(
                            name,
                            new Parameter(
                                    name,
                                    fields.get("type").oneOf(Type.class).orElse(Type.STRING),
                                    fields.isPresent("values")
                                            ? fields.get("values").texts()
                                            : List.of(),
                                    fields.get("meaning").text().orElse(""),
                                    text(fields, "environment"),
                                    text(fields, "files"))));
        }
        return parameters;
    }

    private List<Route> routes(Field field, Map<String, Parameter> parameters, List<String> always) {
        List<Route> routes = new ArrayList<>();
        for (Field item : field.items()) {
            item.fields(ROUTE).ifPresent(fields -> {
                Route route = route(fields, parameters, always);
                refuseTwice(route, routes, fields);
                routes.add(route);
            });
        }
        return routes;
    }

    private Route route(Fields fields, Map<String, Parameter> parameters, List<String> always) {
        String path = fitting(fields.get("post"), ROUTE_PATH, "`/` and words or `{name}`s");
        Set<String> needs = new LinkedHashSet<>();
        Api.segments(path).forEach(segment -> Api.name(segment).ifPresent(needs::add));
        known(needs, parameters, fields.get("post"));
        needs.addAll(names(fields.get("needs"), parameters));
        Set<String> takes = new LinkedHashSet<>(names(fields.get("takes"), parameters));
        takes.addAll(always);
        takes.removeAll(needs);
        Field command = fields.get("command");
        List<String> words = command.isPresent()
                ? List.of(fitting(command, COMMAND, "words and `{name}`s").split(" "))
                : List.of();
        known(words.stream().flatMap(word -> Api.name(word).stream()).toList(), parameters, command);
        return new Route(
                path,
                fitting(fields.get("call"), CALL_NAME, "lower-case words with dots between them"),
                fields.get("meaning").text().orElse(""),
                List.copyOf(needs),
                List.copyOf(takes),
                words,
                example(fields, command));
    }

    private static String example(Fields fields, Field command) {
        Field example = fields.get("example");
        if (command.isPresent() != example.isPresent()) {
            (command.isPresent() ? command : example)
                    .problem(
                            ErrorCode.KEYS_DISAGREE,
                            "a command and its example stand together (expected both of them, or none)");
        }
        return example.isPresent() ? example.text().orElse("") : "";
    }

    private void refuseTwice(Route route, List<Route> routes, Fields fields) {
        for (Route other : routes) {
            if (other.call().equals(route.call())) {
                twice(fields.get("call"), "the call '" + route.call() + "'");
            }
            if (other.match(route.path()).isPresent()
                    || route.match(other.path()).isPresent()) {
                twice(fields.get("post"), "the path '" + route.path() + "'");
            }
            if (!route.command().isEmpty() && words(other).equals(words(route))) {
                twice(fields.get("command"), "the command '" + String.join(" ", words(route)) + "'");
            }
        }
    }

    private static List<String> words(Route route) {
        return route.command().stream().filter(word -> Api.name(word).isEmpty()).toList();
    }

    private void twice(Field field, String what) {
        field.problem(ErrorCode.DUPLICATE_NAME, what + " exists already (expected another one)");
    }

    private static List<String> names(Field field, Map<String, Parameter> parameters) {
        if (!field.isPresent()) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (Field item : field.items()) {
            List<String> name = item.text().stream().toList();
            known(name, parameters, item);
            names.addAll(name);
        }
        return names.stream().filter(parameters::containsKey).toList();
    }

    private static void known(Iterable<String> names, Map<String, Parameter> parameters, Field place) {
        for (String name : names) {
            if (!parameters.containsKey(name)) {
                place.problem(
                        ErrorCode.NOT_ALLOWED,
                        "'" + name + "' is no parameter (expected one of " + String.join(", ", parameters.keySet())
                                + Nearest.hint(name, parameters.keySet()) + ")");
            }
        }
    }

    private static Map<String, String> texts(Field field) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (field.isPresent()) {
            field.entries().forEach(entry -> entry.value().text().ifPresent(text -> texts.put(entry.key(), text)));
        }
        return texts;
    }

    private static @Nullable String text(Fields fields, String key) {
        return fields.isPresent(key) ? fields.get(key).text().orElse(null) : null;
    }

    private static String fitting(Field field, Pattern pattern, String expected) {
        String text = field.text().orElse("");
        if (!text.isEmpty() && !pattern.matcher(text).matches()) {
            field.problem(ErrorCode.NOT_ALLOWED, "'" + text + "' cannot stand here (expected: " + expected + ")");
        }
        return text;
    }
}
