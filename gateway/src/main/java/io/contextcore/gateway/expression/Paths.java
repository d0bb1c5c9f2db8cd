package io.contextcore.gateway.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds what an expression reads: variables and members of them, as far as their names stand there. */
final class Paths {

    private final Variables variables;
    private final Set<String> own = new HashSet<>();
    private final List<Operands.Path> found = new ArrayList<>();

    private Paths(Variables variables) {
        this.variables = variables;
    }

    static List<Operands.Path> of(CelAbstractSyntaxTree tree, Variables variables) {
        Paths paths = new Paths(variables);
        paths.visit(tree.getExpr());
        return paths.found.stream().distinct().toList();
    }

    private void visit(CelExpr expression) {
        if (path(expression, new ArrayList<>())) {
            return;
        }
        switch (expression.getKind()) {
            case SELECT -> visit(expression.select().operand());
            case CALL -> {
                expression.call().target().ifPresent(this::visit);
                expression.call().args().forEach(this::visit);
            }
            case LIST -> expression.list().elements().forEach(this::visit);
            case MAP ->
                expression.map().entries().forEach(entry -> {
                    visit(entry.key());
                    visit(entry.value());
                });
            case COMPREHENSION -> fold(expression.comprehension());
            default -> {}
        }
    }

    /** What a comprehension counts with is its own; the elements are not shown. */
    private void fold(CelComprehension fold) {
        visit(fold.iterRange());
        own.add(fold.iterVar());
        own.add(fold.accuVar());
        visit(fold.loopCondition());
        visit(fold.loopStep());
    }

    /** @param members those further out, the nearest first */
    private boolean path(CelExpr expression, List<String> members) {
        if (expression.getKind() == Kind.SELECT) {
            members.add(0, expression.select().field());
            return path(expression.select().operand(), members);
        }
        if (expression.getKind() == Kind.CALL
                && expression.call().function().equals("_[_]")
                && expression.call().args().get(1).getKind() == Kind.CONSTANT
                && expression.call().args().get(1).constant().getKind() == CelConstant.Kind.STRING_VALUE) {
            members.add(0, expression.call().args().get(1).constant().stringValue());
            return path(expression.call().args().get(0), members);
        }
        if (expression.getKind() != Kind.IDENT) {
            return false;
        }
        String name = expression.ident().name();
        Variables.Variable variable = variables.byName().get(name);
        if (variable != null && variable.meaning() == null && !own.contains(name)) {
            found.add(new Operands.Path(text(name, members), variable.slot(), List.copyOf(members)));
        }
        return true;
    }

    private static String text(String name, List<String> members) {
        StringBuilder text = new StringBuilder(name);
        members.forEach(
                member -> text.append(member.matches("[A-Za-z_][A-Za-z0-9_]*") ? "." + member : "['" + member + "']"));
        return text.toString();
    }
}
