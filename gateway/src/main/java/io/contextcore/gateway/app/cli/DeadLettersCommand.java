package io.contextcore.gateway.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a running gateway could not step, or nobody would take. */
@Command(
        name = "dead-letters",
        description = {
            "What a running gateway could not step, and what the receiver refused for good: looks at it, tries it again,"
                    + " throws it away.",
            "",
            "After a mapping was mended (and read again), `replay` leads to what would be known had nothing died."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "list|show|replay|drop",
        footer = {
            "",
            "  contextcore dead-letters list --source shop --since 24h",
            "  contextcore dead-letters show delivery/4711",
            "  contextcore dead-letters replay --code mapping",
            "  contextcore dead-letters drop delivery/4711"
        })
final class DeadLettersCommand {

    /** Fates by which a letter was dealt with. */
    private static final Set<String> GOOD = Set.of("replayed", "overtaken", "dropped");

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            scope = CommandLine.ScopeType.INHERIT,
            defaultValue = "http://127.0.0.1:8081",
            description = "address of the admin port (${DEFAULT-VALUE})")
    private URI url;

    private final Surroundings surroundings;

    private DeadLettersCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    static CommandLine create(Surroundings surroundings) {
        return new CommandLine(new DeadLettersCommand(surroundings));
    }

    @Command(
            name = "list",
            description =
                    "Lists them: deliveries, messages and timers that could not be stepped, then refused telemetry.",
            mixinStandardHelpOptions = true)
    int list(
            @Mixin DeadLetterChoice choice,
            @Option(names = "--json", description = "a JSON object on each line") boolean json) {
        PrintWriter out = out();
        int[] count = {0};
        port().list(
                        choice.query(surroundings.clock()),
                        page -> page.path("deadLetters").forEach(letter -> {
                            count[0]++;
                            out.println(json ? letter.toString() : line(letter));
                        }));
        if (!json) {
            out.println(count[0] == 0 ? "no dead letters" : count[0] + " in all");
        }
        out.flush();
        return ExitCode.DONE;
    }

    @Command(
            name = "show",
            description = "Prints one as JSON, with what died: a delivery as it was accepted, after redaction.",
            mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = "LETTER", description = "such as delivery/4711, as `list` shows it")
                    String letter) {
        name(letter);
        PrintWriter out = out();
        out.println(port().show(letter).toPrettyString());
        out.flush();
        return ExitCode.DONE;
    }

    @Command(
            name = "replay",
            description = "Steps or sends them again, with the mappings as they are now. What fails again stays.",
            mixinStandardHelpOptions = true,
            footer = {"", "Exit code 0 if none of them stays, else 1."})
    int replay(
            @Mixin DeadLetterChoice choice,
            @Parameters(paramLabel = "LETTER", arity = "0..*", description = "such as delivery/4711") @Nullable List<String> letters,
            @Option(names = "--all", description = "all of them") boolean all) {
        return act("replay", choice, letters, all);
    }

    @Command(
            name = "drop",
            description = "Throws them away. Nothing brings them back.",
            mixinStandardHelpOptions = true,
            footer = {"", "Exit code 0 if none of them stays, else 1."})
    int drop(
            @Mixin DeadLetterChoice choice,
            @Parameters(paramLabel = "LETTER", arity = "0..*", description = "such as delivery/4711") @Nullable List<String> letters,
            @Option(names = "--all", description = "all of them") boolean all) {
        return act("drop", choice, letters, all);
    }

    private int act(String wish, DeadLetterChoice choice, @Nullable List<String> letters, boolean all) {
        Map<String, String> query = choice.query(surroundings.clock());
        List<Map<String, String>> queries = new ArrayList<>();
        if (letters != null && !letters.isEmpty()) {
            if (all || !query.isEmpty()) {
                throw new UserError("letters by name, or by option (expected: not both)");
            }
            letters.forEach(letter -> queries.add(name(letter)));
        } else if (all && !query.isEmpty()) {
            throw new UserError("--all stands alone (expected: no other choice)");
        } else if (all) {
            queries.add(Map.of("all", "true"));
        } else if (query.isEmpty()) {
            throw new UserError("which letters? (expected: such as delivery/4711, --source, --code, --kind, --since or"
                    + " --all)");
        } else {
            queries.add(query);
        }
        PrintWriter out = out();
        Map<String, Integer> fates = new TreeMap<>();
        for (Map<String, String> each : queries) {
            port().act(wish, each, page -> tell(page, out, fates));
        }
        out.println(
                fates.isEmpty()
                        ? "no such letters"
                        : fates.entrySet().stream()
                                .map(fate -> fate.getValue() + " " + fate.getKey())
                                .collect(Collectors.joining(", ")));
        out.flush();
        boolean named = letters != null && !letters.isEmpty();
        return GOOD.containsAll(fates.keySet()) && !(named && fates.isEmpty()) ? ExitCode.DONE : ExitCode.NO;
    }

    /** Those that stay are told one by one. */
    private static void tell(JsonNode page, PrintWriter out, Map<String, Integer> fates) {
        page.path("fates")
                .properties()
                .forEach(fate -> fates.merge(fate.getKey(), fate.getValue().asInt(), Integer::sum));
        for (JsonNode letter : page.path("letters")) {
            String fate = letter.path("fate").asText();
            if (!GOOD.contains(fate)) {
                out.println(letter.path("what").asText() + "/"
                        + letter.path("number").asLong() + "  " + fate);
            }
        }
    }

    private static Map<String, String> name(String letter) {
        int slash = letter.indexOf('/');
        if (!letter.matches("[a-z]{1,20}/[0-9]{1,18}")) {
            throw new UserError("'" + letter + "' names no letter (expected: such as delivery/4711, as `contextcore"
                    + " dead-letters list` shows it)");
        }
        Map<String, String> query = new LinkedHashMap<>();
        query.put("kind", letter.substring(0, slash));
        query.put("number", letter.substring(slash + 1));
        return query;
    }

    private static String line(JsonNode letter) {
        String source = letter.path("source").asText();
        return letter.path("what").asText() + "/" + letter.path("number").asLong() + "  "
                + letter.path("at").asText() + "  " + (source.isEmpty() ? "-" : source) + "  "
                + letter.path("code").asText() + "  "
                + Plain.text(letter.path("error").asText());
    }

    private DeadLetterPort port() {
        return new DeadLetterPort(surroundings, url);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
