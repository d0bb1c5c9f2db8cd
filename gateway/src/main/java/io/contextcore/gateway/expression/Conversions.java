package io.contextcore.gateway.expression;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.primitives.UnsignedLong;
import io.contextcore.gateway.model.Bound;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From one type to another. */
final class Conversions {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final double WHOLE_DOUBLES = 1e15;
    /** Longer digits are not read: exact numbers of any size would take time that grows with the square. */
    private static final int MOST_DIGITS = 100;

    private Conversions() {}

    /** Text of anything: RFC 3339 for times, seconds for durations, JSON for lists and maps. */
    static String text(Object value) {
        return text(value, Integer.MAX_VALUE);
    }

    /** @param most characters that JSON may have */
    static String text(Object value, int most) {
        if (value instanceof String text) {
            return text;
        } else if (value instanceof Double number) {
            return Math.abs(number) < WHOLE_DOUBLES && number == Math.rint(number)
                    ? Long.toString(number.longValue())
                    : number.toString();
        } else if (value instanceof Duration span) {
            return BigDecimal.valueOf(span.getSeconds())
                            .add(BigDecimal.valueOf(span.getNano(), 9))
                            .stripTrailingZeros()
                            .toPlainString()
                    + "s";
        } else if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        } else if (value instanceof JsonNode || value instanceof List || value instanceof Map) {
            return json(value, most);
        }
        return value.toString();
    }

    /** JSON of anything that may stand in a list. */
    static String json(Object value, int most) {
        JsonText text = new JsonText(most);
        try {
            JSON.writeValue(text, plain(value));
            return text.toString();
        } catch (TooLong e) {
            throw TextFunctions.tooLong(most);
        } catch (IOException e) {
            if (e.getCause() instanceof EvaluationException tooLong) {
                throw tooLong; // the library wraps what the writer throws deep in a list
            }
            throw new IllegalStateException("plain values are writable", e);
        }
    }

    /** Of the exceptions of a writer only those of this kind come out of a list as they are. */
    @SuppressWarnings("serial") // never serialised
    private static final class TooLong extends IOException {}

    /** A list may hold the same long text a thousand times: writing ends as soon as there is too much. */
    private static final class JsonText extends Writer {

        private final StringBuilder text = new StringBuilder();
        private final int most;

        private JsonText(int most) {
            this.most = most;
        }

        @Override
        public void write(char[] chars, int from, int length) throws TooLong {
            if ((long) text.length() + length > most) {
                throw new TooLong();
            }
            text.append(chars, from, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}

        @Override
        public String toString() {
            return text.toString();
        }
    }

    private static @Nullable Object plain(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(item -> plain(Values.of(item))).toList();
        } else if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> copy.put(key.toString(), plain(Values.of(item))));
            return copy;
        } else if (value instanceof Nothing) {
            return null;
        }
        return value instanceof JsonNode || value instanceof Number || value instanceof Boolean ? value : text(value);
    }

    /** The value that a JSON text holds; absent if it is no JSON. */
    static Object parseJson(String text, int depth) {
        requireNoDeeper(text, depth);
        try {
            return Values.of(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            return Nothing.ABSENT;
        }
    }

    private static void requireNoDeeper(String text, int most) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                i += c == '\\' ? 1 : 0;
                quoted = c != '"';
            } else if (c == '"') {
                quoted = true;
            } else if (c == '[' || c == '{') {
                depth++;
                if (depth > most) {
                    throw EvaluationException.beyond(
                            Bound.BODY_DEPTH, "JSON nested deeper than " + most + " (expected at most so deep)");
                }
            } else if (c == ']' || c == '}') {
                depth--;
            }
        }
    }

    static Object whole(Object value) {
        if (value instanceof Double number) {
            if (!(number > -0x1p63 && number < 0x1p63)) {
                throw outOfRange(value, "int");
            }
            return number.longValue();
        } else if (value instanceof UnsignedLong number) {
            return exact(number.bigIntegerValue(), value);
        } else if (value instanceof Instant instant) {
            return instant.getEpochSecond();
        } else if (value instanceof String text) {
            return exact(digits(text, "int"), value);
        }
        return value;
    }

    private static long exact(BigInteger number, Object value) {
        if (number.bitLength() >= Long.SIZE) {
            throw outOfRange(value, "int");
        }
        return number.longValue();
    }

    static Object unsigned(Object value) {
        if (value instanceof UnsignedLong) {
            return value;
        }
        if (value instanceof Double real && !(real >= 0 && real < 0x1p64)) {
            throw outOfRange(value, "uint");
        }
        BigInteger number = value instanceof Double real
                ? new BigDecimal(real).toBigInteger()
                : value instanceof Long whole ? BigInteger.valueOf(whole) : unsignedDigits((String) value);
        if (number.signum() < 0 || number.bitLength() > Long.SIZE) {
            throw outOfRange(value, "uint");
        }
        return UnsignedLong.valueOf(number);
    }

    /** Without a sign, not even a plus. */
    private static BigInteger unsignedDigits(String text) {
        if (text.startsWith("+") || text.startsWith("-")) {
            throw new EvaluationException("'" + Spans.shown(text) + "' is not of type uint");
        }
        return digits(text, "uint");
    }

    private static BigInteger digits(String text, String type) {
        if (text.length() > MOST_DIGITS) {
            throw new EvaluationException("'" + Spans.shown(text) + "' is not of type " + type);
        }
        try {
            return new BigInteger(text);
        } catch (NumberFormatException e) {
            throw new EvaluationException("'" + Spans.shown(text) + "' is not of type " + type);
        }
    }

    static Object real(Object value) {
        try {
            return value instanceof Number number ? number.doubleValue() : Double.parseDouble((String) value);
        } catch (NumberFormatException e) {
            throw new EvaluationException("'" + Spans.shown(value) + "' is not of type double");
        }
    }

    /** The number that a text holds, or that a value is; absent if it holds none. */
    static Object number(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        String text = ((String) value).strip();
        try {
            double number = text.length() > MOST_DIGITS ? Double.NaN : new BigDecimal(text).doubleValue();
            return Double.isFinite(number) ? (Object) number : Nothing.ABSENT;
        } catch (NumberFormatException e) {
            return Nothing.ABSENT;
        }
    }

    static Object flag(Object value) {
        if (!(value instanceof String text)) {
            return value;
        }
        return switch (text) {
            case "true", "True", "TRUE", "t", "1" -> true;
            case "false", "False", "FALSE", "f", "0" -> false;
            default -> throw new EvaluationException("'" + Spans.shown(String.valueOf(text)) + "' is not of type bool");
        };
    }

    /** CEL's {@code 1h30m}, and days. */
    static Object span(Object value) {
        return value instanceof String text ? Spans.cel(text) : value;
    }

    /** Text as standard CEL has it: of doubles always with a fraction, and bytes only where they are UTF-8. */
    static String string(Object value) {
        if (value instanceof Double number) {
            return number.toString();
        }
        if (value instanceof byte[] bytes) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new EvaluationException("bytes that are no UTF-8 (expected text)");
            }
        }
        return text(value);
    }

    private static EvaluationException outOfRange(Object value, String type) {
        return new EvaluationException(text(value) + " is out of range (expected: type " + type + ")");
    }
}
