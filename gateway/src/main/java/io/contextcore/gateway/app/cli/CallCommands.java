package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.mapping.CallKind;
import io.contextcore.gateway.model.Api;
import io.contextcore.gateway.model.Api.Route;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Adds the commands that make calls, as the tables of the mappings have them. */
final class CallCommands {

    private CallCommands() {}

    /** Names that the gateway's own commands have stay theirs. */
    static void add(CommandLine line, Surroundings surroundings) {
        for (CallKind kind : CallKind.in(surroundings.mappings())) {
            for (Route route : kind.api().routes()) {
                List<String> words = route.command().stream()
                        .filter(word -> Api.name(word).isEmpty())
                        .toList();
                if (!words.isEmpty()) {
                    CommandLine group = group(line, kind.api(), words);
                    String name = words.get(words.size() - 1);
                    if (!group.getSubcommands().containsKey(name)) {
                        group.addSubcommand(name, new CallCommand(surroundings, kind, route).spec());
                    }
                }
            }
            if (!line.getSubcommands().containsKey(BatchCommand.NAME)) {
                line.addSubcommand(BatchCommand.NAME, new BatchCommand(surroundings, kind).spec());
            }
        }
    }

    /** Of the commands that begin with a word. */
    private static String[] examples(Api api, String word) {
        return Stream.concat(
                        Stream.of(""),
                        api.routes().stream()
                                .filter(route -> route.command().indexOf(word) == 0)
                                .map(CallCommand::example))
                .toArray(String[]::new);
    }

    /** The command below which the last of the words stands. */
    private static CommandLine group(CommandLine line, Api api, List<String> words) {
        CommandLine above = line;
        for (String word : words.subList(0, words.size() - 1)) {
            CommandLine next = above.getSubcommands().get(word);
            if (next == null) {
                CommandSpec spec = CommandSpec.create().name(word).mixinStandardHelpOptions(true);
                spec.usageMessage()
                        .description(api.commands().getOrDefault(word, ""))
                        .footer(examples(api, word))
                        .synopsisSubcommandLabel("COMMAND");
                next = new CommandLine(spec);
                above.addSubcommand(word, next);
            }
            above = next;
        }
        return above;
    }
}
