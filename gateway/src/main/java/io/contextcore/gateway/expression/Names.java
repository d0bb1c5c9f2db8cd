package io.contextcore.gateway.expression;

import com.google.common.collect.Sets;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExprVisitor;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Problems;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Looks for names that nobody declared, before the type check: to say which one was probably meant. */
final class Names {

    private final CelAbstractSyntaxTree tree;
    private final Source source;
    private final Functions functions;
    private final Problems problems;
    private boolean allKnown = true;

    private Names(CelAbstractSyntaxTree tree, Source source, Functions functions, Problems problems) {
        this.tree = tree;
        this.source = source;
        this.functions = functions;
        this.problems = problems;
    }

    static boolean known(
            CelAbstractSyntaxTree tree, Source source, Variables variables, Functions functions, Problems problems) {
        Names names = new Names(tree, source, functions, problems);
        names.visit(tree.getExpr(), Sets.union(variables.byName().keySet(), Set.of(Cel.ABSENT, Cel.NULL)));
        return names.allKnown;
    }

    /** The functions of the library that the expression calls, by the id of the call. */
    static Map<Long, FunctionSpec> called(CelAbstractSyntaxTree tree, Functions functions) {
        Map<Long, FunctionSpec> called = new HashMap<>();
        CelExprVisitor visitor = new CelExprVisitor() {
            @Override
            protected void visit(CelExpr expression, CelCall call) {
                FunctionSpec function = functions.byName().get(call.function());
                if (function != null) {
                    called.put(expression.id(), function);
                }
                super.visit(expression, call);
            }
        };
        visitor.visit(tree.getExpr());
        return called;
    }

    private void visit(CelExpr expression, Set<String> variables) {
        switch (expression.getKind()) {
            case IDENT -> variable(expression, variables);
            case SELECT -> visit(expression.select().operand(), variables);
            case CALL -> {
                expression.call().target().ifPresent(target -> visit(target, variables));
                if (function(expression)) {
                    expression.call().args().forEach(argument -> visit(argument, variables));
                }
            }
            case LIST -> expression.list().elements().forEach(element -> visit(element, variables));
            case MAP ->
                expression.map().entries().forEach(entry -> {
                    visit(entry.key(), variables);
                    visit(entry.value(), variables);
                });
            case COMPREHENSION -> comprehension(expression.comprehension(), variables);
            case STRUCT -> {
                allKnown = false;
                problems.add(
                        ErrorCode.UNSUPPORTED_EXPRESSION,
                        source.of(expression, tree),
                        "messages such as '" + expression.struct().messageName() + "{…}' are not supported");
            }
            case CONSTANT, NOT_SET -> {}
        }
    }

    private void comprehension(CelComprehension fold, Set<String> outer) {
        visit(fold.iterRange(), outer);
        visit(fold.accuInit(), outer);
        Set<String> inner =
                Sets.union(outer, Set.of(fold.iterVar(), fold.accuVar())).immutableCopy();
        visit(fold.loopCondition(), inner);
        visit(fold.loopStep(), inner);
        visit(fold.result(), inner);
    }

    private void variable(CelExpr expression, Set<String> variables) {
        String name = expression.ident().name();
        if (!variables.contains(name) && !TypeName.WORDS.contains(name)) {
            allKnown = false;
            Set<String> visible = Sets.filter(variables, candidate -> !candidate.startsWith("@"));
            problems.add(
                    ErrorCode.UNKNOWN_VARIABLE,
                    source.of(expression, tree),
                    "unknown variable '" + name + "' (expected one of " + String.join(", ", visible)
                            + Nearest.hint(name, visible) + ")");
        }
    }

    /** Of an unknown function the arguments are not looked at: it may be a misspelt macro, with names of its own. */
    private boolean function(CelExpr expression) {
        String name = expression.call().function();
        boolean operator =
                name.equals(Cel.HAS) || (Operator.findReverse(name).isPresent() && !Cel.MACROS.contains(name));
        if (operator || functions.byName().containsKey(name)) {
            return true;
        }
        allKnown = false;
        Set<String> all = Sets.union(functions.byName().keySet(), Cel.MACROS);
        problems.add(
                Cel.MACROS.contains(name) ? ErrorCode.WRONG_CALL : ErrorCode.UNKNOWN_FUNCTION,
                source.ofName(expression, tree),
                Cel.MACROS.contains(name)
                        ? "'" + name + "' is not called like this (see the function reference)"
                        : "unknown function '" + name + "'" + Nearest.hint(name, all));
        return false;
    }
}
