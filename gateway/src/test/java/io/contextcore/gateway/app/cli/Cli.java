package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.Randomness;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;

/** Runs commands in this process and keeps what they print. */
final class Cli {

    static final Path MAPPINGS = Path.of("..", "mappings").toAbsolutePath().normalize();

    private final Path folder;
    private String input = "";
    private Map<String, String> variables = Map.of();

    Cli(Path folder) {
        this.folder = folder;
    }

    /** What a command printed and how it ended. */
    record Result(int exitCode, String out, String err) {}

    Cli input(String text) {
        input = text;
        return this;
    }

    Cli variables(Map<String, String> values) {
        variables = values;
        return this;
    }

    Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Commands.create(surroundings());
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int exitCode = line.execute(arguments);
        return new Result(exitCode, out.toString(), err.toString());
    }

    Surroundings surroundings() {
        return new Surroundings(
                "9.9",
                MAPPINGS,
                folder,
                folder,
                Environment.of(variables),
                Clock.system(),
                Randomness.system(),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                false);
    }
}
