package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Cell;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.Conventions.Attribute;
import io.contextcore.gateway.model.Conventions.Type;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.LifecycleDefinition;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * State that was written under older mappings, read under the present ones: attributes that are not declared any more are
 * left out, values of another type are converted where they can be, and left out where not. Each is noted, once: the row
 * is kept as it was read.
 */
final class Tolerance {

    private final Conventions conventions;
    private final List<Note> notes;

    private Tolerance(Conventions conventions, List<Note> notes) {
        this.conventions = conventions;
        this.notes = notes;
    }

    /** Changes the draft to what the present mappings can read. */
    static void apply(Draft draft, Setting setting, List<Note> notes) {
        LifecycleDefinition definition = setting.definition(draft.lifecycle);
        Tolerance tolerance = new Tolerance(setting.conventions(), notes);
        tolerance.cells(draft.attributes);
        tolerance.sets(draft.sets);
        draft.derived = tolerance.values(draft.derived);
        if (definition.phaseAttribute() == null && draft.phase != null) {
            draft.phase = null;
            notes.add(Note.STATE_DROPPED);
        }
    }

    private void cells(SortedMap<String, Cell<AttributeValue>> cells) {
        Iterator<Map.Entry<String, Cell<AttributeValue>>> each =
                cells.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<String, Cell<AttributeValue>> entry = each.next();
            AttributeValue kept = entry.getValue().value();
            if (kept == null ? conventions.byName().containsKey(entry.getKey()) : fits(entry.getKey(), kept)) {
                continue;
            }
            AttributeValue converted = kept == null ? null : converted(entry.getKey(), kept);
            if (converted == null) {
                each.remove();
                notes.add(Note.STATE_DROPPED);
            } else {
                entry.setValue(new Cell<>(
                        converted, entry.getValue().at(), entry.getValue().sequence()));
                notes.add(Note.STATE_CONVERTED);
            }
        }
    }

    private void sets(SortedMap<String, ?> sets) {
        Iterator<String> names = sets.keySet().iterator();
        while (names.hasNext()) {
            Attribute attribute = conventions.byName().get(names.next());
            if (attribute == null || attribute.type() != Type.STRINGS) {
                names.remove();
                notes.add(Note.STATE_DROPPED);
            }
        }
    }

    /** Derived values are made anew by the step; what does not fit is only not seen as what was before. */
    private SortedMap<String, AttributeValue> values(SortedMap<String, AttributeValue> values) {
        if (values.entrySet().stream().allMatch(entry -> fits(entry.getKey(), entry.getValue()))) {
            return values;
        }
        SortedMap<String, AttributeValue> fitting = new TreeMap<>(values);
        fitting.entrySet().removeIf(entry -> !fits(entry.getKey(), entry.getValue()));
        return fitting;
    }

    private boolean fits(String name, AttributeValue value) {
        Attribute attribute = conventions.byName().get(name);
        if (attribute == null) {
            return false;
        }
        return switch (attribute.type()) {
            case STRING ->
                value instanceof AttributeValue.Text text
                        && (attribute.values().isEmpty() || attribute.values().contains(text.value()));
            case INT -> value instanceof AttributeValue.Int;
            case DOUBLE -> value instanceof AttributeValue.Real;
            case BOOLEAN -> value instanceof AttributeValue.Flag;
            case STRINGS -> value instanceof AttributeValue.Texts;
        };
    }

    /** Null where the present mappings have no such attribute, or the value is none of it. */
    private @Nullable AttributeValue converted(String name, AttributeValue value) {
        try {
            return conventions.coerce(name, value.plain());
        } catch (EvaluationException e) {
            return null;
        }
    }
}
