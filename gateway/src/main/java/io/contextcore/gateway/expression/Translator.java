package io.contextcore.gateway.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.CelMap;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns one checked syntax tree into closures. */
final class Translator {

    private static final String PLUS = "_+_";
    private static final Code NO_ARGUMENT = new Code.Constant(Nothing.ABSENT);
    private static final Set<String> ATTRIBUTE_MAPS = Set.of("before", "after", "attributes", "child");

    private final CelAbstractSyntaxTree tree;
    private final Source source;
    private final Variables variables;
    private final Functions functions;
    private final Library library;
    private final Problems problems;
    private final Operators operators;
    private final Probes probes;
    private final Set<Read> reads = new HashSet<>();
    private final Set<Long> named = new HashSet<>();
    private Map<String, Integer> locals = new HashMap<>();
    private int localCount;
    private boolean sound = true;

    Translator(
            CelAbstractSyntaxTree tree,
            Source source,
            Variables variables,
            Functions functions,
            Library library,
            Probes probes,
            Problems problems) {
        this.tree = tree;
        this.source = source;
        this.variables = variables;
        this.functions = functions;
        this.library = library;
        this.problems = problems;
        this.probes = probes;
        this.operators = new Operators(library.limits().resultChars());
    }

    /** @param condition whether true and false are branches of the whole */
    Code translate(boolean condition) {
        return probes.whole(code(tree.getExpr()), tree.getExpr(), condition);
    }

    Set<Read> reads() {
        return reads;
    }

    /** Slots that a scope needs. */
    int localCount() {
        return localCount;
    }

    /** Whether there was no problem. */
    boolean isSound() {
        return sound;
    }

    private Code code(CelExpr expression) {
        return switch (expression.getKind()) {
            case CONSTANT -> new Code.Constant(Literals.constant(expression.constant()));
            case IDENT -> variable(expression);
            case SELECT -> select(expression.select());
            case CALL -> call(expression);
            case LIST -> Literals.list(codes(expression.list().elements()));
            case MAP -> map(expression.map().entries()).at(source.of(expression, tree));
            case COMPREHENSION -> fold(expression.comprehension()).at(source.of(expression, tree));
            case STRUCT, NOT_SET -> throw new AssertionError("refused before: " + expression.getKind());
        };
    }

    private List<Code> codes(List<CelExpr> expressions) {
        return expressions.stream().map(this::code).toList();
    }

    private Code map(List<CelMap.Entry> entries) {
        for (CelMap.Entry entry : entries) {
            if (entry.key().getKind() == Kind.CONSTANT && !isKey(entry.key().constant())) {
                problem(
                        entry.key(),
                        ErrorCode.UNSUPPORTED_EXPRESSION,
                        "a map's key of another type (expected " + Literals.KEYS + ")");
            }
        }
        return Literals.map(
                codes(entries.stream().map(CelMap.Entry::key).toList()),
                codes(entries.stream().map(CelMap.Entry::value).toList()));
    }

    private static boolean isKey(CelConstant key) {
        return switch (key.getKind()) {
            case STRING_VALUE, INT64_VALUE, UINT64_VALUE, BOOLEAN_VALUE -> true;
            case NULL_VALUE, DOUBLE_VALUE, BYTES_VALUE, TIMESTAMP_VALUE, DURATION_VALUE, NOT_SET -> false;
        };
    }

    private Code variable(CelExpr expression) {
        String name = expression.ident().name();
        Integer local = locals.get(name);
        if (local != null) {
            int at = local;
            return scope -> scope.local(at);
        }
        if (name.equals(Cel.ABSENT)) {
            return new Code.Constant(Nothing.ABSENT);
        }
        if (name.equals(Cel.NULL)) {
            return new Code.Constant(Nothing.NULL);
        }
        Variables.Variable variable = variables.byName().get(name);
        if (variable == null) {
            return new Code.Constant(Objects.requireNonNull(TypeName.ALL.get(name), "the checker knows each name"));
        }
        Compiled meaning = variable.meaning();
        if (meaning != null) {
            reads.addAll(meaning.reads());
            return scope -> Values.of(meaning.expression().evaluate(scope));
        }
        if (ATTRIBUTE_MAPS.contains(name) && !named.contains(expression.id())) {
            reads.add(new Read(name, null));
        }
        int slot = variable.slot();
        return scope -> Values.of(scope.get(slot));
    }

    private Code select(CelSelect select) {
        noteRead(select.operand(), select.field());
        Code operand = code(select.operand());
        String field = select.field();
        return select.testOnly()
                ? scope -> Values.isThere(Values.member(operand.run(scope), field))
                : scope -> Values.member(operand.run(scope), field);
    }

    private void noteRead(CelExpr operand, String key) {
        if (operand.getKind() == Kind.IDENT
                && ATTRIBUTE_MAPS.contains(operand.ident().name())
                && !locals.containsKey(operand.ident().name())) {
            reads.add(new Read(operand.ident().name(), key));
            named.add(operand.id());
        }
    }

    private Code call(CelExpr expression) {
        List<CelExpr> arguments = new ArrayList<>();
        expression.call().target().ifPresent(arguments::add);
        arguments.addAll(expression.call().args());
        String name = expression.call().function();
        if (name.equals("_[_]") && isText(arguments.get(1))) {
            noteRead(arguments.get(0), arguments.get(1).constant().stringValue());
        }
        if (name.equals(PLUS) && buildsList(arguments)) {
            int result =
                    Objects.requireNonNull(locals.get(arguments.get(0).ident().name()), "a macro's own variable");
            return Fold.append(result, code(arguments.get(1).list().elements().get(0)));
        }
        if (name.equals(PLUS)) {
            return sum(expression);
        }
        Location at = source.of(expression, tree);
        FunctionSpec function = functions.byName().get(name);
        if (function != null && function.asksFacts() && !variables.facts()) {
            sound = false;
            problems.add(
                    ErrorCode.WRONG_CALL,
                    source.ofName(expression, tree),
                    "'" + name
                            + "' can be called in mappings only (expected: a mapping asks, and says it in an attribute)");
        }
        Code code = function == null
                ? operators.code(name, probes.operands(name, at, arguments, codes(arguments)))
                : function(function, arguments, at);
        return code.at(at);
    }

    /** One code for a chain of {@code +}. */
    private Code sum(CelExpr expression) {
        List<CelExpr> others = new ArrayList<>();
        List<Location> places = new ArrayList<>();
        CelExpr first = expression;
        while (first.getKind() == Kind.CALL && first.call().function().equals(PLUS)) {
            others.add(0, first.call().args().get(1));
            places.add(0, source.of(first, tree));
            first = first.call().args().get(0);
        }
        return new Sum(operators, code(first), codes(others), List.copyOf(places));
    }

    private boolean buildsList(List<CelExpr> arguments) {
        CelExpr left = arguments.get(0);
        return left.getKind() == Kind.IDENT
                && left.ident().name().startsWith("@")
                && locals.containsKey(left.ident().name())
                && arguments.get(1).getKind() == Kind.LIST;
    }

    private Code function(FunctionSpec function, List<CelExpr> arguments, Location at) {
        Code[] codes = new Code[arguments.size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = argument(function, i, arguments.get(i));
        }
        Probes.Watch watch = probes.call(function.name(), at, codes.length);
        int count = codes.length;
        if (watch == null && count <= FunctionSpec.PLACES) {
            Code second = count > 1 ? codes[1] : NO_ARGUMENT;
            Code third = count > 2 ? codes[2] : NO_ARGUMENT;
            return scope -> operators.limited(
                    function.call(count, codes[0].run(scope), second.run(scope), third.run(scope), scope));
        }
        return scope -> {
            Object[] values = values(codes, scope);
            if (watch != null) {
                watch.arguments(values);
            }
            return operators.limited(function.call(values, scope));
        };
    }

    private static Object[] values(Code[] codes, Scope scope) {
        Object[] values = new Object[codes.length];
        for (int i = 0; i < codes.length; i++) {
            values[i] = codes[i].run(scope);
        }
        return values;
    }

    /** Constant patterns are compiled here, and constant names of tables looked for. */
    private Code argument(FunctionSpec function, int position, CelExpr argument) {
        List<Parameter> parameters =
                function.signatures().get(function.signatures().size() - 1).parameters();
        if (isText(argument) && position < parameters.size()) {
            String text = argument.constant().stringValue();
            Parameter.Kind kind = parameters.get(position).kind();
            if (kind == Parameter.Kind.TABLE && !library.tables().containsKey(text)) {
                Set<String> tables = library.tables().keySet();
                problem(
                        argument,
                        ErrorCode.UNKNOWN_TABLE,
                        "unknown table '" + text + "' (expected one of " + String.join(", ", new TreeSet<>(tables))
                                + Nearest.hint(text, tables) + ")");
            } else if (kind == Parameter.Kind.FACTS && !library.facts().contains(text)) {
                problem(
                        argument,
                        ErrorCode.UNKNOWN_TABLE,
                        "nothing is learnt into a table '" + text + "' (expected one of "
                                + String.join(", ", new TreeSet<>(library.facts()))
                                + Nearest.hint(text, library.facts()) + ")");
            } else if (kind == Parameter.Kind.REGEX) {
                return pattern(argument, text);
            }
        }
        return code(argument);
    }

    private Code pattern(CelExpr argument, String text) {
        try {
            return new Code.Constant(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            problem(
                    argument,
                    ErrorCode.BAD_PATTERN,
                    "'" + text + "' is no regular expression: " + e.getDescription() + " (expected RE2 syntax)");
            return new Code.Constant(Nothing.ABSENT);
        }
    }

    private static boolean isText(CelExpr expression) {
        return expression.getKind() == Kind.CONSTANT
                && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    }

    private Code fold(CelComprehension fold) {
        Code range = code(fold.iterRange());
        Code initial = code(fold.accuInit());
        Map<String, Integer> outer = locals;
        locals = new HashMap<>(outer);
        int item = local(fold.iterVar());
        if (Cel.isFirst(fold)) {
            Code fitting = fitting(fold.loopStep(), item);
            locals = outer;
            return new First(range, item, fitting);
        }
        int result = local(fold.accuVar());
        Code goesOn = code(fold.loopCondition());
        Code step = code(fold.loopStep());
        Code outcome = code(fold.result());
        locals = outer;
        boolean collects = fold.accuInit().getKind() == Kind.LIST;
        return new Fold(range, item, result, collects, decides(fold.loopStep()), initial, goesOn, step, outcome);
    }

    /** The condition of first, and the item where it holds. */
    private Code fitting(CelExpr step, int item) {
        Location at = source.of(step, tree);
        List<CelExpr> parts = step.call().args();
        List<Code> codes = List.of(
                code(parts.get(0)), scope -> operators.limited(scope.local(item)), new Code.Constant(Nothing.ABSENT));
        String choice = step.call().function();
        return operators.code(choice, probes.operands(choice, at, parts, codes)).at(at);
    }

    /** What all and exists are made of is a chain of {@code &&} and of {@code ||}. */
    private static @Nullable Boolean decides(CelExpr step) {
        String operator = step.getKind() == Kind.CALL ? step.call().function() : "";
        return operator.equals("_&&_") ? Boolean.FALSE : operator.equals("_||_") ? Boolean.TRUE : null;
    }

    private int local(String name) {
        locals.put(name, localCount);
        return localCount++;
    }

    private void problem(CelExpr expression, ErrorCode code, String message) {
        sound = false;
        problems.add(code, source.of(expression, tree), message);
    }
}
