package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.base.ErrorArea;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The page docs/errors.md. */
final class ErrorsPage {

    private static final String HEAD = """
            # Errors

            Everything that can be wrong with a file of mappings, tests or settings has a code, and keeps it from version to version.
            The line says where (`file:line:column`), the code, what is wrong, what was expected, and the nearest name where a name is
            wrong; all problems of all files are told at once.

            This page is generated from the table in `base/ErrorCode.java` and the wrong files in `src/test/resources/errors`;
            `mvn test -Dtest=ErrorCodesTest -Dupdate.docs=true` rewrites it. In each example the caret shows the place.
            """;

    private ErrorsPage() {}

    static String render(Path folder) {
        StringBuilder page = new StringBuilder(HEAD);
        ErrorArea area = null;
        for (ErrorCode code : ErrorCode.values()) {
            if (code.area() != area) {
                area = code.area();
                page.append("\n## ").append(area.title()).append('\n');
            }
            page.append(entry(code, folder.resolve(code.code())));
        }
        return page.toString();
    }

    private static String entry(ErrorCode code, Path folder) {
        ErrorExample example = ErrorExample.of(code).orElseThrow();
        return "\n### " + code + ": " + code.title() + "\n\n" + code.meaning() + "\n\n" + code.remedy() + "\n\n"
                + "```" + (example.file().toString().endsWith(".env") ? "sh" : "yaml") + "\n"
                + example.text().stripTrailing() + "\n```\n\n"
                + "```text\n" + said(example.problems(folder), folder) + "\n```\n";
    }

    private static String said(List<Problem> problems, Path folder) {
        return problems.stream()
                .map(Problem::render)
                .collect(Collectors.joining("\n"))
                .replace(folder.resolve("mappings") + "/", "")
                .replace(folder + "/", "");
    }
}
