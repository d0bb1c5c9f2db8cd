package io.contextcore.gateway.model;

/** What is stepped, one instance (or alias) at a time. */
public sealed interface Message permits Signal, Message.Claim {

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
}
