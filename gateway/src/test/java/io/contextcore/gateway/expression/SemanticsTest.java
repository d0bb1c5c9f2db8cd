package io.contextcore.gateway.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What absent, null and JSON numbers change against standard CEL: each row is a rule. */
class SemanticsTest {

    private static final String PAYLOAD =
            "{'text':'abc','n':3,'real':2.5,'zero':0,'yes':true,'no':false,'nil':null,'list':[1,2,3],'empty':[],'id':9007199254740993,"
                    + "'huge':18446744073709551615,'obj':{'a':1,'nil':null},'people':[{'name':'ann','age':30},{'name':'bob'},{'name':null,'age':9}]}";

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                // a path through what is not there
                "payload.missing => absent",
                "payload.missing.deeper.still => absent",
                "payload.nil => null",
                "payload.nil.deeper => absent",
                "payload.text.deeper => absent",
                "payload['text'] => 'abc'",
                "payload['missing'] => absent",
                "payload[payload.missing] => absent",
                "payload.list[0] => 1",
                "payload.list[3] => absent",
                "payload.list[-1] => absent",
                "payload.list['a'] => absent",
                "payload.missing[0] => absent",
                "payload.list[1.0] => 2",
                "payload.list[1.5] => absent",
                "absent => absent",
                "null => null",
                // has
                "has(payload.text) => true",
                "has(payload.missing) => false",
                "has(payload.nil) => false",
                "has(payload.nil.deeper) => false",
                "has(payload['text']) => true",
                "has(payload['nil']) => false",
                "has(event) => true",
                // equality
                "payload.missing == 'a' => false",
                "payload.missing != 'a' => true",
                "payload.missing == absent => true",
                "payload.missing == null => false",
                "payload.nil == null => true",
                "null == payload.nil => true",
                "payload.nil == absent => false",
                "payload.missing == payload.other => true",
                "event == null => false",
                "payload.n == 3.0 => true",
                "payload.n == '3' => false",
                "payload.id == 9007199254740993 => true",
                "payload.id == 9007199254740992.0 => false",
                "payload.huge == 18446744073709551615u => true",
                "payload.list == [1, 2, 3] => true",
                "payload.obj == {'a': 1, 'nil': null} => true",
                // order and arithmetic
                "payload.missing < 3 => absent",
                "3 >= payload.nil => absent",
                "payload.missing + 1 => absent",
                "1 - payload.nil => absent",
                "'a' + payload.missing => absent",
                "-payload.missing => absent",
                "!payload.missing => absent",
                "payload.n / payload.zero => absent",
                "payload.n % 0 => absent",
                "1.0 / 0.0 => absent",
                "payload.n * 2.0 => 6.0",
                "payload.real + payload.n => 5.5",
                "payload.id + 1 => 9007199254740994",
                "7 / 2 => 3",
                "-7 % 3 => -1",
                "payload.list + [4] == [1, 2, 3, 4] => true",
                "'\\uFFFD' < '\\U0001F600' => true",
                // logic
                "payload.missing && false => false",
                "false && payload.missing => false",
                "payload.missing && true => absent",
                "payload.nil && true => absent",
                "payload.missing || true => true",
                "payload.missing || false => absent",
                "payload.nil || payload.missing => absent",
                "1 / 0 > 1 || true => true",
                "int('x') == 1 || true => true",
                "int('x') == 1 && false => false",
                "payload.missing ? 'a' : 'b' => 'b'",
                "payload.nil ? 'a' : 'b' => 'b'",
                "payload.yes ? 'a' : absent => 'a'",
                "payload.no ? 'a' : absent => absent",
                "payload.no ? 'a' : null => null",
                // in
                "2 in payload.list => true",
                "2.0 in payload.list => true",
                "5 in payload.list => false",
                "2 in payload.missing => false",
                "2 in payload.nil => false",
                "payload.missing in payload.list => false",
                "payload.nil in [null] => true",
                "'a' in payload.obj => true",
                "'nil' in payload.obj => true",
                "'b' in payload.obj => false",
                "payload.text in ['abc', 'd'] => true",
                // literals
                "[1, absent, null] == [1, null] => true",
                "{'a': absent, 'b': 1} == {'b': 1} => true",
                // macros
                "payload.list.all(x, x > 0) => true",
                "payload.list.all(x, x > 1) => false",
                "payload.missing.all(x, x > 0) => true",
                "payload.nil.exists(x, x > 0) => false",
                "payload.list.exists(x, x == 2) => true",
                "payload.list.exists_one(x, x > 2) => true",
                "payload.missing.exists_one(x, x > 2) => false",
                "payload.list.map(x, x * 2) == [2, 4, 6] => true",
                "payload.list.map(x, x > 1, x * 2) == [4, 6] => true",
                "payload.missing.map(x, x) => absent",
                "payload.list.filter(x, x > 1) == [2, 3] => true",
                "payload.nil.filter(x, x > 1) => absent",
                "payload.empty.filter(x, x > 1) == [] => true",
                "payload.list.first(x, x > 1) => 2",
                "payload.list.first(x, x > 5) => absent",
                "payload.missing.first(x, true) => absent",
                "payload.people.first(p, p.name == 'bob').name => 'bob'",
                "payload.people.filter(p, p.age > 10).map(p, p.name) == ['ann'] => true",
                "payload.people.map(p, p.age) == [30, 9] => true",
                "payload.people.map(p, p.name) == ['ann', 'bob', null] => true",
                "payload.people.exists(p, p.age > 10) => true",
                "payload.people.exists(p, p.age > 100) => absent",
                "payload.obj.map(k, k) == ['a', 'nil'] => true",
                "payload.list.map(x, payload.list.filter(y, y < x)) == [[], [1], [1, 2]] => true",
                // functions
                "size(payload.missing) => absent",
                "size(payload.nil) => 0",
                "size(payload.list) => 3",
                "payload.list.size() => 3",
                "lower(payload.missing) => absent",
                "lower(payload.nil) => absent",
                "payload.missing.startsWith('a') => absent",
                "coalesce(payload.missing, payload.nil, payload.n) => 3",
                "coalesce(payload.missing) => absent",
                "coalesce('a') => 'a'",
                "lookup('example.status', payload.missing, 'x') => 'x'",
                "lookup('example.status', payload.nil) => absent",
                "lookup('example.status', 'to do') => 'pending'",
                "lookup('example.status', 7) => 'done'",
                "lookup('example.status', 'Other', payload.nil) => null",
                "time('') => absent",
                "time(payload.nil) => absent",
                "number('x') => absent",
                "json('{') => absent",
                "capture('abc', 'x(.)') => absent",
                "capture('abc', 'b.') => 'bc'",
                "capture('abc', '(a)(b)', 2) => 'b'",
                "first(payload.empty) => absent",
                "sum(payload.people.map(p, p.age)) => 39",
                "max(payload.empty) => absent",
                "text(payload.nil) => absent",
                "text(payload.real) => '2.5'",
                "string(payload.id) => '9007199254740993'",
                "round(payload.real) => 3",
                "size('a😀') => 2",
                "substring('a😀b', 1, 2) => '😀'",
                "truncate('a😀bc', 3) => 'a😀…'",
                // the attributes of a lifecycle
                "after['task.status'] => 'done'",
                "after.n => 3",
                "before['task.status'] != after['task.status'] => true",
                "after['none'] => absent",
            })
    void everyRowHolds(String expression, String expected) {
        Object actual = Bench.value(expression, PAYLOAD.replace('\'', '"'));
        Object wanted = Bench.value(expected, "{}");
        assertEquals(wanted.getClass(), actual.getClass(), () -> "a value of another type: " + actual);
        assertTrue(Bench.equal(wanted, actual), () -> "got " + actual);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "9223372036854775807 + 1 => f.yaml:1:21: out of range: add of int and int",
                "9223372036854775807 * 2 => f.yaml:1:21: out of range: multiply of int and int",
                "-(-9223372036854775807 - 1) => f.yaml:1:1: out of range: subtract of int and int",
                "(-9223372036854775807 - 1) / -1 => f.yaml:1:28: out of range: divide of int and int",
                "0u - 1u => f.yaml:1:4: out of range: subtract of uint and uint",
                "payload.text + 1 => f.yaml:1:14: cannot add string and int",
                "payload.text < 1 => f.yaml:1:14: cannot compare string with int (expected the same type)",
                "payload.text && true => f.yaml:1:14: a value of type string is no condition (expected bool)",
                "lower(payload.n) => f.yaml:1:6: lower does not take (int) (expected lower(text: string) -> string)",
                "payload.text.map(x, x) => f.yaml:1:17: cannot go through a value of type string (expected a list or a map)",
                "1 in payload.text => f.yaml:1:3: cannot look into a value of type string (expected a list or a map)",
                "int('x') => f.yaml:1:4: 'x' is not of type int",
                "int(1e19) => f.yaml:1:4: 1.0E19 is out of range (expected: type int)",
                "time('soon') => f.yaml:1:5: 'soon' is not a time (expected ISO 8601 or a number since 1970)",
                "match('a', payload.text + '(') => f.yaml:1:6: 'abc(' is no regular expression: missing closing )",
                "lookup(payload.text, 'a') => f.yaml:1:7: no table 'abc'",
                "{'a': 1, payload.k: 2} => f.yaml:1:1: a map's key twice: 'a'",
                "capture('a', 'a', 1) => f.yaml:1:8: group 1 (expected 0 to 0)",
                "timestamp('2026') => f.yaml:1:10: '2026' is no RFC 3339 time of the years 1 to 9999 (time() reads more forms)",
                "timestamp(0).getHours('Nowhere') => f.yaml:1:22: 'Nowhere' is no time zone (expected such as Europe/Berlin or +02:00)",
            })
    void whatDoesNotFitIsAnErrorWithItsPlace(String expression, String message) {
        EvaluationException error = assertThrows(
                EvaluationException.class,
                () -> Bench.value(expression, "{\"text\": \"abc\", \"n\": 1, \"k\": \"a\"}"));
        assertEquals(message, error.describe());
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "${payload.n} => 3",
                "${payload.missing} => absent",
                "${payload.nil} => null",
                "n-${payload.n} => 'n-3'",
                "${payload.n}${payload.real} => '32.5'",
                "a ${payload.missing} b => absent",
                "a ${payload.nil} b => absent",
                "${payload.yes}/${'}'}/${{'a': 1}.a}/${r'\\d'} => 'true/}/1/\\\\d'",
                "$${literal} and ${payload.text} => '${literal} and abc'",
                "$${literal} => '${literal}'",
                "${payload.list} as text => '[1,2,3] as text'",
                "constant => 'constant'",
                "no => 'no'",
                "$5 => '$5'",
            })
    void templatesKeepTheTypeOfASingleExpression(String template, String expected) {
        Object actual = Bench.template(template, PAYLOAD.replace('\'', '"'));
        Object wanted = Bench.value(expected, "{}");
        assertEquals(wanted.getClass(), actual.getClass(), () -> "a value of another type: " + actual);
        assertTrue(Bench.equal(wanted, actual), () -> "got " + actual);
    }

    @ParameterizedTest
    @CsvSource({"payload.missing", "payload.nil"})
    void absentAndNullAreTheirOwnValues(String expression) {
        Object expected = expression.endsWith("nil") ? Nothing.NULL : Nothing.ABSENT;
        assertEquals(expected, Bench.value(expression, "{\"nil\": null}"));
    }
}
