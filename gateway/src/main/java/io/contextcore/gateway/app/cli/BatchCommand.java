package io.contextcore.gateway.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.contextcore.gateway.base.Hashing;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.mapping.CallKind;
import io.contextcore.gateway.model.StrictJson;
import io.contextcore.gateway.model.UnreadableJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Makes the calls of a file, and tells how far it is. */
final class BatchCommand implements Callable<Integer> {

    static final String NAME = "batch";

    /** Takes a moment. */
    private static final int AT_ONCE = 200;

    private static final int KEY_DIGITS = 16;

    private final Surroundings surroundings;
    private final CallTarget target;
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

    BatchCommand(Surroundings surroundings, CallKind kind) {
        this.surroundings = surroundings;
        this.target = new CallTarget(surroundings, kind);
    }

    CommandSpec spec() {
        spec.mixinStandardHelpOptions(true);
        spec.usageMessage()
                .description(
                        "Makes the calls of a file, in its order: what happened in the past, say, each with its `at`.",
                        "",
                        "A call is one JSON object a line: {\"call\": NAME, …}. Calls without a key of their own get one made of"
                                + " the file and their place in it: to run it again makes only those that were not kept.")
                .sortOptions(false)
                .footer(
                        "",
                        "Exit code 0 if the gateway has kept all of them, else 1.",
                        "",
                        "  contextcore batch history.jsonl");
        spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .paramLabel("FILE")
                .type(String.class)
                .required(true)
                .description("the calls; `-` reads standard input")
                .build());
        target.declare(spec);
        return spec;
    }

    @Override
    public Integer call() {
        ParseResult given = spec.commandLine().getParseResult();
        String file = given.matchedPositionalValue(0, "");
        byte[] bytes = bytes(file);
        List<JsonNode> calls = calls(file, new String(bytes, StandardCharsets.UTF_8));
        String name = HexFormat.of().formatHex(Hashing.sha256(bytes)).substring(0, KEY_DIGITS);
        PrintWriter progress = spec.commandLine().getErr();
        for (int from = 0; from < calls.size(); from += AT_ONCE) {
            int to = Math.min(calls.size(), from + AT_ONCE);
            HttpCaller.Answer answer = post(given, calls.subList(from, to), name + "-" + from);
            if (!answer.isSuccess()) {
                progress.println(Plain.text(answer.text().strip()));
                progress.println("stopped at call " + from + " of " + calls.size()
                        + " (what was kept counts once: run it again when that is mended)");
                progress.flush();
                return ExitCode.NO;
            }
            progress.println(to + " of " + calls.size() + " calls are kept");
            progress.flush();
        }
        return ExitCode.DONE;
    }

    private HttpCaller.Answer post(ParseResult given, List<JsonNode> calls, String key) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode().addAll(calls);
        return target.post(given, StrictJson.write(list), Map.of("Idempotency-Key", key));
    }

    private byte[] bytes(String file) {
        try {
            return file.equals("-")
                    ? surroundings.in().readAllBytes()
                    : Files.readAllBytes(surroundings.folder().resolve(file));
        } catch (IOException e) {
            throw new UserError("cannot read " + file + " (expected: a file of calls)");
        }
    }

    private static List<JsonNode> calls(String file, String text) {
        StrictJson reader = new StrictJson(Limits.defaults());
        List<JsonNode> calls = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                try {
                    calls.add(reader.read(lines.get(i).getBytes(StandardCharsets.UTF_8)));
                } catch (UnreadableJson e) {
                    throw new UserError(
                            "no call: " + e.getMessage() + " (expected a JSON object) at " + file + ":" + (i + 1));
                }
            }
        }
        if (calls.isEmpty()) {
            throw new UserError("no call in " + file + " (expected one JSON object a line)");
        }
        return calls;
    }
}
