package io.contextcore.gateway.expression;

import static io.contextcore.gateway.expression.FunctionSpec.ours;
import static io.contextcore.gateway.expression.TextFunctions.string;

import com.google.common.io.BaseEncoding;
import io.contextcore.gateway.base.Hashing;
import io.contextcore.gateway.model.EvaluationException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Hashes, names that are made of text, and bytes as text. */
final class CodecFunctions {

    private static final int SHORT_HASH = 16;

    /** RFC 9562, section 6.6: the namespace of names that are URLs. */
    private static final String URL_NAMESPACE = "6ba7b811-9dad-11d1-80b4-00c04fd430c8";

    private CodecFunctions() {}

    static List<FunctionSpec> specs() {
        return List.of(
                ours(
                        "hash",
                        List.of("hash(text: string) -> string"),
                        "The first 16 hex digits of the text's SHA-256: a short name that stays the same.",
                        "hash('abc')",
                        "'ba7816bf8f01cfea'",
                        a -> sha256(string(a)).substring(0, SHORT_HASH)),
                ours(
                        "sha256",
                        List.of("sha256(text: string) -> string"),
                        "The 64 hex digits of the SHA-256 of the text in UTF-8.",
                        "sha256('abc')",
                        "'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'",
                        a -> sha256(string(a))),
                ours(
                                "uuid",
                                List.of(
                                        "uuid(text: string) -> string",
                                        "uuid(text: string, namespace: string) -> string"),
                                "The UUID of version 5 (RFC 9562: from the SHA-1 of namespace and text) that names the text, always the same."
                                        + " Unless told otherwise the namespace is that of URLs, " + URL_NAMESPACE
                                        + ".",
                                "uuid('https://acme.example/1')",
                                "'1eb98506-09b1-5e72-8bc4-fed1d45308cf'",
                                (a, b) -> uuid(string(a), b instanceof String space ? space : URL_NAMESPACE))
                        .failing("a namespace that is no UUID"),
                ours(
                        "base64_encode",
                        List.of("base64_encode(value: string) -> string", "base64_encode(value: bytes) -> string"),
                        "The bytes, or the text in UTF-8, in base64 (RFC 4648, section 4, with padding).",
                        "base64_encode('a?>')",
                        "'YT8+'",
                        a -> BaseEncoding.base64().encode(bytes(a))),
                ours(
                        "base64url_encode",
                        List.of(
                                "base64url_encode(value: string) -> string",
                                "base64url_encode(value: bytes) -> string"),
                        "The bytes, or the text in UTF-8, in base64 for URLs (RFC 4648, section 5, without padding).",
                        "base64url_encode('a?>b')",
                        "'YT8-Yg'",
                        a -> BaseEncoding.base64Url().omitPadding().encode(bytes(a))),
                ours(
                                "base64_decode",
                                List.of("base64_decode(text: string) -> bytes"),
                                "The bytes that base64 of either alphabet means, padded or not. `string` makes text of them.",
                                "string(base64_decode('YT8-Yg'))",
                                "'a?>b'",
                                a -> base64(string(a)))
                        .failing("what is no base64"),
                ours(
                        "hex_encode",
                        List.of("hex_encode(value: string) -> string", "hex_encode(value: bytes) -> string"),
                        "The bytes, or the text in UTF-8, as hex digits in lower case.",
                        "hex_encode('aé')",
                        "'61c3a9'",
                        a -> HexFormat.of().formatHex(bytes(a))),
                ours(
                                "hex_decode",
                                List.of("hex_decode(text: string) -> bytes"),
                                "The bytes that hex digits mean, in lower or upper case. `string` makes text of them.",
                                "string(hex_decode('61C3A9'))",
                                "'aé'",
                                a -> hex(string(a)))
                        .failing("what is no even number of hex digits"));
    }

    private static String sha256(String text) {
        return HexFormat.of().formatHex(Hashing.sha256(text));
    }

    private static byte[] bytes(Object value) {
        return value instanceof byte[] bytes ? bytes : string(value).getBytes(StandardCharsets.UTF_8);
    }

    private static String uuid(String text, String namespace) {
        byte[] space = HexFormat.of().parseHex(digits(namespace));
        return Hashing.uuid(space, text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static String digits(String namespace) {
        try {
            if (namespace.length() == URL_NAMESPACE.length()) {
                return UUID.fromString(namespace).toString().replace("-", "");
            }
        } catch (IllegalArgumentException e) {
            throw noUuid(namespace);
        }
        throw noUuid(namespace);
    }

    private static EvaluationException noUuid(String text) {
        return new EvaluationException(
                "'" + Spans.shown(text) + "' is no UUID (expected such as " + URL_NAMESPACE + ")");
    }

    private static byte[] base64(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '=') {
            end--;
        }
        try {
            return BaseEncoding.base64Url()
                    .omitPadding()
                    .decode(text.substring(0, end).replace('+', '-').replace('/', '_'));
        } catch (IllegalArgumentException e) {
            throw new EvaluationException("'" + Spans.shown(text) + "' is no base64");
        }
    }

    private static byte[] hex(String text) {
        try {
            return HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new EvaluationException("'" + Spans.shown(text) + "' is no hex (expected pairs of hex digits)");
        }
    }
}
