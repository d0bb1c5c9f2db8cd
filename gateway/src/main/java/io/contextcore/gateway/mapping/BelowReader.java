package io.contextcore.gateway.mapping;

import static io.contextcore.gateway.yaml.Form.Key.optional;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.mapping.LifecycleExpressions.Place;
import io.contextcore.gateway.model.Expression;
import io.contextcore.gateway.model.LifecycleDefinition.Below;
import io.contextcore.gateway.model.LifecycleDefinition.Listed;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Shape;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what a lifecycle's instances know of those below them. */
final class BelowReader {

    private static final Form LISTED = Form.of(
            "what is said of listed children",
            optional("labels", Shape.list(Shape.TEXT), "attributes of a child that the list keeps"),
            optional("cascade", Shape.FLAG, "whether open children end with their parent; default false"),
            optional("outcome", Shape.TEXT, "outcome of those that ended so; default parent-ended"));

    /** Keys of a lifecycle file. */
    static final List<Form.Key> KEYS = List.of(
            optional("rollup", Shape.map(Shape.EXPRESSION), "attributes that are sums over the direct children"),
            optional("leave", Shape.EXPRESSION, "whether an instance counts no more, neither above nor in tallies"),
            optional("children", Shape.map(Shape.of(LISTED)), "lifecycles whose open direct children are listed"));

    private final LifecycleExpressions expressions;

    BelowReader(LifecycleExpressions expressions) {
        this.expressions = expressions;
    }

    Below below(Fields fields) {
        Part leave = expressions.condition(fields.get("leave"), "leave", Place.LEAVE);
        return new Below(
                rollups(fields.get("rollup")),
                listed(fields.get("children")),
                leave == null ? null : leave.compiled().expression());
    }

    private SortedMap<String, Expression> rollups(Field field) {
        SortedMap<String, Expression> rollups = new TreeMap<>();
        if (field.isPresent()) {
            for (Field.Entry entry : field.entries()) {
                expressions.numeric(entry, entry.key());
                Part share = expressions.number(entry.value(), "rollup." + entry.key(), Place.ROLLED_UP);
                if (share != null) {
                    rollups.put(entry.key(), share.compiled().expression());
                }
            }
        }
        return rollups;
    }

    private Map<String, Listed> listed(Field field) {
        Map<String, Listed> listed = new TreeMap<>();
        if (field.isPresent()) {
            for (Field.Entry entry : field.entries()) {
                expressions.reading().lifecycle(entry.key(), entry.keyLocation());
                entry.value().fields(LISTED).ifPresent(fields -> listed.put(entry.key(), children(fields)));
            }
        }
        return listed;
    }

    private Listed children(Fields fields) {
        boolean cascade = fields.get("cascade").flag().orElse(false);
        Field outcome = fields.get("outcome");
        if (outcome.isPresent() && !cascade) {
            outcome.problem(
                    ErrorCode.KEYS_DISAGREE, "'outcome' stands without 'cascade' (expected `cascade: true` beside it)");
        }
        return new Listed(
                expressions.names(fields.get("labels")), cascade, outcome.text().orElse(null));
    }
}
