package io.contextcore.gateway.app.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.base.Problem;
import io.contextcore.gateway.mapping.Program;
import java.io.PrintWriter;
import java.util.Locale;

/** What was found in files: for people, for programs, for GitHub Actions. */
final class LintText {

    private static final JsonMapper JSON = new JsonMapper();

    private final Paint paint;
    private final PrintWriter out;

    LintText(Paint paint, PrintWriter out) {
        this.paint = paint;
        this.out = out;
    }

    /** Each problem with its line and a caret, then what was read. */
    void human(Lint.Report report) {
        report.problems().forEach(problem -> out.println(problem.render()));
        Program program = report.program();
        if (program != null) {
            program.overridings().forEach(overriding -> out.println(overriding.describe()));
            out.println(program.kinds().size() + " kinds (" + report.guides() + " with an example), "
                    + program.mappings().size() + " mappings, "
                    + program.lifecycles().byName().size() + " lifecycles, "
                    + program.tables().size() + " tables, "
                    + program.conventions().byName().size() + " attributes");
        }
        long errors = report.errors();
        String found = errors == 0 ? "nothing is wrong" : count(errors, "error");
        long warnings = report.problems().size() - errors;
        String all = warnings == 0 ? found : found + ", " + count(warnings, "warning");
        out.println("checked " + report.files() + " files in " + report.millis() + " ms: "
                + (errors == 0 ? paint.good(all) : paint.bad(all)));
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** One object; {@code line} and {@code column} count from 1. */
    static void json(Lint.Report report, PrintWriter out) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode problems = root.putArray("problems");
        for (Problem problem : report.problems()) {
            problems.addObject()
                    .put("code", problem.code().code())
                    .put("severity", problem.severity().name().toLowerCase(Locale.ROOT))
                    .put("file", problem.location().file())
                    .put("line", problem.location().line())
                    .put("column", problem.location().column())
                    .put("message", problem.message())
                    .put("source", problem.sourceLine());
        }
        ArrayNode overridings = root.putArray("overridings");
        if (report.program() != null) {
            report.program()
                    .overridings()
                    .forEach(each -> overridings
                            .addObject()
                            .put("what", each.what())
                            .put("was", each.was().toString())
                            .put("now", each.now().toString())
                            .put("off", each.off()));
        }
        root.put("files", report.files()).put("millis", report.millis());
        out.println(root.toPrettyString());
    }

    /** A line for each problem, which GitHub Actions shows at its place. Escapes: actions/toolkit, {@code packages/core/src/command.ts}. */
    static void annotations(Lint.Report report, PrintWriter out) {
        for (Problem problem : report.problems()) {
            out.println("::" + (problem.isError() ? "error" : "warning")
                    + " file=" + property(problem.location().file())
                    + ",line=" + problem.location().line()
                    + ",col=" + problem.location().column()
                    + ",title=" + property(problem.code().code())
                    + "::" + data(problem.message()));
        }
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
