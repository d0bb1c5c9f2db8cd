package io.contextcore.gateway.expression;

import dev.cel.common.ast.CelConstant;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Constants, lists and maps as expressions write them. What is absent does not become an element. */
final class Literals {

    /** What the keys of a map may be. */
    static final String KEYS = "string, int, uint or bool";

    private Literals() {}

    static Object constant(CelConstant constant) {
        return switch (constant.getKind()) {
            case NULL_VALUE -> Nothing.NULL;
            case BOOLEAN_VALUE -> constant.booleanValue();
            case INT64_VALUE -> constant.int64Value();
            case UINT64_VALUE -> constant.uint64Value();
            case DOUBLE_VALUE -> constant.doubleValue();
            case STRING_VALUE -> constant.stringValue();
            case BYTES_VALUE -> constant.bytesValue().toByteArray();
            case TIMESTAMP_VALUE, DURATION_VALUE, NOT_SET ->
                throw new AssertionError("no literal of the language: " + constant.getKind());
        };
    }

    static Code list(List<Code> elements) {
        if (elements.stream().allMatch(Code.Constant.class::isInstance)) {
            return new Code.Constant(Collections.unmodifiableList(elements(elements, new Scope(0, 0))));
        }
        return scope -> elements(elements, scope);
    }

    private static List<Object> elements(List<Code> elements, Scope scope) {
        List<Object> values = new ArrayList<>(elements.size());
        for (Code element : elements) {
            Object value = element.run(scope);
            if (value != Nothing.ABSENT) {
                values.add(value);
            }
        }
        return values;
    }

    static Code map(List<Code> keys, List<Code> values) {
        return scope -> {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                Object key = keys.get(i).run(scope);
                if (!ListFunctions.isKey(key)) {
                    throw new EvaluationException(
                            "a map's key of type " + Values.typeName(key) + " (expected " + KEYS + ")");
                }
                Object value = values.get(i).run(scope);
                if (map.putIfAbsent(Values.keyIn(map, key), value) != null) {
                    throw new EvaluationException("a map's key twice: '" + Conversions.text(key) + "'");
                }
            }
            map.values().removeIf(value -> value == Nothing.ABSENT);
            return map;
        };
    }
}
