package io.contextcore.gateway.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.model.EvaluationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions of the library at their edges. */
class FunctionRowsTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                // time spans
                "span('90') => duration('90s')",
                "span(1.5) => duration('1.5s')",
                "span('1h30m') => duration('90m')",
                "span('1h 30m') => duration('90m')",
                "span('2 hours, 5 minutes and 1 sec') => duration('7501s')",
                "span('3w 2d') => duration('552h')",
                "span('3w 2d', duration('8h'), duration('40h')) => duration('136h')",
                "span('0.5d', duration('8h')) => duration('4h')",
                "span('P1W') => duration('168h')",
                "span('P1DT2H3M4.5S') => duration('93784.5s')",
                "span('-PT1M') => duration('-60s')",
                "span('- 1 min') => duration('-60s')",
                "span('250ms') => duration('0.25s')",
                "span('') => absent",
                "span(duration('1s')) => duration('1s')",
                // patterns
                "captures('abc', r'(?P<x>b)') => {'x': 'b'}",
                "captures('abc', r'(?P<x>z)') => absent",
                "captures('abc', 'b') => {}",
                "captures('k=v', r'(?P<k>\\w)=(?P<v>\\w)').v => 'v'",
                "find_all('a1b2', r'[0-9]') => ['1', '2']",
                "find_all('a1b2', r'(?P<l>[a-z])(?P<d>[0-9])').map(m, m.d + m.l) => ['1a', '2b']",
                "find_all('abc', 'z') => []",
                "replace_all('a-b', '-', '') => 'ab'",
                "replace_all('ab', r'(?P<x>a)', '[${x}]') => '[a]b'",
                "key_refs('shop-1 SHOP-2x XSHOP-3 (SHOP_A-4)') => ['XSHOP-3', 'SHOP_A-4']",
                "key_refs('A-1') => []",
                "number_refs('&#39; #0c #1') => [{'number': 1}]",
                "number_refs('https://x.example/a/b#12') => []",
                "number_refs('a/b#3, c/d.e#4') => [{'owner': 'a', 'repo': 'b', 'number': 3}, {'owner': 'c', 'repo': 'd.e', 'number': 4}]",
                "number_refs('(#5)(#5)') => [{'number': 5}]",
                // URLs
                "url('https://u:p@acme.example/') => {'scheme': 'https', 'user': 'u:p', 'host': 'acme.example', 'path': '/'}",
                "url('http://[::1]:80?x').host => '[::1]'",
                "url('http://[::1]:80?x').port => 80",
                "url('https://Acme.Example').path => absent",
                "url('/a/b') => absent",
                "url('mailto:a@b') => absent",
                "url('https://') => absent",
                "query_params('a=1&a=2&&=3') => {'a': '1'}",
                "query_params('https://x.example/?a=b%26c#d=e') => {'a': 'b&c'}",
                "url_decode('%zz%4') => '%zz%4'",
                "url_decode('%4a+%4A') => 'J+J'",
                "url_decode(url_encode('ä ?&=/')) => 'ä ?&=/'",
                // attributes in text
                "attributes_of('a.b.Plan@1[id=1,state=ACTIVE,name=One, two,goal=,end=<null>]') => {'id': '1', 'state': 'ACTIVE', 'name': 'One, two', 'goal': '', 'end': null}",
                "attributes_of('P[goal=x,y=2,id=9]', ['goal', 'id']) => {'goal': 'x,y=2', 'id': '9'}",
                "attributes_of('P[name=a [b] c,id=9]').name => 'a [b] c'",
                "attributes_of('P{x=1, y=2}') => {'x': '1', 'y': '2'}",
                "attributes_of('P[id=1,id=2]') => {'id': '1'}",
                "attributes_of('none') => absent",
                "attributes_of('[1, 2]') => absent",
                "attributes_of(']x[') => absent",
                // codecs
                "uuid('a', '6ba7b810-9dad-11d1-80b4-00c04fd430c8') == uuid('a') => false",
                "uuid('python.org', '6ba7b810-9dad-11d1-80b4-00c04fd430c8') => '886313e1-3b8a-5372-9b90-0c9aee199e5d'",
                "base64_encode(b'\\xff\\xfe') => '//4='",
                "base64url_encode(b'\\xff\\xfe') => '__4'",
                "base64_decode('//4=') == b'\\xff\\xfe' => true",
                "base64_decode('__4') == b'\\xff\\xfe' => true",
                "hex_encode(hex_decode('00fF')) => '00ff'",
                "to_json('a\"b') => '\"a\\\\\"b\"'",
                "to_json(json('{\"a\":[1,2.5,null]}')) => '{\"a\":[1,2.5,null]}'",
                "json(to_json({'a': timestamp(0)})) => {'a': '1970-01-01T00:00:00Z'}",
                // lists and maps
                "distinct([1, 1.0, 1u, '1', null, null, [1], [1.0], {'a': 1}, {'a': 1u}]) => [1, '1', null, [1], {'a': 1}]",
                "sort([3, null, 1.5, 2u]) => [1.5, 2u, 3]",
                "take([1, 2], 5) => [1, 2]",
                "take([1, 2], -1) => []",
                "drop([1, 2], 5) => []",
                "flatten([]) => []",
                "zip(['a', 'b', 'c'], [1, 2]) => {'a': 1, 'b': 2}",
                "zip(['a', null, 'a'], [1, 2, 3]) => {'a': 3}",
                "max([1, null, 2.5]) => 2.5",
                "round(0.49999999999999994) => 0",
                "round(9007199254740993) => 9007199254740993",
                "round(-2.5) => -2",
            })
    void everyRowHolds(String expression, String expected) {
        Object actual = Bench.value(expression, "{}");
        Object wanted = Bench.value(expected, "{}");
        assertEquals(Values.typeName(wanted), Values.typeName(actual), () -> "a value of another type: " + actual);
        assertTrue(Bench.equal(wanted, actual), () -> "got " + Conversions.text(actual));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "span('P1Y')",
                "span('P1M')",
                "span('1 fortnight')",
                "span('h')",
                "span('P')",
                "span('PT')",
                "span('99999999999h')",
                "base64_decode('a')",
                "base64_decode('a b')",
                "hex_decode('abc')",
                "hex_decode('zz')",
                "uuid('a', 'b')",
                "sort([1, 'a'])",
                "sort([double('NaN'), 1])",
                "min([double('NaN'), 1])",
                "min(['a', 1])",
                "sum(['a', 1])",
                "sum([9223372036854775807, 1])",
                "zip([1.5], [1])",
                "round(1e30)",
                "replace_all('a', 'a', '$7')",
                "attributes_of('P[a=1]', [1])",
            })
    void whatItFailsForIsAnErrorOfTheExpression(String expression) {
        assertThrows(EvaluationException.class, () -> Bench.value(expression, "{}"));
    }
}
