package io.contextcore.gateway.base;

/**
 * Every named cap, with its default. What can grow has its cap here, a test at the cap and one past it.
 *
 * @param bodyBytes largest request body
 * @param bodyDepth deepest nesting of a JSON body, and of JSON in a text that an expression reads
 * @param bodyTokens most JSON tokens in a body
 * @param nameChars longest member name of a JSON body
 * @param stringChars longest string of a JSON body
 * @param numberChars longest number of a JSON body
 * @param calls most calls of one request to an API
 * @param headerBytes all headers of a request together
 * @param inFlightBytes bodies being read or waiting for the disk, all together; beyond it 503
 * @param connections most connections at once that webhooks come in on; one more is closed unanswered
 * @param addressConnections most of these from one address; one more is closed unanswered
 * @param headTimeNanos longest time from a connection's start to the end of its first request's head
 * @param bodyTimeNanos longest time for a body to come in
 * @param idleTimeNanos longest silence of a connection, and longest time from an answer to the end of the next head
 * @param addressRequests most requests of one address in a minute, whatever they are; beyond it 429
 * @param sourceRequests most verified requests of one source in a minute, of a list each call; beyond it 429
 * @param addresses most addresses that are counted each by itself; the others share one count
 * @param clockSkewNanos how far a sender's clock may be ahead or behind
 * @param iterations comprehension steps and function costs that one delivery's expressions may take
 * @param resultChars longest string that an expression may make
 * @param attributeChars longest attribute value (Tempo cuts at 2,048 bytes); longer ones are cut
 * @param attributes most attributes of one span or log
 * @param spansPerDelivery most spans of one delivery
 * @param logsPerDelivery most logs of one delivery
 * @param messagesPerDelivery most signals of one delivery, what it teaches included
 * @param setMembers most members of one set of an instance, removed ones included
 * @param aliases most aliases of one instance
 * @param links most links of one instance
 * @param waitingSignals most signals that wait for an unclaimed alias
 * @param hops most times that one delivery's signals may cause further signals
 * @param children most open children that one instance lists
 * @param tallyGroups most groups of one tally, the one for the surplus left out
 * @param tombstones most tombstones in the state
 * @param facts most facts that were learnt; one more is left out, those that are known still change
 * @param timeNanos longest time that one delivery may take
 * @param expressionDepth deepest nesting of an expression, when it is loaded
 * @param replyBytes largest reply of a mapping
 * @param replyTimeNanos how long a sender waits for a mapping's reply before it gets the usual acknowledgement
 */
public record Limits(
        int bodyBytes,
        int bodyDepth,
        int bodyTokens,
        int nameChars,
        int stringChars,
        int numberChars,
        int calls,
        int headerBytes,
        long inFlightBytes,
        int connections,
        int addressConnections,
        long headTimeNanos,
        long bodyTimeNanos,
        long idleTimeNanos,
        int addressRequests,
        int sourceRequests,
        int addresses,
        long clockSkewNanos,
        int iterations,
        int resultChars,
        int attributeChars,
        int attributes,
        int spansPerDelivery,
        int logsPerDelivery,
        int messagesPerDelivery,
        int setMembers,
        int aliases,
        int links,
        int waitingSignals,
        int hops,
        int children,
        int tallyGroups,
        int tombstones,
        int facts,
        long timeNanos,
        int expressionDepth,
        int replyBytes,
        long replyTimeNanos) {

    private static final int MIB = 1024 * 1024;

    public static Limits defaults() {
        return new Limits(
                25 * MIB,
                200,
                2_000_000,
                1_024,
                10 * MIB,
                1_000,
                1_000,
                16 * 1024,
                128L * MIB,
                10_000,
                1_000,
                10_000_000_000L,
                30_000_000_000L,
                60_000_000_000L,
                120_000,
                120_000,
                65_536,
                60_000_000_000L,
                100_000,
                MIB,
                2_000,
                128,
                1_000,
                1_000,
                1_000,
                256,
                32,
                128,
                64,
                64,
                256,
                512,
                1_000_000,
                100_000,
                2_000_000_000L,
                100,
                64 * 1024,
                2_000_000_000L);
    }
}
