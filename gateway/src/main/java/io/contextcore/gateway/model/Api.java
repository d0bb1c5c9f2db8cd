package io.contextcore.gateway.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Calls that a kind of source takes over HTTP and from a shell. A call is a JSON object: its name under {@link #CALL}, and
 * its parameters. It is kept as such, whichever way it came, and mapped as any delivery is.
 *
 * @param title of the API as a whole
 * @param meaning what it is for, for people
 * @param path where its routes begin, unless the source names another path; from the slash on, none at its end
 * @param calls where whole calls are taken, one or a list; below {@code path}
 * @param headers of requests, beside the proof: name to meaning
 * @param commands groups of commands: name to meaning
 * @param parameters of all routes, by name
 */
public record Api(
        String title,
        String meaning,
        String path,
        String calls,
        Map<String, String> headers,
        Map<String, String> commands,
        Map<String, Parameter> parameters,
        List<Route> routes) {

    /** The member of a call that holds its name. */
    public static final String CALL = "call";

    public Api {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        commands = Collections.unmodifiableMap(new LinkedHashMap<>(commands));
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        routes = List.copyOf(routes);
    }

    /** What a parameter may be, in JSON. */
    public enum Type {
        /** Text that is not blank. */
        STRING("text"),
        NUMBER("a number"),
        /** RFC 3339, with its offset. */
        TIME("a time, RFC 3339: 2026-03-02T10:00:00Z"),
        /** A list of texts that are not blank. */
        STRINGS("a list of texts");

        private final String expected;

        Type(String expected) {
            this.expected = expected;
        }

        private boolean fits(JsonNode value) {
            return switch (this) {
                case STRING -> value.isTextual() && !value.textValue().isBlank();
                case NUMBER -> value.isNumber();
                case TIME -> value.isTextual() && isTime(value.textValue());
                case STRINGS ->
                    value.isArray()
                            && StreamSupport.stream(value.spliterator(), false).allMatch(STRING::fits);
            };
        }

        private static boolean isTime(String text) {
            try {
                OffsetDateTime.parse(text);
                return true;
            } catch (DateTimeException e) {
                return false;
            }
        }
    }

    /**
     * What a call may say.
     *
     * @param values that are allowed; none: any
     * @param environment variable of the environment that commands take it from where it is not given; null: none
     * @param files what texts begin with that go on with the path of a file, which a command looks for before it says so;
     *     null: none name files
     */
    public record Parameter(
            String name,
            Type type,
            List<String> values,
            String meaning,
            @Nullable String environment,
            @Nullable String files) {

        public Parameter {
            values = List.copyOf(values);
        }

        /** Whether it may have this value. */
        public boolean fits(JsonNode value) {
            return type.fits(value) && (values.isEmpty() || values.contains(value.textValue()));
        }

        /** What is expected of it, for messages. */
        public String expected() {
            return values.isEmpty() ? type.expected : "one of " + String.join(", ", values);
        }
    }

    /**
     * One sort of call.
     *
     * @param path below that of the API; {@code {name}} stands for a parameter
     * @param needs parameters that must be there, those of the path too
     * @param takes those that may be there
     * @param command words and {@code {name}}s of the command that makes it; empty: none
     * @param example of that command, with what stands behind its words; empty: no command
     */
    public record Route(
            String path,
            String call,
            String meaning,
            List<String> needs,
            List<String> takes,
            List<String> command,
            String example) {

        public Route {
            needs = List.copyOf(needs);
            takes = List.copyOf(takes);
            command = List.copyOf(command);
        }

        /** All that it may say. */
        public List<String> parameters() {
            return Stream.concat(needs.stream(), takes.stream()).toList();
        }

        /** The parameters that stand in a path of this route; empty: it is none of this route. */
        public Optional<Map<String, String>> match(String requested) {
            List<String> wanted = segments(path);
            List<String> found = segments(requested);
            if (wanted.size() != found.size()) {
                return Optional.empty();
            }
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < wanted.size(); i++) {
                Optional<String> name = name(wanted.get(i));
                Optional<String> value = decoded(found.get(i)).filter(text -> !text.isBlank());
                if (name.isPresent() && value.isPresent()) {
                    values.put(name.get(), value.get());
                } else if (!wanted.get(i).equals(found.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(values);
        }
    }

    /** The parameter that {@code {name}} stands for; empty: it is a word. */
    public static Optional<String> name(String word) {
        return word.startsWith("{") && word.endsWith("}")
                ? Optional.of(word.substring(1, word.length() - 1))
                : Optional.empty();
    }

    /** The parts of a path between its slashes. */
    public static List<String> segments(String path) {
        return List.of(path.substring(Math.min(1, path.length())).split("/", -1));
    }

    /** Where the routes of a source begin. */
    public String base(Source source) {
        return source.path().equals(Source.WEBHOOKS + source.name()) ? path : source.path();
    }

    /** The route of a call's name. */
    public Optional<Route> route(String call) {
        return routes.stream().filter(route -> route.call().equals(call)).findFirst();
    }

    /** Whether anything is taken at this path, which starts below the API's. */
    public boolean takes(String below) {
        return below.equals(calls)
                || routes.stream().anyMatch(route -> route.match(below).isPresent());
    }

    /** Percent-encoding of RFC 3986, where a plus stands for itself; empty: it is malformed. */
    private static Optional<String> decoded(String segment) {
        try {
            return Optional.of(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
