package io.contextcore.gateway.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Randomness;
import io.contextcore.gateway.intake.Identity.Subject;
import io.contextcore.gateway.intake.Verdict.Admitted;
import io.contextcore.gateway.model.Age;
import io.contextcore.gateway.model.Api;
import io.contextcore.gateway.model.Arrival;
import io.contextcore.gateway.model.Redactor;
import io.contextcore.gateway.model.Redactor.Redacted;
import io.contextcore.gateway.model.Source;
import io.contextcore.gateway.model.SourceKind;
import io.contextcore.gateway.model.SourceKind.Verification;
import io.contextcore.gateway.model.StrictJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides about one request: a function of its arguments. First who sent it, on the raw bytes; only then is anything
 * parsed, evaluated or redacted. Never throws for anything that a sender can send. Thread-safe.
 */
public final class Door {

    private static final int REQUEST_ID_BYTES = 16;

    /** Never kept, whatever the kind's file lists. */
    private static final Set<String> CREDENTIALS = Set.of("authorization", "proxy-authorization", "cookie");

    private final Limits limits;
    private final StrictJson reader;
    private final Proof proof;
    private final Freshness freshness;
    private final Predicate<String> room;
    private final Supplier<String> requestIds;

    /** By the machine's clock and chance; lets in as many requests as come. */
    public Door(Limits limits) {
        this(limits, Clock.system(), source -> true, requestIds(Randomness.system()));
    }

    /** Names requests by the machine's chance. */
    public Door(Limits limits, Clock clock, Predicate<String> room) {
        this(limits, clock, room, requestIds(Randomness.system()));
    }

    /**
     * @param room whether one more verified request of a source may come in; takes its place
     * @param requestIds another text each time
     */
    public Door(Limits limits, Clock clock, Predicate<String> room, Supplier<String> requestIds) {
        this.proof = new Proof(limits, clock);
        this.freshness = new Freshness(limits, clock);
        this.room = room;
        this.requestIds = requestIds;
        this.limits = limits;
        this.reader = new StrictJson(limits);
    }

    /** @param redactor used if the kind asks for it */
    public Verdict admit(IntakeRequest request, Source source, SourceKind kind, Redactor redactor) {
        try {
            return inspect(request, source, kind, redactor);
        } catch (Refusal refusal) {
            return refusal.verdict();
        }
    }

    private Verdict inspect(IntakeRequest request, Source source, SourceKind kind, Redactor redactor) throws Refusal {
        if (request.body().length > limits.bodyBytes()) {
            throw new Refusal(Reason.TOO_LARGE, "body of more than " + limits.bodyBytes() + " bytes");
        }
        Proof.Result proved = proof.of(request, source, kind);
        if (!proved.holds()) {
            throw new Refusal(Reason.UNVERIFIED, Proof.complaint(request, kind));
        }
        freshness.require(source.age(), Age.Where.TOKEN, proved.claims());
        // Counted after the proof: a stranger cannot use up what the sender is allowed.
        requireRoom(source);
        Body body = Body.of(request, kind, reader);
        freshness.require(source.age(), Age.Where.BODY, List.of(body.tree()));
        Api api = kind.api();
        return api == null
                ? named(request, kind, body, subject(body.tree(), request.body(), null), redactor)
                : called(
                        request,
                        source,
                        kind,
                        new Calls(api, limits.calls()).of(request, source, body.tree()),
                        redactor);
    }

    private void requireRoom(Source source) throws Refusal {
        if (!room.test(source.name())) {
            throw new Refusal(Reason.TOO_MANY, "too many requests of this source");
        }
    }

    private Subject subject(JsonNode tree, byte[] bytes, @Nullable Integer index) {
        return new Subject(tree, bytes, requestIds.get(), index);
    }

    private Verdict called(IntakeRequest request, Source source, SourceKind kind, Calls.Made made, Redactor redactor)
            throws Refusal {
        if (!made.listed()) {
            return call(request, kind, made.calls().get(0), null, redactor);
        }
        List<Admitted> several = new ArrayList<>();
        for (int i = 0; i < made.calls().size(); i++) {
            if (i > 0) {
                requireRoom(source);
            }
            several.addAll(call(request, kind, made.calls().get(i), i, redactor).admitted());
        }
        return new Verdict.Several(several);
    }

    private Verdict call(
            IntakeRequest request, SourceKind kind, JsonNode call, @Nullable Integer index, Redactor redactor)
            throws Refusal {
        byte[] json = StrictJson.write(call);
        return named(request, kind, new Body(json, call), subject(call, json, index), redactor);
    }

    private Verdict named(IntakeRequest request, SourceKind kind, Body body, Subject subject, Redactor redactor)
            throws Refusal {
        // Names come from the unredacted body: two deliveries must not become one because both ids were taken out.
        Identity identity = Identity.of(request, kind, subject, limits);
        if (kind.pings().contains(identity.event())) {
            return new Verdict.Ping();
        }
        return admitted(request, kind, identity, body, kind.redact() ? redactor : Redactor.none());
    }

    private static Supplier<String> requestIds(Randomness randomness) {
        return () -> HexFormat.of().formatHex(randomness.secretBytes(REQUEST_ID_BYTES));
    }

    private static Admitted admitted(
            IntakeRequest request, SourceKind kind, Identity identity, Body body, Redactor redactor) {
        Redacted clean = redactor.redact(body.tree());
        byte[] stored = clean.tree() == body.tree() ? body.json() : StrictJson.write(clean.tree());
        Arrival arrival = new Arrival(
                request.source(),
                kind.name(),
                identity.event(),
                identity.id(),
                identity.sameEvent(),
                keptHeaders(request, kind, redactor),
                stored,
                clean.tree(),
                kind.duplicateWindowNanos());
        return new Admitted(arrival, clean.counts());
    }

    private static Map<String, String> keptHeaders(IntakeRequest request, SourceKind kind, Redactor redactor) {
        Map<String, String> kept = new HashMap<>();
        request.headers().forEach((name, value) -> {
            boolean proof =
                    kind.verifications().stream().map(Verification::header).anyMatch(name::equals);
            if (kind.keepHeaders().contains(name) && !proof && !CREDENTIALS.contains(name)) {
                kept.put(name, redactor.redact(value));
            }
        });
        return Map.copyOf(kept);
    }
}
