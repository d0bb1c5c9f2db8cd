package io.contextcore.gateway.expression;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import io.contextcore.gateway.model.Nothing;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of each kind, as dev.cel has them: ordinary ones, and those at which rules change. */
final class SampleValues {

    static final Map<String, List<Object>> VALUES = Map.ofEntries(
            Map.entry("absent", List.of(Nothing.ABSENT)),
            Map.entry("null", List.of(NullValue.NULL_VALUE)),
            Map.entry("bool", List.of(true, false)),
            Map.entry(
                    "int",
                    List.of(
                            0L,
                            1L,
                            2L,
                            -1L,
                            7L,
                            -3L,
                            63L,
                            1_767_225_600L,
                            9_007_199_254_740_993L,
                            Long.MAX_VALUE,
                            Long.MIN_VALUE,
                            3_037_000_500L)),
            Map.entry(
                    "uint",
                    List.of(
                            UnsignedLong.ZERO,
                            UnsignedLong.ONE,
                            UnsignedLong.valueOf(2),
                            UnsignedLong.valueOf(7),
                            UnsignedLong.valueOf(1L << 32),
                            UnsignedLong.MAX_VALUE)),
            Map.entry(
                    "double",
                    List.of(
                            0.0,
                            -0.0,
                            1.0,
                            2.0,
                            7.0,
                            -3.0,
                            0.5,
                            2.5,
                            -2.5,
                            1e18,
                            1e19,
                            1.8e19,
                            -1e19,
                            1e300,
                            -1e300,
                            5e-324,
                            9_007_199_254_740_992.0,
                            Double.NaN,
                            Double.POSITIVE_INFINITY,
                            Double.NEGATIVE_INFINITY)),
            Map.entry(
                    "string",
                    List.of(
                            "",
                            "a",
                            "b",
                            "abc",
                            "é",
                            "\uFFFD",
                            "😀",
                            "a.c",
                            "^a",
                            "a(",
                            "k",
                            "7",
                            "-7",
                            "+7",
                            "7.5",
                            "NaN",
                            "1e3",
                            "9223372036854775808",
                            "18446744073709551616",
                            "true",
                            "False",
                            "2026-03-02T10:00:00Z",
                            "2026-03-02T10:00:00.123456789+01:00",
                            "0000-01-01T00:00:00Z",
                            "1h30m",
                            "-1.5s",
                            "90",
                            "UTC",
                            "Europe/Berlin",
                            "+02:00",
                            "-5:30",
                            "nowhere")),
            Map.entry(
                    "bytes",
                    List.of(
                            CelByteString.of(new byte[0]),
                            CelByteString.copyFromUtf8("abc"),
                            CelByteString.copyFromUtf8("é"),
                            CelByteString.of(new byte[] {-1, 0}))),
            Map.entry(
                    "timestamp",
                    List.of(
                            Instant.EPOCH,
                            Instant.parse("2026-03-29T00:59:59.987654321Z"),
                            Instant.parse("0001-01-01T00:00:00Z"),
                            Instant.parse("9999-12-31T23:59:59.999999999Z"))),
            Map.entry(
                    "duration",
                    List.of(
                            Duration.ZERO,
                            Duration.ofSeconds(5_400),
                            Duration.ofMillis(-1_500),
                            Duration.ofNanos(1),
                            Duration.ofSeconds(315_576_000_000L),
                            Duration.ofSeconds(-315_576_000_000L))),
            Map.entry(
                    "list",
                    List.of(
                            List.of(),
                            List.of(1L, 2L, 3L),
                            List.of("a", "b"),
                            List.of(0L, "a", 2.5, true),
                            List.of(NullValue.NULL_VALUE, 1L),
                            List.of(true, false),
                            List.of(List.of(1L), List.of(2.0)))),
            Map.entry(
                    "map",
                    List.of(
                            Map.of(),
                            Map.of("k", 1L),
                            ordered("k", NullValue.NULL_VALUE, "a", List.of(1L)),
                            ordered("a", Map.of("k", "deep"), "b", 2.0),
                            ordered("abc", true, "", "empty"))),
            Map.entry("type", List.of(TypeType.create(SimpleType.INT), TypeType.create(SimpleType.STRING))));

    private SampleValues() {}

    private static Map<String, Object> ordered(String first, Object value, String second, Object other) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(first, value);
        map.put(second, other);
        return map;
    }
}
