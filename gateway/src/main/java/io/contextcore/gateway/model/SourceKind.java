package io.contextcore.gateway.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A kind of source, as its file declares it: how to verify, and where event name, tenant and delivery id are. Its
 * expressions see {@link Variable}.
 *
 * @param event name of the event
 * @param deliveryId what the sender calls the delivery; absent: the SHA-256 of the body
 * @param tenant whose delivery it is where ids are unique only within a tenant; null: one tenant
 * @param sameEvent what else identifies the event, where a sender may tell one event under two ids; absent: nothing
 * @param pings events that only say hello: answered 200, not stored
 * @param form name of the form field that holds the JSON, where the kind may send forms; null: JSON only
 * @param bodyOptional whether an empty body is allowed
 * @param emptyBodyQuery parameters of the URL that are the payload of a request with an empty body
 * @param emptyAck whether 2xx answers have no body (204), because the sender would read it
 * @param redact whether secrets are taken out before anything is stored
 * @param duplicateWindowNanos how long a delivery id is remembered
 * @param keepHeaders headers that mappings may read, lower case
 * @param api calls that it takes; null: whatever comes is a delivery as it is
 */
public record SourceKind(
        String name,
        List<Verification> verifications,
        Expression event,
        Expression deliveryId,
        @Nullable Expression tenant,
        @Nullable Expression sameEvent,
        Set<String> pings,
        @Nullable String form,
        boolean bodyOptional,
        Set<String> emptyBodyQuery,
        boolean emptyAck,
        boolean redact,
        long duplicateWindowNanos,
        Set<String> keepHeaders,
        @Nullable Api api) {

    /** What the expressions of a kind file can see; the slot of each is its ordinal. */
    public enum Variable {
        /** Map: headers by lower-case name. */
        HEADERS("headers"),
        /** Map: query parameters. */
        QUERY("query"),
        /** The parsed body. */
        PAYLOAD("payload"),
        /** String: SHA-256 of the raw body, hex; of a kind with an API, of the call. */
        BODY_HASH("body_hash"),
        /** String: another one for each delivery. */
        REQUEST_ID("request_id"),
        /** Int: place of a call in a list of calls, from 0; absent: it came alone. */
        INDEX("index");

        private final String variable;

        Variable(String variable) {
            this.variable = variable;
        }

        public String variable() {
            return variable;
        }
    }

    /** A way to prove who sent a request; a request that any of the kind's ways accepts is genuine. */
    public sealed interface Verification {

        /** Header that carries the proof, lower case. */
        String header();

        /**
         * An HMAC over the raw body, hex, written {@code <method>=<hex>}.
         *
         * @param methods accepted method names, of {@link #ALGORITHMS}, {@code sha256}; none: nothing proves anything
         */
        record Hmac(String header, Set<String> methods) implements Verification {

            /** Method names that exist, with Java's name of the algorithm. SHA-1 is broken and not among them. */
            public static final Map<String, String> ALGORITHMS =
                    Map.of("sha256", "HmacSHA256", "sha384", "HmacSHA384", "sha512", "HmacSHA512");

            public Hmac {
                methods = Set.copyOf(methods);
                if (!ALGORITHMS.keySet().containsAll(methods)) {
                    throw new IllegalArgumentException(
                            "methods " + methods + " (expected: some of " + ALGORITHMS.keySet() + ")");
                }
            }
        }

        /**
         * HMACs over some headers and the raw body, one or several in a header with blanks between, as Standard Webhooks has
         * them (standardwebhooks.com, "Signature scheme"). One that fits proves the request.
         *
         * @param method of {@link Hmac#ALGORITHMS}
         * @param prefix what stands before each HMAC; others are passed over; may be empty
         * @param base64 whether the HMACs are base64; else hex
         * @param signed headers whose values stand before the body, in order, lower case
         * @param separator behind each of those values
         * @param key how the secret becomes the key
         * @param time null: any age; else one of {@code signed}, in whole seconds since 1970
         * @param withinNanos most that this time may lie back
         */
        record Signature(
                String header,
                String method,
                String prefix,
                boolean base64,
                List<String> signed,
                String separator,
                Key key,
                @Nullable String time,
                long withinNanos)
                implements Verification {

            public Signature {
                signed = List.copyOf(signed);
                if (!Hmac.ALGORITHMS.containsKey(method)) {
                    throw new IllegalArgumentException(
                            "method " + method + " (expected: one of " + Hmac.ALGORITHMS.keySet() + ")");
                }
            }

            /** How the secret becomes the key. */
            public enum Key {
                /** The text's bytes. */
                TEXT,
                /** The bytes that the text is the base64 of, behind {@code whsec_} where it begins so. */
                BASE64
            }
        }

        /**
         * The secret itself.
         *
         * @param scheme {@code Bearer}, or null where the header holds nothing but the token
         */
        record Token(String header, @Nullable String scheme) implements Verification {}

        /**
         * A JSON Web Token that the sender signed with the secret, HS256 and no other algorithm. It must say when it ends
         * ({@code exp}).
         *
         * @param scheme {@code Bearer}, or null where the header holds nothing but the token
         * @param bound whether it must be bound to this very request by the claim {@code qsh}; where it has that claim, the
         *     claim must fit anyway
         */
        record Jwt(String header, @Nullable String scheme, boolean bound) implements Verification {}

        /** User and password, {@code Basic <base64 of user:password>} (RFC 7617); the secret is {@code user:password}. */
        record Basic(String header) implements Verification {}
    }
}
