package io.contextcore.gateway.mapping;

import static io.contextcore.gateway.yaml.Form.Key.optional;
import static io.contextcore.gateway.yaml.Form.Key.required;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.mapping.LifecycleExpressions.Place;
import io.contextcore.gateway.model.Expression;
import io.contextcore.gateway.model.LifecycleDefinition.TallyRule;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads where the instances of a lifecycle are counted by group. */
final class TallyReader {

    private static final String INTO = "into";
    private static final String EVENT = "event";
    private static final String BY = "by";

    private static final Form TALLY = Form.of(
                    "a tally",
                    required(INTO, Shape.TEMPLATE, "name of the tally, made of attributes; absent: not counted"),
                    required(EVENT, Shape.TEXT, "event name of its log records"),
                    required(BY, Shape.list(Shape.TEXT), "attributes that make the groups"))
            .withOthers(Shape.EXPRESSION, "what is summed up in a group, as attribute `<lifecycle>.<key>`");

    /** Key of a lifecycle file. */
    static final Form.Key KEY =
            optional("tally", Shape.list(Shape.of(TALLY)), "logs of counts and sums of the instances, by group");

    private static final String WHY = "since all groups of a tally carry them";

    private final LifecycleExpressions expressions;
    private final String lifecycle;
    private final Set<String> events = new HashSet<>();

    TallyReader(LifecycleExpressions expressions, String lifecycle) {
        this.expressions = expressions;
        this.lifecycle = lifecycle;
    }

    List<TallyRule> tallies(Field field) {
        List<TallyRule> rules = new ArrayList<>();
        if (field.isPresent()) {
            for (Field item : field.items()) {
                String what = "tally[" + rules.size() + "]";
                item.fields(TALLY).flatMap(fields -> tally(item, fields, what)).ifPresent(rules::add);
            }
        }
        return rules;
    }

    private Optional<TallyRule> tally(Field item, Fields fields, String what) {
        Part into = expressions.text(fields.get(INTO), what + ".into", Place.DERIVED);
        Optional<String> event = event(fields.get(EVENT));
        List<String> by = new ArrayList<>(expressions.names(fields.get(BY)));
        SortedMap<String, Expression> measures = measures(fields, what);
        if (measures.isEmpty()) {
            item.problem(
                    ErrorCode.MISSING_KEY,
                    what + " measures nothing (expected a key besides into, event and by: `count: 1`)");
        }
        if (into == null || event.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new TallyRule(into.compiled().expression(), expressions.named(into, WHY), event.get(), by, measures));
    }

    /** A tally is known by its event and by what it counts into: two of one event would be one. */
    private Optional<String> event(Field field) {
        Optional<String> event = field.text();
        if (event.isPresent() && !events.add(event.get())) {
            field.problem(
                    ErrorCode.DUPLICATE_NAME,
                    "another tally of this lifecycle has the event '" + event.get()
                            + "' already (expected another name)");
        }
        return event;
    }

    /** Every other key is a measure. */
    private SortedMap<String, Expression> measures(Fields fields, String what) {
        SortedMap<String, Expression> measures = new TreeMap<>();
        for (Field.Entry entry : fields.others()) {
            String attribute = lifecycle + "." + entry.key();
            expressions.numeric(entry, attribute);
            Part amount = expressions.number(entry.value(), what + "." + entry.key(), Place.DERIVED);
            if (amount != null) {
                measures.put(attribute, amount.compiled().expression());
            }
        }
        return measures;
    }
}
