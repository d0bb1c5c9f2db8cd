package io.contextcore.gateway.expression;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.model.Nothing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts probes into the code of one expression. Without a coverage it gives back what it is given: nothing is paid for it. */
final class Probes {

    private static final Set<String> LOGIC = Set.of("_&&_", "_||_");
    private static final String CHOICE = "_?_:_";
    private static final String COALESCE = "coalesce";
    private static final String TRUE = "never true";
    private static final String FALSE = "never false";

    private final @Nullable Coverage coverage;
    private final Source source;

    Probes(@Nullable Coverage coverage, Source source) {
        this.coverage = coverage;
        this.source = source;
    }

    /** The expression as a whole: that it ran; of a condition, that it was true and that it was not. */
    Code whole(Code code, CelExpr top, boolean condition) {
        if (coverage == null || (condition && isCall(top, LOGIC))) {
            return code;
        }
        if (!condition || code instanceof Code.Constant) {
            return running(code, point(source.location(), "never evaluated"));
        }
        return outcome(code, point(source.location(), TRUE), point(source.location(), FALSE), true);
    }

    /** The operands of an operator: those of {@code &&}, {@code ||} and {@code ?:} are branches. */
    List<Code> operands(String operator, Location at, List<CelExpr> operands, List<Code> codes) {
        if (coverage == null) {
            return codes;
        }
        if (operator.equals(CHOICE)) {
            return List.of(
                    codes.get(0), running(codes.get(1), point(at, TRUE)), running(codes.get(2), point(at, FALSE)));
        }
        if (!LOGIC.contains(operator)) {
            return codes;
        }
        boolean deciding = operator.equals("_||_");
        if (ofMacro(operands.get(0))) {
            return List.of(codes.get(0), outcome(codes.get(1), point(at, TRUE), point(at, FALSE), true));
        }
        String decides = " never " + deciding;
        Coverage.Point left = point(at, "left of " + sign(operator) + decides);
        Coverage.Point right = point(at, "right of " + sign(operator) + decides);
        Coverage.Point neither = point(at, sign(operator) + " never " + !deciding);
        return List.of(outcome(codes.get(0), left, null, deciding), outcome(codes.get(1), right, neither, deciding));
    }

    /** Hears of the arguments of a call; null: nobody wants to. Which of its arguments a {@code coalesce} takes is a branch. */
    @Nullable Watch call(String function, Location at, int arguments) {
        if (coverage == null || !function.equals(COALESCE)) {
            return null;
        }
        List<Coverage.Point> arms = new ArrayList<>();
        for (int i = 1; i <= arguments; i++) {
            arms.add(point(at, "argument " + i + " of coalesce never taken"));
        }
        return values -> {
            for (int i = 0; i < values.length; i++) {
                if (Values.isThere(values[i])) {
                    arms.get(i).reach();
                    return;
                }
            }
        };
    }

    /** Looks at the arguments of a call. */
    @FunctionalInterface
    interface Watch {
        void arguments(Object[] values);
    }

    private Coverage.Point point(Location at, String never) {
        if (coverage == null) {
            throw new IllegalStateException("probes without a coverage have no points");
        }
        return coverage.point(at, source.location(), source.text(), never);
    }

    private static Code running(Code code, Coverage.Point point) {
        return scope -> {
            point.reach();
            return code.run(scope);
        };
    }

    /** Absent counts as the outcome that does not decide. */
    private static Code outcome(
            Code code, Coverage.Point decided, Coverage.@Nullable Point undecided, boolean deciding) {
        return scope -> {
            Object value = code.run(scope);
            if (value.equals(deciding)) {
                decided.reach();
            } else if (undecided != null && (value instanceof Boolean || value instanceof Nothing)) {
                undecided.reach();
            }
            return value;
        };
    }

    /** Whether it is what a macro counts with: such an operator stands in no file. */
    private static boolean ofMacro(CelExpr operand) {
        return operand.getKind() == Kind.IDENT && operand.ident().name().startsWith("@");
    }

    private static boolean isCall(CelExpr expression, Set<String> functions) {
        return expression.getKind() == Kind.CALL
                && functions.contains(expression.call().function());
    }

    private static String sign(String operator) {
        return operator.replace("_", "");
    }
}
