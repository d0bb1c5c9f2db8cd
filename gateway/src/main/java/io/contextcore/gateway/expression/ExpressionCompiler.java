package io.contextcore.gateway.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Expression;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Schema;
import io.contextcore.gateway.yaml.Scalars;
import io.contextcore.gateway.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles the expressions of files. Used while loading, by one thread; what it makes may run on many. */
public final class ExpressionCompiler {

    private final Library library;
    private final Functions functions;
    private final Cel cel;
    private final @Nullable Coverage coverage;
    /** By the schema itself: to compare two costs more than it saves. */
    private final Map<Schema, PayloadTypes> payloads = new IdentityHashMap<>();

    private final Set<Schema.Place> membersRead = new HashSet<>();

    public ExpressionCompiler(Library library) {
        this(library, null);
    }

    /** @param coverage is told what of the expressions is reached when they run; null: nobody asks, and nothing is paid */
    public ExpressionCompiler(Library library, @Nullable Coverage coverage) {
        this.library = library;
        this.coverage = coverage;
        this.functions = Functions.of(library);
        this.cel = new Cel(functions, library.limits().expressionDepth());
    }

    /** The members of typed payloads that any of the expressions so far reads. */
    public Set<Schema.Place> membersRead() {
        return Set.copyOf(membersRead);
    }

    /** A scalar that is an expression: {@code vars:}, {@code derive:}. Errors are added to the problems. */
    public Optional<Compiled> expression(YamlScalar scalar, Variables variables, Problems problems) {
        return bare(scalar, variables, false, problems);
    }

    /** The same for a scalar that decides something, of whatever type: {@code when:}. */
    public Optional<Compiled> condition(YamlScalar scalar, Variables variables, Problems problems) {
        return bare(scalar, variables, true, problems);
    }

    private Optional<Compiled> bare(YamlScalar scalar, Variables variables, boolean condition, Problems problems) {
        if (scalar.text().startsWith("${")) {
            problems.add(
                    ErrorCode.BRACES,
                    scalar.location(),
                    "an expression stands here without '${' and '}' (leave them out)");
            return Optional.empty();
        }
        return compile(Source.whole(scalar), variables, condition, problems);
    }

    /**
     * A scalar that may hold {@code ${…}}: exactly one and nothing else keeps the expression's type; with text around it
     * becomes a string; none at all is a constant. {@code $${} writes a literal {@code ${}.
     */
    public Optional<Compiled> template(YamlScalar scalar, Variables variables, Problems problems) {
        Optional<List<TemplateText.Part>> parts = TemplateText.parts(scalar, problems);
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        if (parts.get().size() == 1 && parts.get().get(0) instanceof TemplateText.Part.Hole hole) {
            return compile(hole.source(), variables, false, problems);
        }
        if (parts.get().stream().allMatch(TemplateText.Part.Text.class::isInstance)) {
            return constant(scalar, parts.get(), problems);
        }
        return text(scalar, parts.get(), variables, problems);
    }

    private Optional<Compiled> compile(Source source, Variables variables, boolean condition, Problems problems) {
        if (source.text().isBlank()) {
            problems.add(ErrorCode.EMPTY_EXPRESSION, source.location(), "nothing here (expected an expression)");
            return Optional.empty();
        }
        PayloadTypes types =
                variables.schema() == null ? null : payloads.computeIfAbsent(variables.schema(), PayloadTypes::new);
        return tree(cel.parse(source.text()), ErrorCode.SYNTAX, source, Map.of(), problems)
                .map(NullLiterals::freed)
                .filter(parsed -> Names.known(parsed, source, variables, functions, problems))
                .flatMap(parsed -> tree(
                        check(parsed, variables, types),
                        ErrorCode.OPERANDS,
                        source,
                        Names.called(parsed, functions),
                        problems))
                .flatMap(checked -> translate(checked, source, variables, types, condition, problems));
    }

    /** A member that a schema does not have would end the check: then again without, so that the types of all others show. */
    private CelValidationResult check(CelAbstractSyntaxTree parsed, Variables variables, @Nullable PayloadTypes types) {
        CelValidationResult strict = cel.check(parsed, variables, types, Set.of());
        if (types == null || !strict.hasError()) {
            return strict;
        }
        CelValidationResult tolerant = cel.check(parsed, variables, types, Members.selected(parsed));
        return tolerant.hasError() ? strict : tolerant;
    }

    /**
     * @param mistake the code of what is found wrong
     * @param called the functions that are called, by the id of the call: to say what they expect
     */
    private static Optional<CelAbstractSyntaxTree> tree(
            CelValidationResult result,
            ErrorCode mistake,
            Source source,
            Map<Long, FunctionSpec> called,
            Problems problems) {
        for (CelIssue error : told(result.getErrors(), source)) {
            String message = error.getMessage().replace('\n', ' ').strip();
            int candidates = message.indexOf(" (candidates: ");
            FunctionSpec function = called.get(error.getExprId());
            if (SyntaxText.isAboutTokens(message)) {
                problems.add(mistake, source.of(error), SyntaxText.at(source.text(), source.index(error)));
                continue;
            }
            problems.add(
                    mistake,
                    source.of(error),
                    (candidates < 0 ? message : message.substring(0, candidates))
                            + (function == null ? "" : " (expected " + function.expectation() + ")"));
        }
        try {
            return result.hasError() ? Optional.empty() : Optional.of(result.getAst());
        } catch (CelValidationException e) {
            throw new AssertionError("a result without errors has a tree", e);
        }
    }

    /** Of a text that cannot be parsed the first error only: what follows it comes of the parser's guess how to go on. */
    private static List<CelIssue> told(List<CelIssue> errors, Source source) {
        return errors.stream().noneMatch(error -> SyntaxText.isAboutTokens(error.getMessage()))
                ? errors
                : errors.stream().min(Comparator.comparingInt(source::index)).stream()
                        .toList();
    }

    private Optional<Compiled> translate(
            CelAbstractSyntaxTree checked,
            Source source,
            Variables variables,
            @Nullable PayloadTypes types,
            boolean condition,
            Problems problems) {
        Optional<Set<Schema.Place>> members =
                types == null ? Optional.of(Set.of()) : Members.read(checked, source, types, problems);
        StaticType type = StaticType.of(checked.getResultType());
        Probes probes = new Probes(coverage, source);
        Translator translator = new Translator(checked, source, variables, functions, library, probes, problems);
        Code code = translator.translate(condition || type.value() == ValueType.BOOL);
        if (!translator.isSound() || members.isEmpty()) {
            return Optional.empty();
        }
        membersRead.addAll(members.get());
        int locals = translator.localCount();
        Location location = source.location();
        Operands operands = new Operands(Paths.of(checked, variables), library.redactor());
        Expression expression = scope -> {
            int outer = scope.enter(locals);
            try {
                return code.run(scope);
            } catch (EvaluationException e) {
                throw operands.tell(e, location, source.text(), scope);
            } finally {
                scope.leave(outer);
            }
        };
        return Optional.of(new Compiled(expression, type, translator.reads(), source.text(), location, operands));
    }

    private static Optional<Compiled> constant(YamlScalar scalar, List<TemplateText.Part> parts, Problems problems) {
        Object value = parts.isEmpty() ? "" : ((TemplateText.Part.Text) parts.get(0)).text();
        if (Scalars.looksLikeSomethingElse(scalar)) {
            Optional<Object> meant = Scalars.plainValue(scalar.text());
            if (meant.isEmpty()) {
                problems.add(
                        ErrorCode.NEEDS_QUOTES,
                        scalar.location(),
                        scalar.describe()
                                + " means different things to different readers of YAML (put text in quotes)");
                return Optional.empty();
            }
            value = meant.get();
        }
        Object constant = value.equals(Scalars.NULL) ? Nothing.NULL : value;
        return Optional.of(
                new Compiled(scope -> constant, Values.type(constant), Set.of(), scalar.text(), scalar.location()));
    }

    private Optional<Compiled> text(
            YamlScalar scalar, List<TemplateText.Part> parts, Variables variables, Problems problems) {
        Expression[] expressions = new Expression[parts.size()];
        Set<Read> reads = new HashSet<>();
        List<Operands> operands = new ArrayList<>();
        boolean sound = true;
        for (int i = 0; i < expressions.length; i++) {
            if (parts.get(i) instanceof TemplateText.Part.Text literal) {
                expressions[i] = scope -> literal.text();
            } else if (parts.get(i) instanceof TemplateText.Part.Hole hole) {
                Optional<Compiled> compiled = compile(hole.source(), variables, false, problems);
                sound &= compiled.isPresent();
                expressions[i] = compiled.map(Compiled::expression).orElse(scope -> Nothing.ABSENT);
                compiled.ifPresent(part -> {
                    reads.addAll(part.reads());
                    operands.add(part.operands());
                });
            }
        }
        Expression joined = new JoinedText(expressions, library.limits().resultChars(), scalar.location());
        return sound
                ? Optional.of(new Compiled(
                        joined,
                        StaticType.of(ValueType.STRING),
                        reads,
                        scalar.text(),
                        scalar.location(),
                        Operands.all(operands)))
                : Optional.empty();
    }
}
