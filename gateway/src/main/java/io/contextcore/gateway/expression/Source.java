package io.contextcore.gateway.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.ast.CelExpr;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.yaml.YamlScalar;

/**
 * The text of one expression within a scalar.
 *
 * @param offset where in the scalar's content it begins
 */
record Source(String text, YamlScalar scalar, int offset) {

    static Source whole(YamlScalar scalar) {
        return new Source(scalar.text(), scalar, 0);
    }

    Location location() {
        return at(0);
    }

    Location of(CelExpr expression, CelAbstractSyntaxTree tree) {
        return at(offsetOf(expression, tree));
    }

    /** A call's position is its opening parenthesis; a person looks at the name before it. */
    Location ofName(CelExpr call, CelAbstractSyntaxTree tree) {
        int end = offsetOf(call, tree);
        int at = text.lastIndexOf(call.call().function(), end);
        return at(at >= 0 ? at : end);
    }

    /** The name of a member: it stands behind the object, or it is the text in brackets itself. */
    Location ofMember(String name, CelExpr member, CelExpr before, CelAbstractSyntaxTree tree) {
        int from = Math.max(offsetOf(member, tree), offsetOf(before, tree));
        int at = text.indexOf(name, from);
        return at(at >= 0 ? at : from);
    }

    Location of(CelIssue error) {
        return at(index(error));
    }

    /** Where in the text it is; dev.cel counts lines from 1, columns from 0, in code points. */
    int index(CelIssue error) {
        int line = error.getSourceLocation().getLine();
        int column = error.getSourceLocation().getColumn();
        if (line < 1 || column < 0) {
            return 0;
        }
        int start = 0;
        for (int i = 1; i < line && text.indexOf('\n', start) >= 0; i++) {
            start = text.indexOf('\n', start) + 1;
        }
        return characters(start, column);
    }

    private int offsetOf(CelExpr expression, CelAbstractSyntaxTree tree) {
        return characters(0, tree.getSource().getPositionsMap().getOrDefault(expression.id(), 0));
    }

    private int characters(int from, int codePoints) {
        int most = text.codePointCount(from, text.length());
        return text.offsetByCodePoints(from, Math.min(codePoints, most));
    }

    Location at(int index) {
        return scalar.at(offset + index);
    }
}
