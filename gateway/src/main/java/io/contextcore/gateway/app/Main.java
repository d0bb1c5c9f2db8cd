package io.contextcore.gateway.app;

import io.contextcore.gateway.app.cli.Commands;
import io.contextcore.gateway.app.cli.Surroundings;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.Randomness;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;

/**
 * Where the process starts. The start scripts set the system property {@code contextcore.home}: the folder that holds
 * {@code bin}, {@code lib} and {@code mappings}.
 */
public final class Main {

    private Main() {}

    /** Ends the process with the command's exit code. */
    public static void main(String[] arguments) {
        CommandLine line = Commands.create(surroundings());
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        System.exit(line.execute(arguments));
    }

    private static Surroundings surroundings() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new Surroundings(
                version == null ? "development" : version,
                Path.of(System.getProperty("contextcore.home", ".")).resolve("mappings"),
                Path.of("").toAbsolutePath(),
                Path.of(System.getProperty("user.home")),
                Environment.system(),
                Clock.system(),
                Randomness.system(),
                System.in,
                isTerminal());
    }

    /** Since Java 22 there is a console without a terminal too, and it can say so. */
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
