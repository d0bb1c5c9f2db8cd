package io.contextcore.gateway.app.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What can be done with a data folder. */
@Command(
        name = "store",
        description = "Looks after the data folder.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "purge",
        footer = {"", "  contextcore store purge /var/lib/contextcore --source shop --older-than 24h"})
final class StoreCommand {

    private StoreCommand() {}

    static CommandLine create(Surroundings surroundings) {
        return new CommandLine(new StoreCommand()).addSubcommand(new StorePurgeCommand(surroundings));
    }
}
