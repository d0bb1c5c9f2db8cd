package io.contextcore.gateway.model;

import java.util.SortedMap;

/**
 * What is stepped, one row at a time. A step sees and changes the row that the message is addressed to; what concerns
 * another row leaves as a further message.
 */
public sealed interface Message
        permits Signal,
                Message.Claim,
                Message.Release,
                Message.Inquiry,
                Message.Share,
                Message.ToChildren,
                Message.ParentEnded,
                Message.LinkBack,
                Message.Same,
                Message.Absorb,
                Message.Count,
                Message.Learn {

    Origin origin();

    /** Key or alias of the row that this message concerns. */
    String addressee();

    <R> R to(Cases<R> cases);

    /** What each kind of message comes to: all of them are named, so that none is forgotten. */
    interface Cases<R> {
        R signal(Signal signal);

        R claim(Claim claim);

        R release(Release release);

        R inquiry(Inquiry inquiry);

        R share(Share share);

        R toChildren(ToChildren toChildren);

        R parentEnded(ParentEnded parentEnded);

        R linkBack(LinkBack linkBack);

        R same(Same same);

        R absorb(Absorb absorb);

        R count(Count count);

        R learn(Learn learn);
    }

    /** The same message to the owner of the alias that it was addressed to; itself where that makes no sense. */
    default Message forwarded(Reference owner, Origin from) {
        return this;
    }

    /**
     * An instance says that it answers to an alias.
     *
     * @param firstSeen receipt of the first message about the owner: of two keys of one thing, the older one stays
     */
    record Claim(String alias, Reference owner, long firstSeen, long receivedNanos, Origin origin) implements Message {
        @Override
        public String addressee() {
            return alias;
        }

        @Override
        public <R> R to(Cases<R> cases) {
            return cases.claim(this);
        }
    }

    /**
     * An instance is forgotten: its alias goes with what is left of it, unless it is claimed again.
     *
     * @param until when the alias goes, epoch nanoseconds
     */
    record Release(String alias, Reference owner, long until, long receivedNanos, Origin origin) implements Message {
        @Override
        public String addressee() {
            return alias;
        }

        @Override
        public <R> R to(Cases<R> cases) {
            return cases.release(this);
        }
    }

    /**
     * An instance asks who answers to an alias, since its parent or a link of it is named by that.
     *
     * @param reply the signal to the asking instance; where it names the alias, the answer puts the owner
     */
    record Inquiry(String alias, Signal reply) implements Message {
        @Override
        public Origin origin() {
            return reply.origin();
        }

        @Override
        public String addressee() {
            return alias;
        }

        @Override
        public <R> R to(Cases<R> cases) {
            return cases.inquiry(this);
        }
    }

    /**
     * A child tells the instance above what has changed about it.
     *
     * @param bond whether it comes, stays or goes
     * @param open whether it is open now
     * @param labels of an open child
     * @param differences by roll-up attribute, in millionths: what is added to the parent's sums
     * @param at time of the event that changed the child, epoch nanoseconds
     */
    record Share(
            Reference parent,
            Reference child,
            Bond bond,
            boolean open,
            SortedMap<String, AttributeValue> labels,
            SortedMap<String, Long> differences,
            long at,
            long receivedNanos,
            Origin origin)
            implements Message {
        @Override
        public String addressee() {
            return parent.name();
        }

        @Override
        public Share forwarded(Reference owner, Origin from) {
            return new Share(owner, child, bond, open, labels, differences, at, receivedNanos, from);
        }

        @Override
        public <R> R to(Cases<R> cases) {
            return cases.share(this);
        }
    }

    /** How a child stands to the one above it. */
    enum Bond {
        JOINED,
        KEPT,
        LEFT
    }

    /**
     * A signal to the open children of an instance.
     *
     * @param parent by key or alias
     * @param where labels that a child must have; none: all children of the signal's lifecycle
     * @param signal what each of them is told; the name of its target is empty
     */
    record ToChildren(Reference parent, SortedMap<String, AttributeValue> where, Signal signal) implements Message {
        @Override
        public Origin origin() {
            return signal.origin();
        }

        @Override
        public String addressee() {
            return parent.name();
        }

        @Override
        public ToChildren forwarded(Reference owner, Origin from) {
            return new ToChildren(owner, where, signal.to(signal.target(), from));
        }

        @Override
        public <R> R to(Cases<R> cases) {
            return cases.toChildren(this);
        }
    }

    /**
     * The one above has ended, and this one with it, unless it has an end of its own.
     *
     * @param at when the one above ended, epoch nanoseconds
     * @param outcome of this one
     */
    record ParentEnded(Reference child, String outcome, long at, long receivedNanos, Origin origin) implements Message {
        @Override
        public String addressee() {
            return child.name();
        }

        @Override
        public ParentEnded forwarded(Reference owner, Origin from) {
            return new ParentEnded(owner, outcome, at, receivedNanos, from);
        }

        @Override
        public <R> R to(Cases<R> cases) {
            return cases.parentEnded(this);
        }
    }

    /** The other end of a link that says {@code both}. */
    record LinkBack(Reference target, Link link, long at, long receivedNanos, Origin origin) implements Message {
        @Override
        public String addressee() {
            return target.name();
        }

        @Override
        public LinkBack forwarded(Reference owner, Origin from) {
            return new LinkBack(owner, link, at, receivedNanos, from);
        }

        @Override
        public <R> R to(Cases<R> cases) {
            return cases.linkBack(this);
        }
    }

    /**
     * Two keys name one thing: the one that was seen first stays.
     *
     * @param target who is told
     * @param other the other key
     * @param otherFirstSeen receipt of the first message about it
     */
    record Same(Reference target, Reference other, long otherFirstSeen, long at, long receivedNanos, Origin origin)
            implements Message {
        @Override
        public String addressee() {
            return target.name();
        }

        @Override
        public Same forwarded(Reference owner, Origin from) {
            return new Same(owner, other, otherFirstSeen, at, receivedNanos, from);
        }

        @Override
        public <R> R to(Cases<R> cases) {
            return cases.same(this);
        }
    }

    /** An instance that turned out to be another one hands over what it knew. */
    record Absorb(Reference owner, Instance former, long at, long receivedNanos, Origin origin) implements Message {
        @Override
        public String addressee() {
            return owner.name();
        }

        @Override
        public Absorb forwarded(Reference other, Origin from) {
            return new Absorb(other, former, at, receivedNanos, from);
        }

        @Override
        public <R> R to(Cases<R> cases) {
            return cases.absorb(this);
        }
    }

    /**
     * An instance tells a tally what has changed about it.
     *
     * @param lifecycle of the instance
     * @param entry the tally and group, with differences instead of amounts
     * @param members 1: it comes into the group; -1: it leaves it; 0: it stays
     */
    record Count(String lifecycle, Tally.Entry entry, int members, long at, long receivedNanos, Origin origin)
            implements Message {
        @Override
        public String addressee() {
            return entry.tally();
        }

        @Override
        public <R> R to(Cases<R> cases) {
            return cases.count(this);
        }
    }

    /** A mapping learnt something. */
    record Learn(String table, String key, Cell<AttributeValue> value, Origin origin) implements Message {
        @Override
        public String addressee() {
            return Row.Fact.key(table, key);
        }

        @Override
        public <R> R to(Cases<R> cases) {
            return cases.learn(this);
        }
    }
}
