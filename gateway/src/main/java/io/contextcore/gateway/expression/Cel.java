package io.contextcore.gateway.expression;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import dev.cel.parser.CelStandardMacro;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** dev.cel's parser and checker, with our words, macros and functions. */
final class Cel {

    static final String ABSENT = "absent";
    /** What the literal {@code null} becomes before the check, so that it goes with every type. */
    static final String NULL = "@null";

    static final String HAS = "@has";
    static final Set<String> MACROS = Set.of("has", "all", "exists", "exists_one", "map", "filter", "first");

    private final CelCompiler base;

    Cel(Functions functions, int depth) {
        CelOptions options = CelOptions.current()
                .populateMacroCalls(false)
                .enableHiddenAccumulatorVar(true)
                .enableHeterogeneousNumericComparisons(true)
                .maxParseRecursionDepth(depth)
                .build();
        List<CelFunctionDecl> ours = functions.byName().values().stream()
                .filter(spec -> !spec.standard())
                .map(FunctionSpec::declaration)
                .toList();
        base = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(options)
                .setStandardMacros(
                        CelStandardMacro.ALL,
                        CelStandardMacro.EXISTS,
                        CelStandardMacro.EXISTS_ONE,
                        CelStandardMacro.MAP,
                        CelStandardMacro.MAP_FILTER,
                        CelStandardMacro.FILTER)
                .addMacros(
                        CelMacro.newGlobalMacro("has", 1, (factory, target, arguments) -> has(factory, arguments)),
                        CelMacro.newReceiverMacro("first", 2, Cel::first))
                .addFunctionDeclarations(ours)
                .addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(
                        HAS, CelOverloadDecl.newGlobalOverload("has_value", SimpleType.BOOL, SimpleType.DYN)))
                .addVar(ABSENT, SimpleType.DYN)
                .addVar(NULL, SimpleType.DYN)
                .build();
    }

    /** @param types of the objects that the variables hold; null: nothing is known of them */
    CelCompiler with(Variables variables, @Nullable PayloadTypes types, Set<String> tolerated) {
        CelCompilerBuilder builder = base.toCompilerBuilder();
        if (types != null) {
            builder.setTypeProvider(types.provider(tolerated)).addFunctionDeclarations(types.operators());
        }
        variables
                .byName()
                .forEach(
                        (name, variable) -> builder.addVar(name, variable.type().cel()));
        return builder.build();
    }

    /** Standard CEL's {@code has(x.y)}, and any other value: whether it is neither absent nor null. */
    private static Optional<CelExpr> has(CelMacroExprFactory factory, List<CelExpr> arguments) {
        CelExpr value = arguments.get(0);
        return Optional.of(
                value.getKind() == Kind.SELECT
                        ? factory.newSelect(
                                value.select().operand(), value.select().field(), true)
                        : factory.newGlobalCall(HAS, value));
    }

    /** {@code list.first(x, condition)}: collects until there is one, then takes it. */
    private static Optional<CelExpr> first(CelMacroExprFactory factory, CelExpr list, List<CelExpr> arguments) {
        CelExpr item = arguments.get(0);
        if (item.getKind() != Kind.IDENT) {
            return Optional.of(factory.reportError(
                    CelIssue.formatError(factory.getSourceLocation(item), "The argument must be a simple name")));
        }
        String name = item.ident().name();
        String found = factory.getAccumulatorVarName();
        CelExpr noneYet = factory.newGlobalCall(
                "_==_", factory.newGlobalCall("size", factory.newIdentifier(found)), factory.newIntLiteral(0));
        CelExpr step = factory.newGlobalCall(
                "_?_:_",
                arguments.get(1),
                factory.newGlobalCall(
                        "_+_", factory.newIdentifier(found), factory.newList(factory.newIdentifier(name))),
                factory.newIdentifier(found));
        CelExpr result = factory.newGlobalCall("first", factory.newIdentifier(found));
        return Optional.of(factory.fold(name, list, found, factory.newList(), noneYet, step, result));
    }
}
