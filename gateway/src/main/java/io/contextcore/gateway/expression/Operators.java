package io.contextcore.gateway.expression;

import io.contextcore.gateway.model.Bound;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Scope;
import java.util.List;
import java.util.function.BinaryOperator;

/** CEL's operators, by the names that the syntax tree has for them. */
final class Operators {

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
            case "_==_" -> comparing(operands, true);
            case "_!=_" -> comparing(operands, false);
            case "_<_" -> ordering(operands, Comparison.LESS);
            case "_<=_" -> ordering(operands, Comparison.LESS_EQUALS);
            case "_>_" -> ordering(operands, Comparison.GREATER);
            case "_>=_" -> ordering(operands, Comparison.GREATER_EQUALS);
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

    private static Code comparing(List<Code> operands, boolean equal) {
        Code left = operands.get(0);
        Code right = operands.get(1);
        return scope -> Comparison.equal(left.run(scope), right.run(scope), scope) == equal;
    }

    private static Code ordering(List<Code> operands, Comparison comparison) {
        Code left = operands.get(0);
        Code right = operands.get(1);
        return scope -> comparison.apply(left.run(scope), right.run(scope), scope);
    }

    Object add(Object left, Object right, Scope scope) {
        Object sum = limited(Arithmetic.ADD.apply(left, right));
        touch(sum, scope);
        return sum;
    }

    /** Pays for a text or a list that was put together. */
    static void touch(Object sum, Scope scope) {
        if (sum instanceof String text) {
            scope.touch(text.length());
        } else if (Values.isList(sum)) {
            scope.touch((long) Scope.ITEM * Values.size(sum));
        }
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
            if (Values.isList(in)) {
                return contains(Values.items(in), wanted, scope);
            }
            if (!Values.isMap(in)) {
                throw new EvaluationException(
                        "cannot look into a value of type " + Values.typeName(in) + " (expected a list or a map)");
            }
            return Values.index(in, wanted) != Nothing.ABSENT;
        };
    }

    private static boolean contains(List<Object> list, Object wanted, Scope scope) {
        for (int i = 0; i < list.size(); i++) {
            scope.touch(Scope.ITEM);
            if (Comparison.equal(wanted, Values.of(list.get(i)), scope)) {
                return true;
            }
        }
        return false;
    }

    /** @throws EvaluationException if it is a text longer than the cap */
    Object limited(Object value) {
        if (value instanceof String text) {
            requireAtMost(text.length());
        }
        return value;
    }

    /** @throws EvaluationException if a text of so many characters is longer than the cap */
    void requireAtMost(int chars) {
        if (chars > resultChars) {
            throw EvaluationException.beyond(
                    Bound.RESULT_CHARS, "a text of " + chars + " characters (expected at most " + resultChars + ")");
        }
    }
}
