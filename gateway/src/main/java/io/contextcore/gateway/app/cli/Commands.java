package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.base.InvalidFiles;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The command line as a whole. */
@Command(
        name = "contextcore",
        description = {"Turns webhooks into OpenTelemetry spans and logs.", "", "Try it:  contextcore dev --example", ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = {CommandLine.HelpCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the answer is no: problems in files, failed tests, a refused delivery, not ready",
            "2:the command line is wrong",
            "70:a bug in the gateway"
        },
        footer = {"", "`contextcore help COMMAND` explains a command, with examples."})
public final class Commands {

    /** Where the terminal does not say its width. Examples are not broken by it. */
    private static final int HELP_WIDTH = 120;

    private Commands() {}

    /** The command line, ready to execute; its writers can be replaced. */
    public static CommandLine create(Surroundings surroundings) {
        CommandLine line = new CommandLine(new Commands());
        line.addSubcommand(new ServeCommand(surroundings));
        line.addSubcommand(new DevCommand(surroundings));
        line.addSubcommand(new LintCommand(surroundings));
        line.addSubcommand(new TestCommand(surroundings));
        line.addSubcommand(new ExplainCommand(surroundings));
        line.addSubcommand(NewCommand.create(surroundings));
        line.addSubcommand(new SendCommand(surroundings));
        line.addSubcommand(new IdCommand(surroundings));
        line.addSubcommand(new StatusCommand(surroundings));
        line.addSubcommand(DeadLettersCommand.create(surroundings));
        line.addSubcommand(new ReplayCommand(surroundings));
        line.addSubcommand(StoreCommand.create(surroundings));
        CallCommands.add(line, surroundings);
        CommandLine.IVersionProvider version = () -> new String[] {"contextcore " + surroundings.version()};
        line.getCommandSpec().versionProvider(version);
        line.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().versionProvider(version));
        CommandLine.Help.Ansi ansi = surroundings.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF;
        line.setColorScheme(CommandLine.Help.defaultColorScheme(ansi));
        line.setExecutionExceptionHandler(Commands::failed);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setUsageHelpWidth(HELP_WIDTH);
        return line;
    }

    private static int failed(Exception error, CommandLine line, ParseResult result) {
        PrintWriter err = line.getErr();
        if (error instanceof UserError || error instanceof InvalidFiles) {
            err.println(error.getMessage());
            err.flush();
            return ExitCode.NO;
        }
        if (error instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return ExitCode.DONE;
        }
        err.println("contextcore: this is a bug in the gateway, please report it with what follows");
        error.printStackTrace(err);
        err.flush();
        return ExitCode.BUG;
    }
}
