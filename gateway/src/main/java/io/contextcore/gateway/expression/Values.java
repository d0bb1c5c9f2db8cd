package io.contextcore.gateway.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.UnsignedLong;
import io.contextcore.gateway.model.Nothing;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What values of expressions are made of: members, elements, names of types. */
final class Values {

    private Values() {}

    /** A value as expressions have it: scalars of JSON unwrapped, integers exact. */
    static Object of(@Nullable Object value) {
        if (value instanceof JsonNode node) {
            return unwrap(node);
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        return value == null ? Nothing.ABSENT : value;
    }

    private static Object unwrap(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> node.textValue();
            case NUMBER -> number(node);
            case BOOLEAN -> node.booleanValue();
            case NULL -> Nothing.NULL;
            case MISSING -> Nothing.ABSENT;
            case OBJECT, ARRAY -> node;
            case BINARY, POJO -> throw new IllegalStateException("no node of parsed JSON: " + node.getNodeType());
        };
    }

    private static Object number(JsonNode node) {
        if (!node.isIntegralNumber()) {
            return node.doubleValue();
        }
        if (node.canConvertToLong()) {
            return node.longValue();
        }
        return node.bigIntegerValue().signum() > 0 && node.bigIntegerValue().bitLength() <= Long.SIZE
                ? UnsignedLong.valueOf(node.bigIntegerValue())
                : (Object) node.doubleValue();
    }

    /** The member of an object or map; absent where there is none, and where the container is no object. */
    static Object member(Object container, String name) {
        if (container instanceof ObjectNode object) {
            return of(object.get(name));
        }
        return container instanceof Map<?, ?> map ? of(map.get(name)) : Nothing.ABSENT;
    }

    /** The element at an index or under a key; absent where there is none. */
    static Object index(Object container, Object key) {
        if (key instanceof String name) {
            return member(container, name);
        }
        if (container instanceof Map<?, ?> map) {
            return of(map.get(keyIn(map, key)));
        }
        long at = position(key);
        if (container instanceof ArrayNode array) {
            return at >= 0 && at < array.size() ? of(array.get((int) at)) : Nothing.ABSENT;
        }
        return container instanceof List<?> list && at >= 0 && at < list.size()
                ? of(list.get((int) at))
                : Nothing.ABSENT;
    }

    /** The place in a list that an index means; below 0 where it means none. */
    private static long position(Object index) {
        return key(index) instanceof Long at ? at : -1;
    }

    /** The key of the map that equals this one, which may be a number of another type; the key itself if there is none. */
    static Object keyIn(Map<?, ?> map, Object key) {
        if (!(key instanceof Number) || map.containsKey(key)) {
            return key;
        }
        Object whole = key(key);
        if (map.containsKey(whole)) {
            return whole;
        }
        Object unsigned = whole instanceof Long number && number >= 0 ? UnsignedLong.fromLongBits(number) : key;
        return map.containsKey(unsigned) ? unsigned : key;
    }

    /** Equal numbers are one key, whatever their types: the whole ones as int where they fit, else as uint. */
    static Object key(Object key) {
        if (key instanceof UnsignedLong number) {
            return number.longValue() >= 0 ? (Object) number.longValue() : number;
        }
        if (key instanceof Double number && number == Math.rint(number)) {
            return number >= -0x1p63 && number < 0x1p63
                    ? (Object) number.longValue()
                    : number >= 0x1p63 && number < 0x1p64
                            ? UnsignedLong.valueOf(new BigDecimal(number).toBigInteger())
                            : number;
        }
        return key;
    }

    static boolean isThere(Object value) {
        return !(value instanceof Nothing);
    }

    static boolean isList(Object value) {
        return value instanceof ArrayNode || value instanceof List;
    }

    static boolean isMap(Object value) {
        return value instanceof ObjectNode || value instanceof Map;
    }

    /** A list's elements, unwrapped. */
    static List<Object> items(Object list) {
        if (list instanceof ArrayNode array) {
            return new Elements(array);
        }
        @SuppressWarnings("unchecked") // List<Object>, by the contract of model.Expression
        List<Object> objects = (List<Object>) list;
        return objects;
    }

    /** The keys of an object or map. */
    static List<Object> keysOf(Object map) {
        return map instanceof ObjectNode object
                ? ImmutableList.copyOf(object.fieldNames())
                : ImmutableList.copyOf(((Map<?, ?>) map).keySet());
    }

    /** How many items or entries a list or map has. */
    static int size(Object container) {
        if (container instanceof JsonNode node) {
            return node.size();
        }
        return container instanceof Map<?, ?> map ? map.size() : ((List<?>) container).size();
    }

    /** A list's elements, unwrapped; empty if the value is no list. */
    static Optional<List<Object>> list(Object value) {
        return isList(value) ? Optional.of(items(value)) : Optional.empty();
    }

    /** The keys of an object or map; empty if the value is neither. */
    static Optional<List<Object>> keys(Object value) {
        return isMap(value) ? Optional.of(keysOf(value)) : Optional.empty();
    }

    static String typeName(Object value) {
        if (value instanceof Nothing nothing) {
            return nothing == Nothing.ABSENT ? "absent" : "null";
        }
        return value instanceof TypeName ? "type" : type(value).toString();
    }

    static ValueType type(Object value) {
        if (value instanceof String) {
            return ValueType.STRING;
        } else if (value instanceof Long) {
            return ValueType.INT;
        } else if (value instanceof Double) {
            return ValueType.DOUBLE;
        } else if (value instanceof Boolean) {
            return ValueType.BOOL;
        } else if (value instanceof ArrayNode || value instanceof List) {
            return ValueType.LIST;
        } else if (value instanceof ObjectNode || value instanceof Map) {
            return ValueType.MAP;
        } else if (value instanceof Instant) {
            return ValueType.TIMESTAMP;
        } else if (value instanceof Duration) {
            return ValueType.DURATION;
        } else if (value instanceof UnsignedLong) {
            return ValueType.UINT;
        } else if (value instanceof byte[]) {
            return ValueType.BYTES;
        }
        return ValueType.ANY;
    }

    /** An array of JSON as a list, without copying it. */
    private static final class Elements extends AbstractList<Object> {

        private final ArrayNode array;

        Elements(ArrayNode array) {
            this.array = array;
        }

        @Override
        public Object get(int index) {
            return Values.of(array.get(index));
        }

        @Override
        public int size() {
            return array.size();
        }
    }
}
