package io.contextcore.gateway.expression;

import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.TypeParamType;
import io.contextcore.gateway.model.Nothing;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One way to call a function, written {@code name(a: string, b: any) -> bool} or {@code string.name(b: any) -> bool}.
 *
 * @param text as the reference shows it
 * @param parameters the receiver first, if there is one
 */
record Signature(String text, List<Parameter> parameters, Parameter.Kind result) {

    private static final Pattern SHAPE = Pattern.compile("(?:(\\w+)\\.)?(\\w+)\\((.*)\\) -> (\\w+)");

    /** Stands for whatever the items of a list are. */
    private static final CelType ITEM = TypeParamType.create("Item");

    private static final List<ValueType> NUMBERS = List.of(ValueType.INT, ValueType.UINT, ValueType.DOUBLE);

    static Signature of(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new AssertionError("no signature: " + text);
        }
        List<Parameter> parameters = new ArrayList<>();
        if (matcher.group(1) != null) {
            parameters.add(new Parameter("receiver", Parameter.Kind.named(matcher.group(1))));
        }
        if (!matcher.group(3).isEmpty()) {
            for (String parameter : matcher.group(3).split(", ")) {
                String[] parts = parameter.split(": ");
                parameters.add(new Parameter(parts[0], Parameter.Kind.named(parts[1])));
            }
        }
        return new Signature(text, List.copyOf(parameters), Parameter.Kind.named(matcher.group(4)));
    }

    /** Whether a call with so many arguments, those behind the last absent, is one of this kind. */
    boolean accepts(int count, Object first, Object second, Object third) {
        return count == parameters.size()
                && accepts(0, first)
                && (count < 2 || accepts(1, second))
                && (count < FunctionSpec.PLACES || accepts(2, third));
    }

    private boolean accepts(int place, Object argument) {
        return argument instanceof Nothing || parameters.get(place).kind().accepts(argument);
    }

    /** As the checker has it; `number` stands for three types. */
    List<CelOverloadDecl> declarations(String id) {
        boolean numeric = parameters.stream().anyMatch(p -> p.kind() == Parameter.Kind.NUMBER);
        List<ValueType> numbers = numeric ? NUMBERS : List.of(ValueType.ANY);
        return numbers.stream()
                .map(number -> CelOverloadDecl.newGlobalOverload(
                        id + "_" + number,
                        type(result, number),
                        parameters.stream().map(p -> type(p.kind(), number)).toList()))
                .toList();
    }

    private static CelType type(Parameter.Kind kind, ValueType number) {
        return switch (kind) {
            case NUMBER -> number.cel();
            case ITEMS -> ListType.create(ITEM);
            case ITEM -> ITEM;
            default -> kind.type().cel();
        };
    }
}
