package io.contextcore.gateway.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Scope;
import io.contextcore.gateway.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The expressions of a mapping, run by dev.cel's planner, with our macros and functions: for a comparison of times. Only
 * those that give there what they give here are in it.
 */
public final class PlannedMapping {

    private static final String VARIABLE = "vars.";
    private static final int MOST_ARGUMENTS = 6;

    /**
     * An expression, as it was evaluated here.
     *
     * @param what its place in the mapping
     * @param value what it gave
     */
    public record Step(String what, String source, Object value) {}

    private record Planned(@Nullable String variable, CelRuntime.Program program) {}

    /** Each compiled once, as ours are. */
    private final Map<String, Pattern> patterns = new HashMap<>();

    private final Map<String, Object> variables;
    private final List<Planned> planned = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    /**
     * @param steps in their order
     * @param given variables of the language, {@code payload} and so on; JSON becomes what dev.cel reads
     */
    public PlannedMapping(List<Step> steps, Map<String, Object> given, Library library) {
        Cel parser = new Cel(Functions.of(library), library.limits().expressionDepth());
        dev.cel.bundle.Cel planner = planner(steps, given.keySet(), Functions.of(library));
        variables = new HashMap<>();
        given.forEach((name, value) -> variables.put(name, theirs(value)));
        variables.put(Cel.ABSENT, NullValue.NULL_VALUE);
        variables.put(Cel.NULL, NullValue.NULL_VALUE);
        for (Step step : steps) {
            plan(step, parser, planner);
        }
    }

    /** How many expressions {@link #evaluate} evaluates. */
    public int size() {
        return planned.size();
    }

    /** The places of those that dev.cel cannot evaluate, or gives another value for: most select what is not there. */
    public List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    /** Evaluates all of them. */
    public Object evaluate() throws CelEvaluationException {
        Map<String, Object> values = new HashMap<>(variables);
        Object last = NullValue.NULL_VALUE;
        for (Planned each : planned) {
            last = each.program().eval(values);
            if (each.variable() != null) {
                values.put(each.variable(), last);
            }
        }
        return last;
    }

    private void plan(Step step, Cel parser, dev.cel.bundle.Cel planner) {
        boolean isVariable = step.what().startsWith(VARIABLE);
        String variable = isVariable ? step.what().substring(VARIABLE.length()) : null;
        Object ours = theirs(step.value());
        try {
            CelAbstractSyntaxTree tree = planner.check(
                            NullLiterals.freed(parser.parse(expression(step)).getAst()))
                    .getAst();
            CelRuntime.Program program = planner.createProgram(tree);
            if (ours.equals(program.eval(variables))) {
                planned.add(new Planned(variable, program));
            } else {
                leftOut.add(step.what());
            }
        } catch (CelValidationException | CelEvaluationException e) {
            leftOut.add(step.what());
        }
        if (variable != null) {
            variables.put(variable, ours);
        }
    }

    /** A template of several parts is a sum of texts. */
    private static String expression(Step step) {
        if (!step.source().contains("${")) {
            return step.source();
        }
        YamlScalar scalar = YamlScalar.given(step.source(), new Location("f.yaml", 1, 1));
        return TemplateText.parts(scalar, new Problems()).orElseThrow().stream()
                .map(part -> part instanceof TemplateText.Part.Hole hole
                        ? "string(" + hole.source().text() + ")"
                        : "'" + ((TemplateText.Part.Text) part).text() + "'")
                .collect(Collectors.joining(" + "));
    }

    private dev.cel.bundle.Cel planner(List<Step> steps, Set<String> given, Functions functions) {
        CelBuilder builder = CelFactory.plannerCelBuilder()
                .setOptions(CelOptions.current()
                        .enableHeterogeneousNumericComparisons(true)
                        .build());
        given.forEach(name -> builder.addVar(name, SimpleType.DYN));
        builder.addVar(Cel.ABSENT, SimpleType.DYN).addVar(Cel.NULL, SimpleType.DYN);
        steps.stream()
                .filter(step -> step.what().startsWith(VARIABLE))
                .forEach(step -> builder.addVar(step.what().substring(VARIABLE.length()), SimpleType.DYN));
        functions.byName().values().stream().filter(spec -> !spec.standard()).forEach(spec -> bind(spec, builder));
        return builder.build();
    }

    /** Of any arguments, as many as one of its signatures has. */
    private void bind(FunctionSpec spec, CelBuilder builder) {
        List<CelOverloadDecl> declared = new ArrayList<>();
        List<CelFunctionBinding> bound = new ArrayList<>();
        for (int count = 1; count <= MOST_ARGUMENTS; count++) {
            int arguments = count;
            if (spec.signatures().stream().noneMatch(s -> s.parameters().size() == arguments)) {
                continue;
            }
            String id = spec.name() + "_" + count;
            declared.add(
                    CelOverloadDecl.newGlobalOverload(id, SimpleType.DYN, Collections.nCopies(count, SimpleType.DYN)));
            bound.add(CelFunctionBinding.from(
                    id, Collections.nCopies(count, Object.class), values -> call(spec, values)));
        }
        builder.addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(spec.name(), declared));
        builder.addFunctionBindings(CelFunctionBinding.fromOverloads(spec.name(), bound));
    }

    private Object call(FunctionSpec spec, Object[] values) {
        Object[] arguments = values.clone();
        List<Parameter> parameters =
                spec.signatures().get(spec.signatures().size() - 1).parameters();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] == NullValue.NULL_VALUE) {
                arguments[i] = Nothing.ABSENT;
            } else if (parameters.get(i).kind() == Parameter.Kind.REGEX) {
                arguments[i] = patterns.computeIfAbsent((String) arguments[i], Pattern::compile);
            }
        }
        Object result = spec.call(arguments, new Scope(0, Integer.MAX_VALUE));
        return result instanceof Nothing ? NullValue.NULL_VALUE : result;
    }

    /** As dev.cel has it: JSON as lists and maps, copied; absent and null are both null. */
    private static Object theirs(Object value) {
        if (value instanceof Nothing) {
            return NullValue.NULL_VALUE;
        } else if (value instanceof JsonNode node && node.isArray()) {
            List<Object> list = new ArrayList<>();
            node.forEach(item -> list.add(theirs(Values.of(item))));
            return list;
        } else if (value instanceof JsonNode node && node.isObject()) {
            Map<String, Object> map = new LinkedHashMap<>();
            node.properties().forEach(entry -> map.put(entry.getKey(), theirs(Values.of(entry.getValue()))));
            return map;
        }
        return value;
    }
}
