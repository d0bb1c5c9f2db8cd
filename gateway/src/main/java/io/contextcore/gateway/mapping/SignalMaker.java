package io.contextcore.gateway.mapping;

import io.contextcore.gateway.mapping.Mapping.Children;
import io.contextcore.gateway.mapping.Mapping.LearnRule;
import io.contextcore.gateway.mapping.Mapping.LinkRule;
import io.contextcore.gateway.mapping.Mapping.Member;
import io.contextcore.gateway.mapping.Mapping.SignalRule;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Cell;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Link;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes signals of rules. */
final class SignalMaker {

    private final Values values;
    private final Addresses addresses;
    private final Delivery delivery;

    SignalMaker(Values values, Addresses addresses, Delivery delivery) {
        this.values = values;
        this.addresses = addresses;
        this.delivery = delivery;
    }

    /** @param n counts the delivery's messages */
    Message message(SignalRule rule, int n) {
        Children children = rule.children();
        if (children == null) {
            return signal(rule, addresses.required(rule.target()), n);
        }
        Signal signal = signal(rule, Reference.key(addresses.lifecycle(rule.target()), ""), n);
        return new Message.ToChildren(addresses.required(children.parent()), labels(children), signal);
    }

    /** A label without a value would reach more children than were meant. */
    private SortedMap<String, AttributeValue> labels(Children children) {
        SortedMap<String, AttributeValue> labels = values.attributes(children.where());
        children.where().forEach((name, part) -> {
            if (!labels.containsKey(name)) {
                throw values.wrong(part, Nothing.ABSENT, "a value; say `when:` where there may be none");
            }
        });
        return labels;
    }

    private Signal signal(SignalRule rule, Reference target, int n) {
        Long at = values.time(rule.at());
        Long start = values.time(rule.start());
        return new Signal(
                target,
                at == null ? delivery.receivedNanos() : at,
                start,
                values.time(rule.since()),
                end(rule.end(), start),
                outcome(rule.outcome()),
                rule.parent() == null ? null : addresses.told(rule.parent()),
                attributes(rule),
                sets(rule.sets()),
                aliases(rule.aliases()),
                links(rule.links()),
                delivery.receivedNanos(),
                origin(n));
    }

    /** Each once. */
    private List<String> aliases(List<Part> parts) {
        List<String> aliases = new ArrayList<>(parts.size());
        for (Part part : parts) {
            String alias = values.key(part);
            if (alias != null && !aliases.contains(alias)) {
                aliases.add(alias);
            }
        }
        return aliases;
    }

    private Origin origin(int n) {
        return new Origin(delivery.source(), delivery.id(), delivery.sequence(), "", n, 0);
    }

    /** Null where nothing is said of the entry. */
    @Nullable Message learn(LearnRule rule, int n) {
        Object value = values.of(rule.value());
        if (value == Nothing.ABSENT) {
            return null;
        }
        Long at = values.time(rule.at());
        return new Message.Learn(
                rule.table(),
                values.requiredName(rule.key()),
                new Cell<>(
                        values.fact(rule.value(), value),
                        at == null ? delivery.receivedNanos() : at,
                        delivery.sequence()),
                origin(n));
    }

    private @Nullable Told<Long> end(@Nullable Part part, @Nullable Long start) {
        if (part == null) {
            return null;
        }
        Object value = values.of(part);
        if (value == Nothing.NULL) {
            return Told.nothing();
        }
        Long end = values.time(part, value);
        if (end != null && start != null && end < start) {
            values.note("end-clamped");
            return Told.of(start);
        }
        return end == null ? null : Told.of(end);
    }

    private @Nullable Told<String> outcome(@Nullable Part part) {
        if (part == null) {
            return null;
        }
        Object value = values.of(part);
        if (value == Nothing.ABSENT) {
            return null;
        }
        return value == Nothing.NULL ? Told.nothing() : Told.of(values.name(part, value));
    }

    private SortedMap<String, Told<AttributeValue>> attributes(SignalRule rule) {
        SortedMap<String, Told<AttributeValue>> told = values.told(rule.attributes());
        rule.cleared().forEach(name -> told.putIfAbsent(name, Told.nothing()));
        return told;
    }

    private SortedMap<String, Map<String, Boolean>> sets(Map<String, List<Member>> rules) {
        SortedMap<String, Map<String, Boolean>> sets = new TreeMap<>();
        rules.forEach((set, members) -> {
            SortedMap<String, Boolean> told = new TreeMap<>();
            members.forEach(member -> tell(member, told));
            if (!told.isEmpty()) {
                sets.put(set, told);
            }
        });
        return sets;
    }

    private void tell(Member member, SortedMap<String, Boolean> told) {
        Object present = values.of(member.present());
        if (present == Nothing.ABSENT) {
            return;
        }
        if (!(present instanceof Boolean) && present != Nothing.NULL) {
            throw values.wrong(member.present(), present, "true or false");
        }
        String name = values.name(member.name());
        if (name != null) {
            told.put(name, present == Boolean.TRUE);
        }
    }

    private List<Link> links(List<LinkRule> rules) {
        List<Link> links = new ArrayList<>();
        for (LinkRule rule : rules) {
            Loops.each(values, rule.loop(), () -> {
                Reference target = values.holds(rule.when()) ? addresses.given(rule.target()) : null;
                if (target != null) {
                    links.add(new Link(target, values.attributes(rule.attributes()), rule.both()));
                }
            });
        }
        return links;
    }
}
