package io.contextcore.gateway.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.mapping.Mapping.Ignore;
import io.contextcore.gateway.mapping.Mapping.LearnRule;
import io.contextcore.gateway.mapping.Mapping.Loop;
import io.contextcore.gateway.mapping.Mapping.ReplyRule;
import io.contextcore.gateway.mapping.Mapping.SignalRule;
import io.contextcore.gateway.mapping.Mapping.Var;
import io.contextcore.gateway.model.Deadline;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Facts;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The evaluation of one delivery: lives for it. */
final class EvaluationRun {

    /** Most deliveries are taken by one mapping and become one message. */
    private static final int FEW = 1;

    private static final String NO_MAPPING = "no-mapping";
    private static final String WHEN_FALSE = "when-false";

    private final Delivery delivery;
    private final @Nullable Trace trace;
    private final Values values;
    private final SignalMaker signalMaker;
    private final TelemetryMaker telemetry;
    private final List<String> taken = new ArrayList<>(FEW);
    private final List<Message> messages = new ArrayList<>(FEW);
    private final Limits limits;
    private String ignored = NO_MAPPING;

    EvaluationRun(
            Program program,
            Delivery delivery,
            Facts facts,
            Deadline deadline,
            Limits limits,
            int slots,
            @Nullable Trace trace) {
        this.delivery = delivery;
        this.trace = trace;
        this.limits = limits;
        Scope scope = new Scope(slots, limits.iterations(), facts, deadline)
                .set(Variable.PAYLOAD.ordinal(), payload(delivery.body()))
                .set(Variable.HEADERS.ordinal(), delivery.headers())
                .set(Variable.EVENT.ordinal(), delivery.event())
                .set(Variable.SOURCE.ordinal(), delivery.source())
                .set(Variable.KIND.ordinal(), delivery.kind())
                .set(Variable.RECEIVED.ordinal(), Nanos.toInstant(delivery.receivedNanos()))
                .set(Variable.DELIVERY_ID.ordinal(), delivery.id());
        this.values = new Values(scope, program, limits, delivery.receivedNanos(), trace);
        Addresses addresses = new Addresses(values, program.lifecycles());
        this.signalMaker = new SignalMaker(values, addresses, delivery);
        this.telemetry = new TelemetryMaker(values, addresses, program, limits, delivery);
    }

    Evaluation run(List<Mapping> mappings) {
        for (Mapping mapping : mappings) {
            if (mapping.wants(delivery.kind(), delivery.event())) {
                String reason = attempt(mapping);
                if (reason == null) {
                    taken.add(mapping.name());
                } else {
                    pass(mapping, reason);
                }
            }
        }
        return new Evaluation(taken, messages, telemetry.emissions(), taken.isEmpty() ? ignored : null, values.notes());
    }

    /** What the first mapping answers that has an answer. */
    Optional<Reply> reply(List<Mapping> mappings) {
        ReplyMaker replies = new ReplyMaker(values, limits);
        for (Mapping mapping : mappings) {
            ReplyRule rule = mapping.reply();
            if (rule != null && mapping.wants(delivery.kind(), delivery.event()) && prepare(mapping) == null) {
                Optional<Reply> reply = replies.reply(rule, mapping.location());
                if (reply.isPresent()) {
                    return reply;
                }
            }
        }
        return Optional.empty();
    }

    /** Sets the mapping's variables, if it wants the delivery; otherwise tells why not. */
    private @Nullable String prepare(Mapping mapping) {
        if (trace != null) {
            trace.mapping(mapping.name(), mapping.location().file());
        }
        for (Ignore ignore : mapping.ignores()) {
            if (values.holds(ignore.when())) {
                return ignore.reason();
            }
        }
        if (!values.holds(mapping.when())) {
            return WHEN_FALSE;
        }
        for (Var var : mapping.vars()) {
            values.scope().set(var.slot(), values.of(var.value()));
        }
        return null;
    }

    /** @return why the mapping did not take the delivery; null if it did */
    private @Nullable String attempt(Mapping mapping) {
        String reason = prepare(mapping);
        if (reason != null) {
            return reason;
        }
        int before = messages.size() + telemetry.count();
        for (SignalRule rule : mapping.signals()) {
            messages(rule.loop(), rule.when(), () -> signalMaker.message(rule, messages.size()));
        }
        for (LearnRule rule : mapping.learns()) {
            messages(rule.loop(), rule.when(), () -> signalMaker.learn(rule, messages.size()));
        }
        mapping.spans().forEach(telemetry::spans);
        mapping.logs().forEach(telemetry::logs);
        return messages.size() + telemetry.count() == before ? WHEN_FALSE : null;
    }

    private void messages(@Nullable Loop loop, @Nullable Part when, Supplier<@Nullable Message> maker) {
        Loops.each(values, loop, () -> {
            if (!values.holds(when)) {
                return;
            }
            if (messages.size() == limits.messagesPerDelivery()) {
                values.note("messages-capped");
                return;
            }
            Message message = maker.get();
            if (message != null) {
                messages.add(message);
            }
        });
    }

    /** A reason that a file gives says more than ours. */
    private void pass(Mapping mapping, String reason) {
        if (ignored.equals(NO_MAPPING) || ignored.equals(WHEN_FALSE)) {
            ignored = reason;
        }
        if (trace != null) {
            trace.passed(mapping.name(), reason);
        }
    }

    private static Object payload(JsonNode body) {
        if (body.isMissingNode()) {
            return Nothing.ABSENT;
        }
        return Values.unwrapped(body);
    }
}
