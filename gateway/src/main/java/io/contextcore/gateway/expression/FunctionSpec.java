package io.contextcore.gateway.expression;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Scope;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

    /** Arguments that a body takes. */
    static final int PLACES = 3;

    /** What a function does; arguments that a call leaves out are absent. */
    @FunctionalInterface
    interface Body {
        Object call(Object first, Object second, Object third, Scope scope);
    }

    /** What a function of one argument does. */
    @FunctionalInterface
    interface One {
        Object call(Object argument);
    }

    /** What a function of two arguments does. */
    @FunctionalInterface
    interface Two {
        Object call(Object first, Object second);
    }

    /** What a function of three arguments does. */
    @FunctionalInterface
    interface Three {
        Object call(Object first, Object second, Object third);
    }

    static FunctionSpec ours(
            String name, List<String> signatures, String doc, String example, String expected, One body) {
        return of(name, signatures, doc, example, expected, false, (a, b, c, scope) -> body.call(a));
    }

    static FunctionSpec ours(
            String name, List<String> signatures, String doc, String example, String expected, Two body) {
        return of(name, signatures, doc, example, expected, false, (a, b, c, scope) -> body.call(a, b));
    }

    static FunctionSpec ours(
            String name, List<String> signatures, String doc, String example, String expected, Three body) {
        return of(name, signatures, doc, example, expected, false, (a, b, c, scope) -> body.call(a, b, c));
    }

    static FunctionSpec standard(
            String name, List<String> signatures, String doc, String example, String expected, One body) {
        return of(name, signatures, doc, example, expected, true, (a, b, c, scope) -> body.call(a));
    }

    static FunctionSpec standard(
            String name, List<String> signatures, String doc, String example, String expected, Two body) {
        return of(name, signatures, doc, example, expected, true, (a, b, c, scope) -> body.call(a, b));
    }

    /** One that reads what was learnt, or spends steps as it goes. */
    static FunctionSpec scoped(
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
        int count = Math.min(PLACES, arguments.length);
        Object second = count > 1 ? arguments[1] : Nothing.ABSENT;
        Object result = call(count, arguments[0], second, count > 2 ? arguments[2] : Nothing.ABSENT, scope);
        // The one function that takes more takes any number, and what it makes of them it makes from the left.
        for (int i = PLACES; i < arguments.length; i++) {
            result = body.call(result, arguments[i], Nothing.ABSENT, scope);
        }
        return result;
    }

    /**
     * The same for at most three arguments.
     *
     * @param count of arguments; the others are absent
     */
    Object call(int count, Object first, Object second, Object third, Scope scope) {
        if (!takesNothing
                && (first instanceof Nothing
                        || (count > 1 && second instanceof Nothing)
                        || (count > 2 && third instanceof Nothing))) {
            return Nothing.ABSENT;
        }
        scope.spend(cost.of(first, second, third));
        if (!fits(count, first, second, third)) {
            String types = Stream.of(first, second, third)
                    .limit(count)
                    .map(Values::typeName)
                    .collect(Collectors.joining(", "));
            throw new EvaluationException(name + " does not take (" + types + ") (expected " + expectation() + ")");
        }
        Object result = body.call(first, second, third, scope);
        scope.spend(cost.of(result));
        return result;
    }

    private boolean fits(int count, Object first, Object second, Object third) {
        for (int i = 0; i < signatures.size(); i++) {
            if (signatures.get(i).accepts(count, first, second, third)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it reads what was learnt. */
    boolean asksFacts() {
        return signatures.stream()
                .flatMap(signature -> signature.parameters().stream())
                .anyMatch(parameter -> parameter.kind() == Parameter.Kind.FACTS);
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
