package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Link;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Told;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a shop, by chance: the same seed gives the same history.
 *
 * @param events in the order of arrival
 * @param traits what is special about it
 */
record History(long seed, List<Event> events, Set<Trait> traits) {

    /** What histories are counted by. */
    enum Trait {
        LATE,
        TIE,
        REOPEN,
        REPARENT,
        LATE_PARENT,
        TRANSFER,
        EXPIRY,
        SLICE,
        NULL,
        REPLAY
    }

    /**
     * A delivery with one signal.
     *
     * @param received its receipt
     * @param replayed it dies when it arrives, and is replayed after all others
     */
    record Event(Signal signal, long received, boolean replayed) {
        Event at(long receipt) {
            return new Event(Life.received(signal, receipt), receipt, replayed);
        }
    }

    static final long T0 = 1_780_000_000L * Shop.SECOND;
    /** Each history of so many is counted in tallies. */
    private static final int TALLIED = 5;

    private static final List<String> STATUS = List.of("new", "doing", "review", "done", "dropped");

    static String order(int number) {
        return "shop/order/" + number;
    }

    static History of(long seed) {
        return new Life(seed).history();
    }

    /** One history on its way. */
    private static final class Life {

        private final long seed;
        private final SplittableRandom random;
        private final List<Event> events = new ArrayList<>();
        private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
        private final int orders;
        private long sequence;

        private Life(long seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            this.orders = 2 + random.nextInt(4);
        }

        History history() {
            for (int order = 0; order < orders; order++) {
                live(order);
            }
            if (chance(25)) {
                transfer();
            }
            for (int visit = random.nextInt(3); visit > 0; visit--) {
                visit(visit);
            }
            List<Event> arriving = new ArrayList<>();
            events.stream().sorted(Comparator.comparingLong(Event::received)).forEach(arriving::add);
            lateParents(arriving);
            return new History(seed, List.copyOf(arriving), Set.copyOf(traits));
        }

        private void live(int number) {
            long at = T0 + random.nextLong(2 * Shop.DAY);
            boolean opened = false;
            String told = "new";
            int events = 2 + random.nextInt(7);
            for (int i = 0; i < events; i++) {
                SortedMap<String, Told<AttributeValue>> attributes = new TreeMap<>();
                SortedMap<String, Map<String, Boolean>> sets = new TreeMap<>();
                List<String> aliases = new ArrayList<>();
                List<Link> links = new ArrayList<>();
                Told<Reference> parent = null;
                if (!opened) {
                    shop(attributes, number);
                    attributes.put("order.title", Told.of(AttributeValue.of("order " + number)));
                    attributes.put("order.told", Told.of(AttributeValue.of("new")));
                    if (number > 0 && chance(70)) {
                        parent = Told.of(Reference.key("order", order(random.nextInt(number))));
                    }
                    aliases.add("alias/" + number);
                } else {
                    switch (random.nextInt(9)) {
                        case 0, 1, 2 -> {
                            boolean ended = told.equals("done") || told.equals("dropped");
                            told = STATUS.get(random.nextInt(STATUS.size()));
                            if (ended && !told.equals("done") && !told.equals("dropped")) {
                                traits.add(Trait.REOPEN);
                            }
                            attributes.put("order.told", Told.of(AttributeValue.of(told)));
                        }
                        case 3 ->
                            attributes.put(
                                    "order.points", Told.of(new AttributeValue.Real(random.nextInt(1, 9) / 2.0)));
                        case 4 -> sets.put("order.holds", Map.of("h" + random.nextInt(2), random.nextBoolean()));
                        case 5 -> {
                            boolean nothing = random.nextBoolean();
                            attributes.put(
                                    "order.assignee",
                                    nothing ? Told.nothing() : Told.of(AttributeValue.of("p" + random.nextInt(3))));
                            if (nothing) {
                                traits.add(Trait.NULL);
                            }
                        }
                        case 6 -> {
                            if (number > 0) {
                                parent = chance(20)
                                        ? Told.nothing()
                                        : Told.of(Reference.key("order", order(random.nextInt(number))));
                                traits.add(Trait.REPARENT);
                            }
                        }
                        case 7 ->
                            links.add(new Link(
                                    chance(50)
                                            ? Reference.key("order", order(random.nextInt(orders)))
                                            : Reference.alias("order", "alias/" + random.nextInt(orders)),
                                    new TreeMap<>(),
                                    chance(50)));
                        default -> attributes.put("order.title", Told.of(AttributeValue.of("t" + random.nextInt(3))));
                    }
                }
                add(
                        Reference.key("order", order(number)),
                        at,
                        opened ? null : at,
                        null,
                        parent,
                        attributes,
                        sets,
                        aliases,
                        links);
                opened = true;
                if (chance(8)) {
                    tie(number, at);
                }
                long pause = chance(15) ? random.nextLong(4 * Shop.DAY) : random.nextLong(6 * Shop.HOUR);
                if (pause > Shop.DAY && i < events - 1) {
                    traits.add(Trait.SLICE);
                }
                at += 1 + pause;
            }
        }

        /** A shop has a tally, which tells itself every five minutes: too dear for every history. */
        private void shop(SortedMap<String, Told<AttributeValue>> attributes, int number) {
            if (seed % TALLIED == 0) {
                attributes.put("order.shop", Told.of(AttributeValue.of("s" + number % 2)));
            }
        }

        /** Another word about the same moment. */
        private void tie(int number, long at) {
            traits.add(Trait.TIE);
            SortedMap<String, Told<AttributeValue>> attributes = new TreeMap<>();
            attributes.put("order.title", Told.of(AttributeValue.of("tie " + random.nextInt(3))));
            attributes.put("order.told", Told.of(AttributeValue.of(STATUS.get(random.nextInt(3)))));
            add(
                    Reference.key("order", order(number)),
                    at,
                    null,
                    null,
                    null,
                    attributes,
                    new TreeMap<>(),
                    List.of(),
                    List.of());
        }

        /** The last order turns out to be one that was told of under another key. */
        private void transfer() {
            traits.add(Trait.TRANSFER);
            long at = T0 + Shop.DAY + random.nextLong(Shop.DAY);
            SortedMap<String, Told<AttributeValue>> attributes = new TreeMap<>();
            attributes.put("order.title", Told.of(AttributeValue.of("moved")));
            attributes.put("order.told", Told.of(AttributeValue.of("doing")));
            shop(attributes, 0);
            add(
                    Reference.key("order", "shop/moved"),
                    at,
                    at,
                    null,
                    null,
                    attributes,
                    new TreeMap<>(),
                    List.of(),
                    List.of());
            add(
                    Reference.key("order", order(orders - 1)),
                    at + random.nextLong(Shop.HOUR),
                    null,
                    null,
                    null,
                    new TreeMap<>(),
                    new TreeMap<>(),
                    List.of("shop/moved"),
                    List.of());
        }

        private void visit(int number) {
            long at = T0 + random.nextLong(2 * Shop.DAY);
            Reference target = Reference.key("visit", "shop/visit/" + number);
            SortedMap<String, Told<AttributeValue>> attributes = new TreeMap<>();
            attributes.put("visit.page", Told.of(AttributeValue.of("page " + number)));
            Told<Reference> parent = chance(60) ? Told.of(Reference.key("order", order(random.nextInt(orders)))) : null;
            add(target, at, at, null, parent, attributes, new TreeMap<>(), List.of(), List.of());
            if (chance(50)) {
                long end = at + 1 + random.nextLong(Shop.HOUR);
                add(target, end, null, Told.of(end), null, new TreeMap<>(), new TreeMap<>(), List.of(), List.of());
            } else {
                traits.add(Trait.EXPIRY);
            }
        }

        /** A parent's opening arrives after its child's, now and then. */
        private void lateParents(List<Event> arriving) {
            for (int child = 0; child < arriving.size(); child++) {
                Told<Reference> parent = arriving.get(child).signal().parent();
                if (parent == null || parent.value() == null) {
                    continue;
                }
                String key = parent.value().name();
                boolean known = arriving.subList(0, child).stream()
                        .anyMatch(event -> event.signal().target().name().equals(key));
                if (!known) {
                    traits.add(Trait.LATE_PARENT);
                }
            }
        }

        private void add(
                Reference target,
                long at,
                @Nullable Long start,
                @Nullable Told<Long> end,
                @Nullable Told<Reference> parent,
                SortedMap<String, Told<AttributeValue>> attributes,
                SortedMap<String, Map<String, Boolean>> sets,
                List<String> aliases,
                List<Link> links) {
            long delay = chance(80) ? random.nextLong(Shop.SECOND) : random.nextLong(10 * Shop.HOUR);
            boolean replayed = chance(4);
            if (delay > Shop.HOUR) {
                traits.add(Trait.LATE);
            }
            if (replayed) {
                traits.add(Trait.REPLAY);
            }
            sequence++;
            Origin origin = new Origin("shop", "shop//" + sequence, sequence, "", 0, 0);
            Signal signal = new Signal(
                    target, at, start, null, end, null, parent, attributes, sets, aliases, links, at + delay, origin);
            events.add(new Event(signal, at + delay, replayed));
        }

        private boolean chance(int percent) {
            return random.nextInt(100) < percent;
        }

        static Signal received(Signal signal, long receipt) {
            return new Signal(
                    signal.target(),
                    signal.at(),
                    signal.start(),
                    signal.since(),
                    signal.end(),
                    signal.outcome(),
                    signal.parent(),
                    signal.attributes(),
                    signal.sets(),
                    signal.aliases(),
                    signal.links(),
                    receipt,
                    signal.origin());
        }
    }
}
