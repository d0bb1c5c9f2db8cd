package io.contextcore.gateway.expression;

/** What expressions yield, as JSON. */
public final class JsonValue {

    private JsonValue() {}

    /**
     * JSON of a value, or of a list or a map of such: times and durations are text, as {@code string()} makes it.
     *
     * @throws io.contextcore.gateway.model.EvaluationException if it has more characters than {@code most}; it is not made
     *     then
     */
    public static String text(Object value, int most) {
        return Conversions.json(value, most);
    }
}
