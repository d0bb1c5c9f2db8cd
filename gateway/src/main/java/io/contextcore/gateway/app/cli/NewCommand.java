package io.contextcore.gateway.app.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What can be begun. */
@Command(
        name = "new",
        description = "Begins something of yours: files that work, to be edited.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "source",
        footer = {"", "  contextcore new source shop --sample order.json"})
final class NewCommand {

    private NewCommand() {}

    static CommandLine create(Surroundings surroundings) {
        return new CommandLine(new NewCommand()).addSubcommand(new NewSourceCommand(surroundings));
    }
}
