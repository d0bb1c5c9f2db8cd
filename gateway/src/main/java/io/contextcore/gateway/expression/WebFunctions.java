package io.contextcore.gateway.expression;

import static io.contextcore.gateway.expression.FunctionSpec.ours;
import static io.contextcore.gateway.expression.TextFunctions.string;

import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** URLs, and values that are written as text with names in it. */
final class WebFunctions {

    /** RFC 3986, appendix B. */
    private static final Pattern URL =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(?:\\?([^#]*))?(?:#(.*))?", Pattern.DOTALL);

    private static final Pattern AUTHORITY = Pattern.compile("(?:([^@]*)@)?(\\[[^\\]]*\\]|[^:]*)(?::(\\d{1,5}))?");
    private static final String UNRESERVED = "-._~";
    private static final int BYTE = 0xFF;
    private static final int HEX = 16;

    /** A name and its sign, at the start or behind a comma. */
    private static final Pattern NAMED = Pattern.compile("(?:^|,) ?([A-Za-z_][A-Za-z0-9_.-]*)=");

    private WebFunctions() {}

    static List<FunctionSpec> specs() {
        return List.of(
                ours(
                        "url",
                        List.of("url(text: string) -> map"),
                        "The parts that a URL has of `scheme`, `user`, `host`, `port` (an int), `path`, `query` and `fragment`; scheme and host"
                                + " in lower case, nothing decoded. Absent if the text is no URL with a scheme and a host.",
                        "url('HTTPS://acme.example:8443/a%20b?q=1#top')",
                        "{'scheme': 'https', 'host': 'acme.example', 'port': 8443, 'path': '/a%20b', 'query': 'q=1', 'fragment': 'top'}",
                        a -> url(string(a))),
                ours(
                                "query_params",
                                List.of("query_params(text: string) -> map"),
                                "The parameters of a query, or of a URL that has one, decoded. Of a name that comes twice the first value counts.",
                                "query_params('https://acme.example/?a=1+2&b=%C3%A9&c')",
                                "{'a': '1 2', 'b': 'é', 'c': ''}",
                                a -> parameters(string(a)))
                        .costing(Cost.PIECES),
                ours(
                        "url_encode",
                        List.of("url_encode(text: string) -> string"),
                        "The text in UTF-8 with everything but letters, digits and `-._~` as `%XX`: fit for any part of a URL.",
                        "url_encode('a b/é')",
                        "'a%20b%2F%C3%A9'",
                        a -> encode(string(a))),
                ours(
                        "url_decode",
                        List.of("url_decode(text: string) -> string"),
                        "The text with every `%XX` decoded, as UTF-8; what is no such code stays as it is, `+` too.",
                        "url_decode('a%20b%2F%C3%A9')",
                        "'a b/é'",
                        a -> decode(string(a))),
                ours(
                                "attributes_of",
                                List.of(
                                        "attributes_of(text: string) -> map",
                                        "attributes_of(text: string, names: list) -> map"),
                                "The attributes of a value that was written as `Name[a=1,b=two]` or `Name{a=1, b=two}`, as texts; `<null>` is null. A value"
                                        + " goes on to the next comma with a name and `=` behind it; with `names` only these names count, so that"
                                        + " commas and signs in values do no harm. Of a name that comes twice the first counts. Absent if there are none.",
                                "attributes_of('x.Plan@1f[id=7,goal=one, two,end=<null>]')",
                                "{'id': '7', 'goal': 'one, two', 'end': null}",
                                (a, b) -> attributes(string(a), names(b)))
                        .failing("names that are no text"));
    }

    private static Object url(String text) {
        Matcher parts = URL.matcher(text.strip());
        if (!parts.matches()) {
            return Nothing.ABSENT;
        }
        Matcher authority = AUTHORITY.matcher(parts.group(2));
        if (!authority.matches() || authority.group(2).isEmpty()) {
            return Nothing.ABSENT;
        }
        Map<Object, Object> url = new LinkedHashMap<>();
        url.put("scheme", parts.group(1).toLowerCase(Locale.ROOT));
        put(url, "user", authority.group(1));
        url.put("host", authority.group(2).toLowerCase(Locale.ROOT));
        if (authority.group(3) != null) {
            url.put("port", Long.valueOf(authority.group(3)));
        }
        put(url, "path", parts.group(3));
        put(url, "query", parts.group(4));
        put(url, "fragment", parts.group(5));
        return url;
    }

    private static void put(Map<Object, Object> url, String name, @Nullable String part) {
        if (part != null && !part.isEmpty()) {
            url.put(name, part);
        }
    }

    private static Map<Object, Object> parameters(String text) {
        int hash = text.indexOf('#');
        String whole = hash < 0 ? text : text.substring(0, hash);
        Map<Object, Object> parameters = new LinkedHashMap<>();
        for (String pair : whole.substring(whole.indexOf('?') + 1).split("&")) {
            int sign = pair.indexOf('=');
            String name = sign < 0 ? pair : pair.substring(0, sign);
            if (!name.isEmpty()) {
                String value = sign < 0 ? "" : pair.substring(sign + 1);
                parameters.putIfAbsent(decode(name.replace('+', ' ')), decode(value.replace('+', ' ')));
            }
        }
        return parameters;
    }

    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + HEX);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & BYTE);
            if ((c < 0x80 && Character.isLetterOrDigit(c)) || UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(digit(c / HEX)).append(digit(c % HEX));
            }
        }
        return encoded.toString();
    }

    private static char digit(int value) {
        return Character.toUpperCase(Character.forDigit(value, HEX));
    }

    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
        for (int i = 0; i < in.length; i++) {
            int high = in[i] == '%' && i + 2 < in.length ? Character.digit(in[i + 1], HEX) : -1;
            int low = high >= 0 ? Character.digit(in[i + 2], HEX) : -1;
            out.write(low >= 0 ? high * HEX + low : in[i]);
            i += low >= 0 ? 2 : 0;
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static @Nullable Set<String> names(Object list) {
        if (list instanceof Nothing) {
            return null;
        }
        Set<String> names = new HashSet<>();
        for (Object item : Values.items(list)) {
            if (!(Values.of(item) instanceof String name)) {
                throw new EvaluationException(
                        "a name of type " + Values.typeName(Values.of(item)) + " (expected string)");
            }
            names.add(name);
        }
        return names;
    }

    private static Object attributes(String text, @Nullable Set<String> names) {
        int square = text.indexOf('[');
        int curly = text.indexOf('{');
        boolean isSquare = square >= 0 && (curly < 0 || square < curly);
        int start = isSquare ? square : curly;
        int end = text.lastIndexOf(isSquare ? ']' : '}');
        if (start < 0 || end < start) {
            return Nothing.ABSENT;
        }
        Map<Object, Object> attributes = new LinkedHashMap<>();
        String inside = text.substring(start + 1, end);
        Matcher named = NAMED.matcher(inside);
        String name = null;
        int value = 0;
        while (named.find()) {
            if (names == null || names.contains(named.group(1))) {
                put(attributes, name, inside, value, named.start());
                name = named.group(1);
                value = named.end();
            }
        }
        put(attributes, name, inside, value, inside.length());
        return attributes.isEmpty() ? Nothing.ABSENT : attributes;
    }

    private static void put(Map<Object, Object> attributes, @Nullable String name, String inside, int from, int to) {
        if (name != null) {
            String value = inside.substring(from, to);
            attributes.putIfAbsent(name, value.equals("<null>") ? Nothing.NULL : value);
        }
    }
}
