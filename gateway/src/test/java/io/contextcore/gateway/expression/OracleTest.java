package io.contextcore.gateway.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelByteString;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import io.contextcore.gateway.model.EvaluationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where our dialect is standard CEL, our closures and dev.cel's own runtime must agree: on values and on errors. */
class OracleTest {

    private static final String PAYLOAD =
            "{\"s\": \"abc\", \"n\": 3, \"d\": 2.5, \"t\": true, \"l\": [1, 2, 3], \"e\": [], \"m\": {\"a\": 1, \"b\": \"x\"}, \"z\": null}";
    private static final Map<String, Object> SAME = Map.of(
            "payload",
            mapOf(
                    "s",
                    "abc",
                    "n",
                    3L,
                    "d",
                    2.5,
                    "t",
                    true,
                    "l",
                    List.of(1L, 2L, 3L),
                    "e",
                    List.of(),
                    "m",
                    Map.of("a", 1L, "b", "x")));
    private static final Cel ORACLE = CelFactory.standardCelBuilder()
            .setOptions(CelOptions.current()
                    .enableHeterogeneousNumericComparisons(true)
                    .build())
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("payload", SimpleType.DYN)
            .build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 + 2 * 3 - 4",
                "7 / 2",
                "-7 / 2",
                "7 % 3",
                "-7 % 3",
                "7 % -3",
                "2.5 * 4.0",
                "7.0 / 2.0",
                "1u + 2u",
                "7u / 2u",
                "7u % 4u",
                "-(3)",
                "-2.5",
                "9223372036854775807 + 1",
                "-9223372036854775807 - 2",
                "9223372036854775807 * 2",
                "0u - 1u",
                "18446744073709551615u + 1u",
                "'a' + 'b'",
                "[1] + [2]",
                "b'a' + b'b'",
                "1 < 2",
                "2 <= 2",
                "2 > 3",
                "1 < 1.5",
                "1u < 2",
                "'a' < 'b'",
                "'B' < 'a'",
                "false < true",
                "b'a' < b'b'",
                "timestamp(1) < timestamp(2)",
                "duration('1s') < duration('2s')",
                "1 == 1",
                "dyn(1) == dyn(1.0)",
                "dyn(1) == dyn(1u)",
                "dyn(1) == dyn('1')",
                "[1, 2] == [1, 2]",
                "[1] == [2]",
                "{'a': 1} == {'a': 1}",
                "{'a': 1} != {'a': 2}",
                "'a' != 'b'",
                "0.0 / 0.0 == 1.0 || true",
                "true && false",
                "false || true",
                "!true",
                "true ? 1 : 2",
                "false ? 1 : 2",
                "'x' in ['x', 'y']",
                "3 in [1, 2]",
                "'a' in {'a': 1}",
                "payload.n in payload.l",
                "payload.s",
                "payload.n + 1",
                "payload.d * 2.0",
                "payload.m.a",
                "payload['m']['b']",
                "payload.l[1]",
                "has(payload.s)",
                "has(payload.q)",
                "payload.n == 3",
                "payload.n > 2.5",
                "payload.t && payload.n == 3",
                "payload.l.all(x, x > 0)",
                "payload.l.exists(x, x > 2)",
                "payload.l.exists_one(x, x == 2)",
                "payload.l.map(x, x * x)",
                "payload.l.map(x, x > 1, x * 10)",
                "payload.l.filter(x, x != 2)",
                "payload.e.all(x, false)",
                "payload.e.exists(x, true)",
                "payload.m.exists(k, k == 'b')",
                "payload.l.map(x, payload.l.filter(y, y > x).size())",
                "[[1, 2], [3]].map(l, l.map(x, x + 1))",
                "size('a😀c')",
                "size([1, 2])",
                "size({'a': 1})",
                "size(b'abc')",
                "'abc'.size()",
                "'abc'.contains('bc')",
                "'abc'.startsWith('b')",
                "'abc'.endsWith('c')",
                "'abc'.matches('^a.c$')",
                "'abc'.matches('b')",
                "matches('abc', 'z')",
                "int('42')",
                "int(2.9)",
                "int(-2.9)",
                "int(5u)",
                "int('x')",
                "int(1e19)",
                "uint(3)",
                "uint(-1)",
                "uint('7')",
                "double('2.5')",
                "double(3)",
                "double('x')",
                "string(42)",
                "string(true)",
                "string(2.5)",
                "string(5u)",
                "string(timestamp('2026-03-02T10:00:00Z'))",
                "string(b'abc')",
                "bytes('é')",
                "bool('true')",
                "bool('x')",
                "timestamp('2026-03-02T10:00:00Z')",
                "timestamp('2026-03-02T10:00:00.123456789+01:00')",
                "timestamp('x')",
                "timestamp('2026-03-02T10:00:00Z') + duration('1h')",
                "timestamp(10) - timestamp(4)",
                "timestamp(10) - duration('4s')",
                "duration('1h30m') + duration('1ms')",
                "duration('-1.5s')",
                "duration('x')",
                "int(timestamp(7))",
                "timestamp('2026-03-02T10:20:30.4Z').getFullYear()",
                "timestamp('2026-03-02T10:20:30.4Z').getMonth()",
                "timestamp('2026-03-02T10:20:30.4Z').getDayOfWeek()",
                "timestamp('2026-03-02T10:20:30.4Z').getDayOfYear()",
                "timestamp('2026-03-02T10:20:30.4Z').getDate()",
                "timestamp('2026-03-02T10:20:30.4Z').getHours('Europe/Berlin')",
                "timestamp('2026-03-02T10:20:30.4Z').getMilliseconds()",
                "duration('90m').getHours()",
                "duration('90m').getMinutes()",
                "duration('1.5s').getMilliseconds()",
                "r'\\d' + \"\\n\" + '''x'''",
                "'\\x41\\u0042'",
                "1e3",
                "0x1F",
                "{'a': [1, {'b': 2}]}.a[1].b",
                "true || int('x') == 1",
                "int('x') == 1 || true",
                "false && int('x') == 1",
                "int('x') == 1 && true",
            })
    void ourClosuresAgreeWithDevCel(String expression) throws Exception {
        Object expected;
        try {
            expected = plain(
                    ORACLE.createProgram(ORACLE.compile(expression).getAst()).eval(SAME));
        } catch (CelEvaluationException e) {
            expected = "error";
        }
        Object actual;
        try {
            actual = Bench.value(expression, PAYLOAD);
        } catch (EvaluationException e) {
            actual = "error";
        }
        assertEquals(Values.type(expected), Values.type(actual), "theirs: " + expected + ", ours: " + actual);
        assertTrue(Bench.equal(expected, actual), "theirs: " + expected + ", ours: " + actual);
    }

    private static Object plain(Object value) {
        return value instanceof CelByteString bytes ? bytes.toByteArray() : value;
    }

    private static Map<String, Object> mapOf(Object... pairs) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
