package io.contextcore.gateway.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs Jazzer on one target after the other and says how many executions each had. Ends with 1 if one failed; the input is
 * then a file {@code crash-…} in the target's folder, and belongs among the seeds once its cause is mended.
 *
 * <pre>make fuzz ARGS="--runs 10000000"</pre>
 */
public final class FuzzMain {

    private static final String USAGE = """
            --runs N       executions of all targets together (1000000)
            --targets A,B  some of them (all)
            """;

    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs? in (\\d+) second");
    private static final Pattern STATE = Pattern.compile("cov: (\\d+) ft: \\d+ corp: (\\d+)");

    private FuzzMain() {}

    public static void main(String[] given) throws Exception {
        List<String> arguments = Arrays.asList(given);
        if (arguments.contains("--help")) {
            System.out.print(USAGE);
            return;
        }
        long all = Long.parseLong(option(arguments, "--runs", "1000000"));
        List<String> some = List.of(option(arguments, "--targets", "").split(","));
        boolean sound = true;
        for (FuzzTarget target : FuzzTarget.values()) {
            if (some.contains("") || some.contains(target.folder())) {
                sound &= run(target, target.executions(all));
            }
        }
        System.exit(sound ? 0 : 1);
    }

    private static String option(List<String> arguments, String name, String otherwise) {
        int at = arguments.indexOf(name);
        return at < 0 ? otherwise : arguments.get(at + 1);
    }

    private static boolean run(FuzzTarget target, long executions) throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "fuzz", target.folder()))
                .toAbsolutePath();
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        Path log = folder.resolve("log");
        Process jazzer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target.className(),
                        "--instrumentation_includes=io.contextcore.gateway.**",
                        "--reproducer_path=" + folder,
                        "-runs=" + executions,
                        "-max_len=4096",
                        "-timeout=120", // of the clock, also on a machine that does much else
                        "-rss_limit_mb=4096",
                        "-artifact_prefix=" + folder + "/",
                        corpus.toString(),
                        Path.of("src", "test", "resources", "fuzz", target.folder())
                                .toAbsolutePath()
                                .toString())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log.toFile()))
                .start();
        int code = jazzer.waitFor();
        report(target, code, log);
        return code == 0;
    }

    private static void report(FuzzTarget target, int code, Path log) {
        Matcher done = last(DONE, log);
        Matcher state = last(STATE, log);
        System.out.printf(
                Locale.ROOT,
                "%-10s %,11d executions, %6s s, %5s branches seen, %5s inputs kept, %s%n",
                target.folder(),
                done == null ? 0 : Long.parseLong(done.group(1)),
                done == null ? "?" : done.group(2),
                state == null ? "?" : state.group(1),
                state == null ? "?" : state.group(2),
                code == 0 ? "nothing found" : "FAILED: " + log);
    }

    private static Matcher last(Pattern pattern, Path log) {
        try {
            Matcher found = null;
            for (String line : Files.readAllLines(log, java.nio.charset.StandardCharsets.ISO_8859_1)) {
                Matcher matcher = pattern.matcher(line);
                found = matcher.find() ? matcher : found;
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
