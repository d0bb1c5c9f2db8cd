package io.contextcore.gateway.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelExprVisitor;
import dev.cel.common.types.CelType;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.model.Schema.Member;
import io.contextcore.gateway.model.Schema.Place;
import io.contextcore.gateway.model.Schema.Structure;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the members of typed objects that an expression reads, and complains of those that the schema does not have. */
final class Members extends CelExprVisitor {

    private static final String INDEX = "_[_]";

    private final CelAbstractSyntaxTree tree;
    private final Source source;
    private final PayloadTypes types;
    private final Problems problems;
    private final Set<Place> reads = new HashSet<>();
    private boolean allKnown = true;

    private Members(CelAbstractSyntaxTree tree, Source source, PayloadTypes types, Problems problems) {
        this.tree = tree;
        this.source = source;
        this.types = types;
        this.problems = problems;
    }

    /** The members that are read; empty if one does not exist. */
    static Optional<Set<Place>> read(
            CelAbstractSyntaxTree checked, Source source, PayloadTypes types, Problems problems) {
        Members members = new Members(checked, source, types, problems);
        members.visit(checked.getExpr());
        return members.allKnown ? Optional.of(members.reads) : Optional.empty();
    }

    /** Every name that the expression selects, of whatever. */
    static Set<String> selected(CelAbstractSyntaxTree parsed) {
        Set<String> names = new HashSet<>();
        CelExprVisitor visitor = new CelExprVisitor() {
            @Override
            protected void visit(CelExpr expression, CelSelect select) {
                names.add(select.field());
                super.visit(expression, select);
            }
        };
        visitor.visit(parsed.getExpr());
        return names;
    }

    @Override
    protected void visit(CelExpr expression, CelSelect select) {
        structure(select.operand()).ifPresent(object -> member(object, select.field(), expression, select.operand()));
        super.visit(expression, select);
    }

    @Override
    protected void visit(CelExpr expression, CelCall call) {
        if (call.function().equals(INDEX)) {
            CelExpr index = call.args().get(1);
            structure(call.args().get(0)).ifPresent(object -> index(object, index));
        }
        super.visit(expression, call);
    }

    private void index(Structure object, CelExpr index) {
        if (index.getKind() == Kind.CONSTANT && index.constant().getKind() == CelConstant.Kind.STRING_VALUE) {
            member(object, index.constant().stringValue(), index, index);
        } else {
            // Which one is known only when it runs: a customised member, whose name a table has.
            object.members().stream()
                    .filter(Member::isPattern)
                    .forEach(member -> reads.add(place(object, member.name())));
        }
    }

    /** @param before what stands before the name in the text */
    private void member(Structure object, String name, CelExpr expression, CelExpr before) {
        Optional<Member> member = object.member(name);
        if (member.isPresent()) {
            reads.add(place(object, member.get().name()));
            return;
        }
        allKnown = false;
        List<String> names = object.members().stream().map(Member::name).toList();
        problems.add(
                ErrorCode.UNKNOWN_FIELD,
                source.ofMember(name, expression, before, tree),
                "undefined field '" + name + "' of " + object.name() + " in schema "
                        + types.schema().name() + " (expected "
                        + (names.isEmpty() ? "none" : "one of " + String.join(", ", names)) + Nearest.hint(name, names)
                        + ")");
    }

    private Place place(Structure object, String member) {
        return new Place(types.schema().name(), object.name(), member);
    }

    private Optional<Structure> structure(CelExpr operand) {
        Optional<CelType> type = tree.getType(operand.id());
        return type.flatMap(types::structure);
    }
}
