package io.contextcore.gateway.model;

/** What is stepped, one instance (or alias) at a time. */
public sealed interface Message permits Signal, Message.Claim, Message.Inquiry {

    Origin origin();

    /** Key or alias of the row that this message concerns. */
    String addressee();

    /** An instance says that it answers to an alias. */
    record Claim(String alias, Reference owner, long receivedNanos, Origin origin) implements Message {
        @Override
        public String addressee() {
            return alias;
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
    }
}
