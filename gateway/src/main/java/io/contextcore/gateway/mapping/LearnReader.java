package io.contextcore.gateway.mapping;

import static io.contextcore.gateway.yaml.Form.Key.optional;
import static io.contextcore.gateway.yaml.Form.Key.required;

import io.contextcore.gateway.expression.Variables;
import io.contextcore.gateway.mapping.Mapping.LearnRule;
import io.contextcore.gateway.mapping.RuleParts.Looped;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Shape;
import io.contextcore.gateway.yaml.YamlMapping;
import io.contextcore.gateway.yaml.YamlNode;
import io.contextcore.gateway.yaml.YamlScalar;
import io.contextcore.gateway.yaml.YamlSequence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads what a mapping file remembers for later deliveries. */
final class LearnReader {

    static final String TABLE = "table";
    private static final String VALUE = "value";

    private static final Form LEARN = Form.of("what is learnt", RuleParts.WHEN)
            .with(RuleParts.LOOP)
            .with(
                    required(TABLE, Shape.TEXT, "the table that `learnt()` looks into"),
                    required(RuleParts.KEY, Shape.TEMPLATE, "what the value is found by"),
                    required(VALUE, Shape.TEMPLATE, "text, a number or a flag; null: forget it"),
                    optional("at", Shape.TEMPLATE, "when it was so: the newest stays; default the receipt"));

    /** Key of a mapping file. */
    static final Form.Key FORM_KEY =
            optional("learn", Shape.list(Shape.of(LEARN)), "what later deliveries can look up with `learnt()`");

    private final Reading reading;
    private final RuleParts parts;
    private final Variables variables;

    LearnReader(Reading reading, RuleParts parts, Variables variables) {
        this.reading = reading;
        this.parts = parts;
        this.variables = variables;
    }

    List<LearnRule> learns(Field field) {
        List<LearnRule> rules = new ArrayList<>();
        if (field.isPresent()) {
            for (Field item : field.items()) {
                item.fields(LEARN)
                        .map(fields -> learn(fields, "learn[" + rules.size() + "]"))
                        .ifPresent(rules::add);
            }
        }
        return rules;
    }

    /** Names of the tables that a mapping file learns into, before the rest of it is understood. */
    static Set<String> tables(YamlMapping file) {
        Set<String> tables = new LinkedHashSet<>();
        if (file.get(FORM_KEY.name()).orElse(null) instanceof YamlSequence rules) {
            for (YamlNode rule : rules.items()) {
                if (rule instanceof YamlMapping entries
                        && entries.get(TABLE).orElse(null) instanceof YamlScalar table) {
                    tables.add(table.text());
                }
            }
        }
        return tables;
    }

    private LearnRule learn(Fields fields, String what) {
        Looped looped = parts.loop(fields, what, variables);
        Variables seen = looped.variables();
        Field value = fields.get(VALUE);
        Part known = value.isPresent() ? reading.template(value, what + ".value", seen) : null;
        return new LearnRule(
                parts.condition(fields, what, seen),
                looped.loop(),
                fields.get(TABLE).text().orElse(""),
                parts.required(fields, RuleParts.KEY, what, seen),
                known == null ? Parts.nothing(what + ".value", fields.location()) : known,
                parts.time(fields.get("at"), what + ".at", seen));
    }
}
