package io.contextcore.gateway.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A body that means harm, to be sent to a source whose mapping is {@link #MAPPING}.
 *
 * @param type its content type
 * @param expected how it ends begins so: {@code reason: text} of a refusal, the code of a dead letter, or {@link #STEPPED}
 */
public record HostileBody(String name, byte[] bytes, String type, String expected) {

    /** It is mapped, as any other. */
    public static final String STEPPED = "stepped";

    /** What goes to all places where harm could be done. */
    public static final String MAPPING = """
            vars:
              inner: json(coalesce(payload.text, '{}'))
            logs:
              - event: a
                attributes:
                  order.id: "${payload.text}${size(payload)}"
                  order.code: ${payload.number}
              - {event: b, when: "match(coalesce(payload.text, ''), '(a|aa)+$')"}
            """;

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int MIB = 1024 * 1024;

    @Override
    public String toString() {
        return name;
    }

    /** Whether it is refused at the door. */
    public boolean isRefused() {
        return expected.startsWith("unreadable") || expected.startsWith("over-limit");
    }

    /** A body without harm. */
    public static HostileBody harmless() {
        return json("no harm", "{}", STEPPED);
    }

    /** All of them, made as they are asked for. */
    public static Stream<HostileBody> all() {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);
        return Stream.concat(
                Stream.of(
                        json("10,000 deep", deep, "over-limit: JSON nested deeper than 200 at line 1, column 201"),
                        json(
                                "10,000 objects deep",
                                "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000),
                                "over-limit: JSON nested deeper than 200 at line 1, column "),
                        new HostileBody(
                                "10,000 deep in a form",
                                ("payload=" + URLEncoder.encode(deep, UTF_8)).getBytes(UTF_8),
                                FORM,
                                "over-limit: form field 'payload': JSON nested deeper than 200 at line 1, column 201"),
                        json("10,000 deep in a text", "{\"text\":\"" + deep + "\"}", "limit-body-depth"),
                        json("never closed", "{\"a\":".repeat(150), "unreadable: invalid JSON at line 1, column 751"),
                        json("NaN", "{\"number\":NaN}", "unreadable: invalid JSON at line 1, column 14"),
                        json("infinity", "{\"number\":-Infinity}", "unreadable"),
                        json(
                                "infinity by overflow",
                                "{\"number\":1e999}",
                                "over-limit: number too large at line 1, column 11"),
                        json(
                                "infinity by far",
                                "{\"number\":1e999999}",
                                "over-limit: number too large at line 1, column 11"),
                        json("a huge exponent", "{\"number\":1e999999999999}", "over-limit: number too large"),
                        json("a tiny exponent", "{\"number\":1e-999999999}", "mapping"),
                        json("a long number", "{\"number\":" + "9".repeat(1_001) + "}", "over-limit"),
                        json("a number beyond 64 bits", "{\"number\":" + "9".repeat(1_000) + "}", "mapping"),
                        json("a name twice: the last counts", "{\"number\":\"x\",\"number\":1}", STEPPED),
                        json("a name twice: the last one is wrong", "{\"number\":1,\"number\":\"x\"}", "mapping"),
                        json("a lone surrogate, escaped", "{\"text\":\"\\ud800\"}", "unreadable"),
                        json("a lone low surrogate, escaped", "{\"text\":\"\\udc00\"}", "unreadable"),
                        new HostileBody(
                                "a lone surrogate, raw",
                                "{\"text\":\"\u00ed\u00a0\u0080\"}".getBytes(ISO_8859_1),
                                JSON,
                                "unreadable: invalid UTF-8 at line 1, column 10"),
                        new HostileBody(
                                "invalid UTF-8",
                                "{\"text\":\"\u00ff\"}".getBytes(ISO_8859_1),
                                JSON,
                                "unreadable: invalid UTF-8"),
                        json("a byte order mark", "\ufeff{}", "unreadable"),
                        json("NUL, escaped", "{\"text\":\"\\u0000\"}", STEPPED),
                        json("NUL, raw", "{\"text\":\"\u0000\"}", "unreadable"),
                        json("NUL behind", "{}\u0000", "unreadable"),
                        json("no object", "\"text\"", "unreadable")),
                large());
    }

    /** Those of more than a MiB, one after the other, so that they need not be in memory together. */
    private static Stream<HostileBody> large() {
        return IntStream.range(0, 5).mapToObj(HostileBody::large);
    }

    private static HostileBody large(int number) {
        return switch (number) {
            case 0 -> json("a million keys, one of them too many", members(1_000_000), "over-limit");
            case 1 -> json("nearly a million keys", members(900_000), STEPPED);
            case 2 ->
                json(
                        "a million lists in a list",
                        "[" + "[],".repeat(1_000_000) + "[]]",
                        "over-limit: JSON of more than 2000000 tokens");
            case 3 -> json("25 MB of one string", "{\"text\":\"" + "a".repeat(25 * MIB - 20) + "\"}", "over-limit");
            default -> json("9 MB of one string", "{\"text\":\"" + "a".repeat(9 * MIB) + "\"}", "limit-result-chars");
        };
    }

    private static HostileBody json(String name, String text, String expected) {
        return new HostileBody(name, text.getBytes(UTF_8), JSON, expected);
    }

    private static String members(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
    }
}
