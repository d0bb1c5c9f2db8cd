package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.Emission;
import io.contextcore.gateway.model.Identity;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleDefinition.TallyRule;
import io.contextcore.gateway.model.LogRecord;
import io.contextcore.gateway.model.Message.Count;
import io.contextcore.gateway.model.OwnAttribute;
import io.contextcore.gateway.model.Tally;
import io.contextcore.gateway.model.Tally.Group;
import io.contextcore.gateway.model.Timers;
import io.contextcore.gateway.model.Timers.Purpose;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The step of a tally: it adds up what instances tell, and says so from time to time. */
final class TallyStep {

    /** What changes within it is told together. */
    static final long SETTLE_NANOS = 1_000_000_000L;
    /** Changes are told at most so often. */
    static final long INTERVAL_NANOS = 60_000_000_000L;
    /** All is told so often, at multiples of it. */
    static final long REPEAT_NANOS = 300_000_000_000L;

    /** Key of the group of those whose own would be one too many: no other key looks like it. */
    private static final String OVERFLOW = "+";

    private TallyStep() {}

    /** Takes in what an instance told. Who comes counts; what others tell of a tally that is gone does not. */
    static StepResult count(Setting setting, @Nullable Tally known, Count count, long now) {
        if (known == null && count.members() <= 0) {
            return StepResult.gone(count.addressee(), List.of());
        }
        Tally tally = known == null ? begun(count) : known;
        String key = groupOf(tally, count, setting.limits().tallyGroups());
        Group group = tally.groups().get(key);
        if (group == null && count.members() <= 0) {
            return StepResult.quiet(tally, List.of());
        }
        Group before = group == null
                ? new Group(
                        key.equals(OVERFLOW)
                                ? Collections.emptySortedMap()
                                : count.entry().group(),
                        0,
                        Collections.emptySortedMap(),
                        true)
                : group;
        SortedMap<String, Group> groups = new TreeMap<>(tally.groups());
        groups.put(
                key,
                new Group(
                        before.values(),
                        before.members() + count.members(),
                        Millionths.sum(before.sums(), count.entry().amounts()),
                        true));
        boolean capped = key.equals(OVERFLOW) && count.members() > 0;
        return new StepResult(
                with(tally, groups, tally.sentAt(), timers(tally, now)),
                Emission.none(tally.key(), tally.source()),
                List.of(),
                capped ? List.of(Note.TALLY_CAPPED) : List.of());
    }

    private static Tally begun(Count count) {
        return new Tally(
                count.addressee(),
                count.origin().source(),
                count.lifecycle(),
                count.entry().event(),
                count.entry().common(),
                Collections.emptySortedMap(),
                null,
                Timers.none());
    }

    /** As long as somebody is in the surplus, no group is added: so who has come to the surplus leaves it, too. */
    private static String groupOf(Tally tally, Count count, int cap) {
        String key = Tally.groupKey(count.entry().group());
        if (tally.groups().containsKey(key)) {
            return key;
        }
        return tally.groups().containsKey(OVERFLOW) || tally.groups().size() >= cap ? OVERFLOW : key;
    }

    private static Timers timers(Tally tally, long now) {
        Timers timers = tally.timers();
        if (!timers.due().containsKey(Purpose.TALLY)) {
            Long sent = tally.sentAt();
            long soon = now + SETTLE_NANOS;
            timers = timers.with(Purpose.TALLY, sent == null ? soon : Math.max(soon, sent + INTERVAL_NANOS));
        }
        return timers.due().containsKey(Purpose.TALLY_REPEAT)
                ? timers
                : timers.with(Purpose.TALLY_REPEAT, multipleAfter(now));
    }

    private static long multipleAfter(long time) {
        return (Math.floorDiv(time, REPEAT_NANOS) + 1) * REPEAT_NANOS;
    }

    /** Tells the groups that changed. */
    static StepResult send(Setting setting, Tally tally, long due) {
        return sent(setting, tally, due, false, tally.timers().without(Purpose.TALLY));
    }

    /** Tells all groups, so that nobody has to look far back for one. What was missed is not made up. */
    static StepResult repeat(Setting setting, Tally tally, long due, long horizon) {
        long next = multipleAfter(Math.max(due, horizon));
        return sent(setting, tally, due, true, Timers.none().with(Purpose.TALLY_REPEAT, next));
    }

    /**
     * An emptied group is told once more, with nothing in it, and goes. A tally without groups goes when it has been silent for
     * a while: one that comes and goes would else be told anew each time.
     */
    private static StepResult sent(Setting setting, Tally tally, long due, boolean all, Timers timers) {
        TallyRule rule = rule(setting, tally);
        List<LogRecord> logs = new ArrayList<>();
        SortedMap<String, Group> kept = new TreeMap<>();
        tally.groups().forEach((key, group) -> {
            if (rule != null && (all || group.changed())) {
                logs.add(log(setting, tally, rule.measures().keySet(), key, group, due));
            }
            if (group.members() > 0) {
                boolean untold = rule == null && group.changed();
                kept.put(key, new Group(group.values(), group.members(), group.sums(), untold));
            }
        });
        Emission emission = new Emission(tally.key(), tally.source(), List.of(), logs);
        Timers until = kept.isEmpty() ? Timers.none().with(Purpose.TALLY, due + INTERVAL_NANOS) : timers;
        Tally row = kept.isEmpty() && logs.isEmpty() ? null : with(tally, kept, due, until);
        return new StepResult(tally.key(), row, emission, List.of(), List.of());
    }

    /** Null where the mappings of today have no such tally: it says nothing, and its members may still leave it. */
    private static @Nullable TallyRule rule(Setting setting, Tally tally) {
        LifecycleDefinition definition = setting.lifecycles().byName().get(tally.lifecycle());
        return definition == null
                ? null
                : definition.tallies().stream()
                        .filter(rule -> rule.event().equals(tally.event()))
                        .findFirst()
                        .orElse(null);
    }

    private static LogRecord log(
            Setting setting, Tally tally, Set<String> measures, String key, Group group, long due) {
        Conventions conventions = setting.conventions();
        SortedMap<String, AttributeValue> body = new TreeMap<>(tally.common());
        body.putAll(group.values());
        for (String measure : measures) {
            AttributeValue sum =
                    Millionths.value(conventions, measure, group.sums().getOrDefault(measure, 0L));
            if (sum != null) {
                body.put(measure, sum);
            }
        }
        SortedMap<String, AttributeValue> attributes = setting.indexed(body);
        if (key.equals(OVERFLOW)) {
            attributes.put(OwnAttribute.OVERFLOW.attribute(), AttributeValue.of(true));
            body.put(OwnAttribute.OVERFLOW.attribute(), AttributeValue.of(true));
        }
        Identity identity = Identity.derived(tally.key());
        return new LogRecord(
                due,
                due,
                LogRecord.Severity.INFO,
                tally.event(),
                identity.traceId(),
                identity.spanId(),
                attributes,
                body);
    }

    private static Tally with(Tally tally, SortedMap<String, Group> groups, @Nullable Long sentAt, Timers timers) {
        return new Tally(
                tally.key(), tally.source(), tally.lifecycle(), tally.event(), tally.common(), groups, sentAt, timers);
    }
}
