package io.contextcore.gateway.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.mapping.CallKind;
import io.contextcore.gateway.model.Api;
import io.contextcore.gateway.model.Api.Parameter;
import io.contextcore.gateway.model.Api.Route;
import io.contextcore.gateway.model.Api.Type;
import io.contextcore.gateway.model.StrictJson;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Makes one call: a command for a route of the table. */
final class CallCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final CallKind kind;
    private final Route route;
    private final CallTarget target;
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

    CallCommand(Surroundings surroundings, CallKind kind, Route route) {
        this.surroundings = surroundings;
        this.kind = kind;
        this.route = route;
        this.target = new CallTarget(surroundings, kind);
    }

    /** The command line that the table asks for. */
    CommandSpec spec() {
        spec.mixinStandardHelpOptions(true);
        spec.usageMessage()
                .description(route.meaning())
                .sortOptions(false)
                .footer(
                        "",
                        "Exit code 0 if the gateway has kept the call, else 1. An empty text says that there is none.",
                        "",
                        example(route));
        List<String> operands = operands();
        operands.forEach(name -> spec.addPositional(PositionalParamSpec.builder()
                .index(String.valueOf(operands.indexOf(name)))
                .paramLabel(name.toUpperCase(Locale.ROOT))
                .type(String.class)
                .required(true)
                .description(description(parameter(name)))
                .build()));
        route.parameters().stream()
                .filter(name -> !operands.contains(name))
                .forEach(name -> spec.addOption(option(parameter(name))));
        target.declare(spec);
        return spec;
    }

    /** The route's example as a line of a help text. */
    static String example(Route route) {
        return "  contextcore "
                + String.join(
                        " ",
                        route.command().stream()
                                .filter(word -> Api.name(word).isEmpty())
                                .toList())
                + " " + route.example();
    }

    @Override
    public Integer call() {
        ParseResult given = spec.commandLine().getParseResult();
        byte[] body = StrictJson.write(callOf(given));
        HttpCaller.Answer answer = target.post(given, body, Map.of());
        PrintWriter out = answer.isSuccess()
                ? spec.commandLine().getOut()
                : spec.commandLine().getErr();
        out.println(Plain.text(answer.text().strip()));
        out.flush();
        return answer.isSuccess() ? ExitCode.DONE : ExitCode.NO;
    }

    private ObjectNode callOf(ParseResult given) {
        ObjectNode call = JsonNodeFactory.instance.objectNode().put(Api.CALL, route.call());
        List<String> operands = operands();
        for (String name : route.parameters()) {
            Parameter parameter = parameter(name);
            int operand = operands.indexOf(name);
            List<String> said =
                    operand >= 0 ? List.of(given.matchedPositionalValue(operand, "")) : said(given, parameter);
            if (!said.isEmpty()) {
                call.set(name, value(parameter, said));
            }
        }
        return call;
    }

    /** What the options say, else the environment. */
    private List<String> said(ParseResult given, Parameter parameter) {
        String option = option(parameter.name());
        if (given.hasMatchedOption(option)) {
            return parameter.type() == Type.STRINGS
                    ? given.matchedOptionValue(option, List.<String>of())
                    : List.of(given.matchedOptionValue(option, ""));
        }
        String variable = parameter.environment();
        String value = variable == null ? null : surroundings.environment().get(variable);
        if (value != null && !value.isBlank()) {
            return List.of(value);
        }
        if (route.needs().contains(parameter.name())) {
            throw new UserError(
                    "nothing is said of " + parameter.name() + " (expected: " + option + ", or $" + variable + ")");
        }
        return List.of();
    }

    private JsonNode value(Parameter parameter, List<String> said) {
        said.forEach(text -> lookFor(parameter.files(), text));
        JsonNode value = json(parameter, said);
        boolean none = value.isNull() && !route.needs().contains(parameter.name());
        if (!none && !parameter.fits(value)) {
            throw new UserError(
                    parameter.name() + ": '" + said.get(0) + "' does not fit (expected " + parameter.expected() + ")");
        }
        return value;
    }

    private static JsonNode json(Parameter parameter, List<String> said) {
        if (said.size() == 1 && said.get(0).isBlank()) {
            return NullNode.getInstance();
        }
        return switch (parameter.type()) {
            case STRING, TIME -> JsonNodeFactory.instance.textNode(said.get(0));
            case NUMBER -> number(said.get(0));
            case STRINGS -> {
                ArrayNode list = JsonNodeFactory.instance.arrayNode();
                said.forEach(list::add);
                yield list;
            }
        };
    }

    private static JsonNode number(String text) {
        try {
            return JsonNodeFactory.instance.numberNode(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return JsonNodeFactory.instance.textNode(text);
        }
    }

    /** The gateway opens no file: what is said to be there was looked for here. */
    private void lookFor(@Nullable String files, String text) {
        if (files != null && text.startsWith(files)) {
            String path = text.substring(files.length());
            if (!Files.isRegularFile(surroundings.folder().resolve(path))) {
                throw new UserError("there is no file " + path + " (expected: it is there before it is said to be)");
            }
        }
    }

    private List<String> operands() {
        return route.command().stream().flatMap(word -> Api.name(word).stream()).toList();
    }

    private OptionSpec option(Parameter parameter) {
        OptionSpec.Builder option = OptionSpec.builder(option(parameter.name()))
                .paramLabel(label(parameter))
                .description(description(parameter))
                .required(route.needs().contains(parameter.name()) && parameter.environment() == null);
        return parameter.type() == Type.STRINGS
                ? option.arity("1")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .build()
                : option.type(String.class).build();
    }

    private static String option(String name) {
        return "--" + name.replace('_', '-');
    }

    private static String label(Parameter parameter) {
        return switch (parameter.type()) {
            case STRING, STRINGS -> "TEXT";
            case NUMBER -> "NUMBER";
            case TIME -> "TIME";
        };
    }

    private static String description(Parameter parameter) {
        return parameter.meaning()
                + (parameter.values().isEmpty() ? "" : " One of " + String.join(", ", parameter.values()) + ".")
                + (parameter.type() == Type.STRINGS ? " May be given often." : "")
                + (parameter.environment() == null ? "" : " ($" + parameter.environment() + ")");
    }

    private Parameter parameter(String name) {
        return Objects.requireNonNull(kind.api().parameters().get(name), "routes name declared parameters only");
    }
}
