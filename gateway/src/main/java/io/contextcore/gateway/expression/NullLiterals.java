package io.contextcore.gateway.expression;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.CelMap;
import dev.cel.common.ast.CelExpr.CelSelect;

/**
 * Makes every literal {@code null} a variable of unknown type. To the checker a null is of a type of its own, and
 * {@code c ? 'x' : null} would be an error; to us any value may be null.
 */
final class NullLiterals {

    private NullLiterals() {}

    static CelAbstractSyntaxTree freed(CelAbstractSyntaxTree parsed) {
        return CelAbstractSyntaxTree.newParsedAst(freed(parsed.getExpr()), parsed.getSource());
    }

    private static CelExpr freed(CelExpr expression) {
        return switch (expression.getKind()) {
            case CONSTANT ->
                expression.constant().getKind() == CelConstant.Kind.NULL_VALUE
                        ? CelExpr.ofIdent(expression.id(), Cel.NULL)
                        : expression;
            case SELECT -> {
                CelSelect select = expression.select();
                yield expression.toBuilder()
                        .setSelect(select.toBuilder()
                                .setOperand(freed(select.operand()))
                                .build())
                        .build();
            }
            case CALL -> {
                CelCall.Builder call = expression.call().toBuilder().clearArgs();
                expression.call().target().ifPresent(target -> call.setTarget(freed(target)));
                expression.call().args().forEach(argument -> call.addArgs(freed(argument)));
                yield expression.toBuilder().setCall(call.build()).build();
            }
            case LIST ->
                CelExpr.ofList(
                        expression.id(),
                        expression.list().elements().stream()
                                .map(NullLiterals::freed)
                                .collect(ImmutableList.toImmutableList()),
                        expression.list().optionalIndices());
            case MAP ->
                CelExpr.ofMap(
                        expression.id(),
                        expression.map().entries().stream()
                                .map(NullLiterals::freed)
                                .collect(ImmutableList.toImmutableList()));
            case COMPREHENSION -> {
                CelComprehension fold = expression.comprehension();
                yield expression.toBuilder()
                        .setComprehension(fold.toBuilder()
                                .setIterRange(freed(fold.iterRange()))
                                .setAccuInit(freed(fold.accuInit()))
                                .setLoopCondition(freed(fold.loopCondition()))
                                .setLoopStep(freed(fold.loopStep()))
                                .setResult(freed(fold.result()))
                                .build())
                        .build();
            }
            case IDENT, STRUCT, NOT_SET -> expression;
        };
    }

    private static CelMap.Entry freed(CelMap.Entry entry) {
        return entry.toBuilder()
                .setKey(freed(entry.key()))
                .setValue(freed(entry.value()))
                .build();
    }
}
