package io.contextcore.gateway.expression;

import io.contextcore.gateway.model.Bound;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Scope;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** CEL's operators, by the names that the syntax tree has for them. */
final class Operators {

    private static final int ITEMS_PER_STEP = 16;

    private final int resultChars;

    Operators(int resultChars) {
        this.resultChars = resultChars;
    }

    Code code(String operator, List<Code> operands) {
        return switch (operator) {
            case "_&&_" -> Logic.and(operands.get(0), operands.get(1));
            case "_||_" -> Logic.or(operands.get(0), operands.get(1));
            case "!_" -> Logic.not(operands.get(0));
            case "_?_:_" -> Logic.choose(operands.get(0), operands.get(1), operands.get(2));
            case "@not_strictly_false" -> Logic.notFalse(operands.get(0));
            case "_==_" -> binary(operands, Comparison::equal);
            case "_!=_" -> binary(operands, (a, b) -> !Comparison.equal(a, b));
            case "_<_" -> binary(operands, Comparison.LESS::apply);
            case "_<=_" -> binary(operands, Comparison.LESS_EQUALS::apply);
            case "_>_" -> binary(operands, Comparison.GREATER::apply);
            case "_>=_" -> binary(operands, Comparison.GREATER_EQUALS::apply);
            case "_+_" -> add(operands.get(0), operands.get(1));
            case "_-_" -> binary(operands, Arithmetic.SUBTRACT::apply);
            case "_*_" -> binary(operands, Arithmetic.MULTIPLY::apply);
            case "_/_" -> binary(operands, Arithmetic.DIVIDE::apply);
            case "_%_" -> binary(operands, Arithmetic.MODULO::apply);
            case "-_" -> negate(operands.get(0));
            case "_[_]" -> binary(operands, Values::index);
            case "@in" -> in(operands.get(0), operands.get(1));
            case Cel.HAS -> has(operands.get(0));
            default -> throw new AssertionError("refused before: " + operator);
        };
    }

    private static Code binary(List<Code> operands, BinaryOperator<Object> operator) {
        Code left = operands.get(0);
        Code right = operands.get(1);
        return scope -> operator.apply(left.run(scope), right.run(scope));
    }

    private Code add(Code left, Code right) {
        return scope -> {
            Object sum = limited(Arithmetic.ADD.apply(left.run(scope), right.run(scope)));
            spend(scope, sum);
            return sum;
        };
    }

    private static Code negate(Code operand) {
        return scope -> Arithmetic.negate(operand.run(scope));
    }

    private static Code has(Code operand) {
        return scope -> Values.isThere(operand.run(scope));
    }

    /** False where there is no list or map. */
    private static Code in(Code element, Code container) {
        return scope -> {
            Object wanted = element.run(scope);
            Object in = container.run(scope);
            if (in instanceof Nothing) {
                return false;
            }
            Optional<List<Object>> list = Values.list(in);
            if (list.isPresent()) {
                spend(scope, in);
                return contains(list.get(), wanted);
            }
            if (Values.keys(in).isEmpty()) {
                throw new EvaluationException(
                        "cannot look into a value of type " + Values.typeName(in) + " (expected a list or a map)");
            }
            return Values.index(in, wanted) != Nothing.ABSENT;
        };
    }

    private static boolean contains(List<Object> list, Object wanted) {
        for (Object item : list) {
            if (Comparison.equal(wanted, Values.of(item))) {
                return true;
            }
        }
        return false;
    }

    private static void spend(Scope scope, Object value) {
        Values.list(value).ifPresent(list -> scope.spend(list.size() / ITEMS_PER_STEP));
    }

    /** @throws EvaluationException if it is a text longer than the cap */
    Object limited(Object value) {
        if (value instanceof String text && text.length() > resultChars) {
            throw EvaluationException.beyond(
                    Bound.RESULT_CHARS,
                    "a text of " + text.length() + " characters (expected at most " + resultChars + ")");
        }
        return value;
    }
}
