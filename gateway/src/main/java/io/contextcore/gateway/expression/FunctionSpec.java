package io.contextcore.gateway.expression;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A function of the language: the reference page, the tests and the compiler all read this.
 *
 * @param signatures the ways to call it
 * @param doc one or two sentences
 * @param errors what makes it fail, besides arguments of other types; empty: nothing
 * @param cost what it takes of the budget
 * @param example an expression, over no variables
 * @param expected an expression that equals it
 * @param standard whether it is CEL's own, so that the compiler knows it already
 * @param takesNothing whether it is called with absent and null arguments; otherwise the result is then absent
 * @param body what it does, with arguments that fit a signature
 */
record FunctionSpec(
        String name,
        List<Signature> signatures,
        String doc,
        String errors,
        Cost cost,
        String example,
        String expected,
        boolean standard,
        boolean takesNothing,
        Body body) {

    /** What a function does. */
    @FunctionalInterface
    interface Body {
        Object call(Object[] arguments, Scope scope);
    }

    /** What a function does that knows its arguments and nothing else. */
    @FunctionalInterface
    interface Pure {
        Object call(Object[] arguments);
    }

    static FunctionSpec ours(
            String name, List<String> signatures, String doc, String example, String expected, Pure body) {
        return of(name, signatures, doc, example, expected, false, (a, scope) -> body.call(a));
    }

    static FunctionSpec standard(
            String name, List<String> signatures, String doc, String example, String expected, Pure body) {
        return of(name, signatures, doc, example, expected, true, (a, scope) -> body.call(a));
    }

    /** One that reads what was learnt. */
    static FunctionSpec learning(
            String name, List<String> signatures, String doc, String example, String expected, Body body) {
        return of(name, signatures, doc, example, expected, false, body);
    }

    private static FunctionSpec of(
            String name,
            List<String> signatures,
            String doc,
            String example,
            String expected,
            boolean standard,
            Body body) {
        List<Signature> parsed = signatures.stream().map(Signature::of).toList();
        return new FunctionSpec(name, parsed, doc, "", Cost.SIZE, example, expected, standard, false, body);
    }

    FunctionSpec takingNothing() {
        return new FunctionSpec(name, signatures, doc, errors, cost, example, expected, standard, true, body);
    }

    /** @param when what makes it fail, as the end of "Fails for …" */
    FunctionSpec failing(String when) {
        return new FunctionSpec(name, signatures, doc, when, cost, example, expected, standard, takesNothing, body);
    }

    FunctionSpec costing(Cost steps) {
        return new FunctionSpec(name, signatures, doc, errors, steps, example, expected, standard, takesNothing, body);
    }

    /** @throws EvaluationException if the arguments fit no signature, the budget is used up, or the function has an error */
    Object call(Object[] arguments, Scope scope) {
        if (!takesNothing) {
            for (Object argument : arguments) {
                if (argument instanceof Nothing) {
                    return Nothing.ABSENT;
                }
            }
        }
        scope.spend(cost.of(arguments));
        for (Signature signature : signatures) {
            if (signature.accepts(arguments)) {
                Object result = body.call(arguments, scope);
                scope.spend(cost.of(result));
                return result;
            }
        }
        String types = Arrays.stream(arguments).map(Values::typeName).collect(Collectors.joining(", "));
        throw new EvaluationException(name + " does not take (" + types + ") (expected " + expectation() + ")");
    }

    /** The signatures in one line. */
    String expectation() {
        return signatures.stream().map(Signature::text).collect(Collectors.joining(" or "));
    }

    CelFunctionDecl declaration() {
        List<CelOverloadDecl> overloads = IntStream.range(0, signatures.size())
                .boxed()
                .flatMap(i -> signatures.get(i).declarations(name + "_" + i).stream())
                .toList();
        return CelFunctionDecl.newFunctionDeclaration(name, overloads);
    }
}
