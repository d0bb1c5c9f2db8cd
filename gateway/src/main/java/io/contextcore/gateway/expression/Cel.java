package io.contextcore.gateway.expression;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelExprVisitor;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import dev.cel.parser.CelStandardMacro;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** dev.cel's parser and checker, with our words, macros and functions. */
final class Cel {

    static final String ABSENT = "absent";
    /** What the literal {@code null} becomes before the check, so that it goes with every type. */
    static final String NULL = "@null";

    static final String HAS = "@has";
    static final Set<String> MACROS = Set.of("has", "all", "exists", "exists_one", "map", "filter", "first");

    private final CelOptions options;
    private final CelCompiler parser;
    private final Map<String, CelFunctionDecl> ours = new HashMap<>();
    private final Map<Set<String>, CelCompiler> checkers = new HashMap<>();

    Cel(Functions functions, int depth) {
        options = CelOptions.current()
                .populateMacroCalls(false)
                .enableHiddenAccumulatorVar(true)
                .enableHeterogeneousNumericComparisons(true)
                .maxParseRecursionDepth(depth)
                .build();
        functions.byName().values().stream()
                .filter(spec -> !spec.standard())
                .forEach(spec -> ours.put(spec.name(), spec.declaration()));
        ours.put(
                HAS,
                CelFunctionDecl.newFunctionDeclaration(
                        HAS, CelOverloadDecl.newGlobalOverload("has_value", SimpleType.BOOL, SimpleType.DYN)));
        parser = CelCompilerFactory.standardCelCompilerBuilder()
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
                .build();
    }

    CelValidationResult parse(String text) {
        return parser.parse(text);
    }

    /**
     * @param types of the objects that the variables hold; null: nothing is known of them
     * @param tolerated members that every object shall seem to have
     */
    CelValidationResult check(
            CelAbstractSyntaxTree parsed, Variables variables, @Nullable PayloadTypes types, Set<String> tolerated) {
        Set<String> called = called(parsed);
        CelCompilerBuilder builder =
                checkers.computeIfAbsent(called, this::checker).toCompilerBuilder();
        if (types != null) {
            builder.setTypeProvider(types.provider(tolerated));
            types.operators().stream()
                    .filter(operator -> called.contains(operator.name()))
                    .forEach(builder::addFunctionDeclarations);
        }
        variables
                .byName()
                .forEach(
                        (name, variable) -> builder.addVar(name, variable.type().cel()));
        return builder.build().check(parsed);
    }

    /** Every check declares all functions of its checker anew, which costs most of it: so it has those that are called. */
    private CelCompiler checker(Set<String> called) {
        return CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(options)
                .setStandardEnvironmentEnabled(false)
                .setStandardDeclarations(CelStandardDeclarations.newBuilder()
                        .filterFunctions((function, overload) -> called.contains(function.functionName()))
                        .build())
                .addFunctionDeclarations(called.stream()
                        .flatMap(name -> Stream.ofNullable(ours.get(name)))
                        .toList())
                .addVar(ABSENT, SimpleType.DYN)
                .addVar(NULL, SimpleType.DYN)
                .build();
    }

    /** Functions and operators, by the names that the syntax tree has for them. */
    private static Set<String> called(CelAbstractSyntaxTree parsed) {
        Set<String> names = new HashSet<>();
        CelExprVisitor visitor = new CelExprVisitor() {
            @Override
            protected void visit(CelExpr expression, CelCall call) {
                names.add(call.function());
                super.visit(expression, call);
            }
        };
        visitor.visit(parsed.getExpr());
        return names;
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

    /** Whether a comprehension is what {@link #first} makes: no other takes the first of what it collected. */
    static boolean isFirst(CelComprehension fold) {
        CelExpr result = fold.result();
        return result.getKind() == Kind.CALL && result.call().function().equals("first");
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
