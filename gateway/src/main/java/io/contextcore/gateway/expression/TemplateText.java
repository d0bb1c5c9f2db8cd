package io.contextcore.gateway.expression;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes a template apart into text and expressions. */
final class TemplateText {

    /** A part: text as it stands, or an expression. */
    sealed interface Part {
        /** Text. */
        record Text(String text) implements Part {}

        /** The inside of {@code ${…}}. */
        record Hole(Source source) implements Part {}
    }

    private final YamlScalar scalar;
    private final String text;
    private int at;

    private TemplateText(YamlScalar scalar) {
        this.scalar = scalar;
        this.text = scalar.text();
    }

    /** The parts; empty where an expression is not closed. */
    static Optional<List<Part>> parts(YamlScalar scalar, Problems problems) {
        return new TemplateText(scalar).read(problems);
    }

    private Optional<List<Part>> read(Problems problems) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        while (at < text.length()) {
            if (text.startsWith("$${", at)) {
                literal.append("${");
                at += 3;
            } else if (text.startsWith("${", at)) {
                if (literal.length() > 0) {
                    parts.add(new Part.Text(literal.toString()));
                    literal.setLength(0);
                }
                int start = at + 2;
                if (!skipExpression(start)) {
                    problems.add(
                            ErrorCode.BRACES,
                            scalar.at(start - 2),
                            "'${' without its '}' (a literal '${' is written '$${')");
                    return Optional.empty();
                }
                parts.add(new Part.Hole(new Source(text.substring(start, at), scalar, start)));
                at++;
            } else {
                literal.append(text.charAt(at++));
            }
        }
        if (literal.length() > 0) {
            parts.add(new Part.Text(literal.toString()));
        }
        return Optional.of(parts);
    }

    /** Moves to the closing brace; braces in strings and of maps do not close. */
    private boolean skipExpression(int start) {
        int open = 0;
        for (at = start; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"' || c == '\'') {
                skipString(c);
            } else if (c == '{') {
                open++;
            } else if (c == '}' && open-- == 0) {
                return true;
            }
        }
        return false;
    }

    /** Moves to the closing quote of a CEL string: raw or not, with one quote or three. */
    private void skipString(char quote) {
        boolean raw = at > 0 && (text.charAt(at - 1) == 'r' || text.charAt(at - 1) == 'R');
        String triple = String.valueOf(quote).repeat(3);
        String end = text.startsWith(triple, at) ? triple : String.valueOf(quote);
        at += end.length();
        while (at < text.length() && !text.startsWith(end, at)) {
            at += text.charAt(at) == '\\' && !raw ? 2 : 1;
        }
        at += end.length() - 1;
    }
}
