package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.app.check.CheckRun;
import io.contextcore.gateway.app.check.CoverageReport;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The results of tests as a person reads them. */
final class TestReport {

    private static final int MOST_CHARS = 80;

    private final Paint paint;
    private final PrintWriter out;

    TestReport(Paint paint, PrintWriter out) {
        this.paint = paint;
        this.out = out;
    }

    /** @param wanted the percentage that was not reached; null: what is covered is enough */
    void write(CheckRun.Report report, @Nullable Integer wanted) {
        report.rewritten().forEach(file -> out.println("rewritten: " + file));
        int failed = 0;
        for (CheckRun.Result result : report.results()) {
            if (!result.passed()) {
                failed++;
                out.println(paint.bad("FAILED") + " " + Plain.text(result.name()) + "  " + result.at());
                result.failures()
                        .forEach(failure -> failure.lines().forEach(line -> out.println("  " + painted(line))));
            }
        }
        CoverageReport coverage = report.coverage();
        if (coverage != null) {
            coverage(coverage, wanted);
        }
        String summary = (report.results().size() - failed) + " passed, " + failed + " failed";
        out.println(failed == 0 ? paint.good(summary) : paint.bad(summary));
    }

    /** What was expected is red, what came out is green, as in every diff. */
    private String painted(String line) {
        String plain = Plain.text(line);
        return line.startsWith("      - ") ? paint.bad(plain) : line.startsWith("      + ") ? paint.good(plain) : plain;
    }

    private void coverage(CoverageReport coverage, @Nullable Integer wanted) {
        coverage.files().stream()
                .flatMap(file -> file.missed().stream())
                .forEach(point ->
                        out.println(point.at() + ": " + point.never() + ": " + Plain.text(point.excerpt(MOST_CHARS))));
        coverage.files().forEach(file -> row(file.percent(), file.reached(), file.points(), file.file()));
        if (coverage.points() == 0) {
            out.println("there is nothing to cover: no file of these folders has an expression");
        } else {
            row(coverage.percent(), coverage.reached(), coverage.points(), "expressions and branches");
        }
        if (wanted != null) {
            out.println(paint.bad("less is covered than the " + wanted + "% that are wanted"));
        }
    }

    private void row(int percent, int reached, int points, String what) {
        out.println(String.format(Locale.ROOT, "%4d%%  %9s  %s", percent, reached + "/" + points, what));
    }
}
