package io.contextcore.gateway.app.draft;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How requests of the new source are proved and told apart.
 *
 * @param proof a way to verify, as a kind's file has it
 * @param eventFrom the expression of the event's name; {@code absent} if nothing tells it
 * @param event the name of the sample's event; empty if nothing tells it
 * @param deliveryFrom the expression of the delivery's id; null: the body's hash
 * @param headers those that tell of the sample what the expressions read
 * @param sent what a sender would send in these headers
 */
record Request(
        String proof,
        String eventFrom,
        String event,
        @Nullable String deliveryFrom,
        Map<String, String> headers,
        Map<String, String> sent) {

    private static final List<String> EVENT_MEMBERS = List.of(
            "event",
            "event_type",
            "eventType",
            "event_name",
            "eventName",
            "object_kind",
            "kind",
            "type",
            "topic",
            "action");
    private static final List<String> DELIVERY_MEMBERS =
            List.of("delivery_id", "deliveryId", "event_id", "eventId", "event_uuid", "webhook_id", "uuid", "guid");
    private static final List<String> DELIVERY_WORDS =
            List.of("delivery", "event-uuid", "event-id", "request-id", "idempotency", "webhook-id");
    private static final Pattern EVENT = Pattern.compile("\\p{L}[\\p{L}\\p{N} ._:/-]{0,62}");
    private static final String HASHED = "sha256=";

    static Request of(String name, Sample sample) {
        Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.putAll(sample.headers());
        Map<String, String> headers = new LinkedHashMap<>();
        Map<String, String> sent = new LinkedHashMap<>();
        Optional<String> delivery = given.keySet().stream()
                .filter(header -> DELIVERY_WORDS.stream().anyMatch(lower(header)::contains))
                .findFirst();
        delivery.ifPresent(header -> {
            headers.put(header, given.get(header));
            sent.put(header, "${uuid}");
        });
        Event event = event(name, sample, given, delivery.orElse(""));
        if (event.header() != null) {
            headers.put(event.header(), event.name());
            sent.put(event.header(), "${event}");
        }
        String deliveryFrom = delivery.map(Request::read)
                .or(() ->
                        member(sample, DELIVERY_MEMBERS, Member::isName).map(member -> member.expression("payload", 0)))
                .orElse(null);
        return new Request(proof(name, given), event.from(), event.name(), deliveryFrom, headers, sent);
    }

    private record Event(String from, String name, @Nullable String header) {}

    private static Event event(String name, Sample sample, Map<String, String> given, String delivery) {
        Optional<String> header = given.keySet().stream()
                .filter(each -> !each.equals(delivery)
                        && (lower(each).endsWith("event")
                                || lower(each).endsWith("event-type")
                                || lower(each).endsWith("event-key")))
                .filter(each -> EVENT.matcher(given.get(each)).matches())
                .findFirst();
        if (header.isPresent()) {
            return new Event(read(header.get()), given.getOrDefault(header.get(), ""), header.get());
        }
        String wanted = sample.event();
        Optional<Member> member = member(
                sample,
                wanted.isEmpty() ? EVENT_MEMBERS : names(sample),
                each -> each.isText()
                        && EVENT.matcher(each.value().textValue()).matches()
                        && (wanted.isEmpty() || each.value().textValue().equals(wanted)));
        if (member.isPresent()) {
            return new Event(
                    member.get().expression("payload", 0), member.get().value().textValue(), null);
        }
        String made = "X-" + capitals(name) + "-Event";
        return wanted.isEmpty() ? new Event("absent", "", null) : new Event(read(made), wanted, made);
    }

    private static List<String> names(Sample sample) {
        return Stream.concat(
                        EVENT_MEMBERS.stream(),
                        Member.root(sample.payload()).members().stream().map(Member::name))
                .toList();
    }

    private static Optional<Member> member(Sample sample, List<String> names, Predicate<Member> fits) {
        List<Member> members = Member.root(sample.payload()).members();
        return names.stream()
                .flatMap(name -> members.stream().filter(member -> member.name().equals(name)))
                .filter(fits)
                .findFirst();
    }

    /** A signature if there is one that we know, else a token. */
    private static String proof(String name, Map<String, String> given) {
        Optional<String> signature = given.keySet().stream()
                .filter(header -> lower(header).contains("signature"))
                .filter(header -> given.getOrDefault(header, "").startsWith(HASHED))
                .findFirst();
        if (signature.isPresent()) {
            return "hmac: {header: " + signature.get() + ", methods: [sha256]}";
        }
        String bearer = given.get("Authorization");
        if (bearer != null && bearer.startsWith("Bearer ")) {
            return "token: {header: Authorization, scheme: Bearer}";
        }
        String token = given.keySet().stream()
                .filter(header ->
                        lower(header).contains("token") || lower(header).contains("secret"))
                .findFirst()
                .orElse("X-" + capitals(name) + "-Token");
        return "token: {header: " + token + "}";
    }

    private static String read(String header) {
        return "headers['" + lower(header) + "']";
    }

    private static String capitals(String name) {
        StringBuilder text = new StringBuilder();
        for (String part : name.split("[-_.]")) {
            if (!part.isEmpty()) {
                text.append(text.isEmpty() ? "" : "-")
                        .append(part.substring(0, 1).toUpperCase(Locale.ROOT))
                        .append(part.substring(1));
            }
        }
        return text.toString();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
