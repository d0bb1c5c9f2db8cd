package io.contextcore.gateway.app.cli;

import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The page docs/cli.md, written from the commands' own help. */
final class CliPage {

    private static final int WIDTH = 110;
    private static final String HEAD = """
            # The command line

            This page is generated from the help of the commands; `mvn test -Dtest=CliPageTest -Dupdate.docs=true` rewrites it.
            What test files look like is in [mappings/README.md](../mappings/README.md), what a code such as `CC0107` means in
            [errors.md](errors.md).
            """;

    private CliPage() {}

    static String render(Surroundings surroundings) {
        CommandLine line = Commands.create(surroundings);
        StringBuilder page = new StringBuilder(HEAD).append('\n').append(block(line));
        commands(line, page);
        return page.toString();
    }

    /** The commands below one, each with those below it. */
    private static void commands(CommandLine above, StringBuilder page) {
        Map<String, CommandLine> commands = new TreeMap<>(above.getSubcommands());
        commands.remove("help");
        commands.forEach((name, command) -> {
            page.append("\n## ")
                    .append(command.getCommandSpec().qualifiedName())
                    .append("\n\n")
                    .append(block(command));
            commands(command, page);
        });
    }

    /** The help as the terminal shows it, in a width that does not depend on one. */
    private static String block(CommandLine command) {
        command.setUsageHelpAutoWidth(false);
        command.setUsageHelpWidth(WIDTH);
        String help = command.getUsageMessage(Ansi.OFF)
                .lines()
                .map(String::stripTrailing)
                .reduce("", (a, b) -> a + b + "\n");
        return "```text\n" + help.strip() + "\n```\n";
    }
}
