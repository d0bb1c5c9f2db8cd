package io.contextcore.gateway.mapping;

/**
 * The name of a span or the event of a log record, as a file says it.
 *
 * @param by what makes it: {@code lifecycle order}, {@code mapping shop.order}
 * @param name may hold {@code ${…}}
 * @param when the condition; empty: none, or its sort says when
 */
public record TelemetryName(String by, Sort sort, String name, String when) {

    /** What bears the name. */
    public enum Sort {
        ANCHOR("span, anchor"),
        PHASE("span, phase"),
        ACTIVITY("span, activity that no log names"),
        COMPLETION("span, completion"),
        SPAN("span"),
        LOG("log"),
        SNAPSHOT("log, snapshot"),
        TALLY("log, tally"),
        UNRESOLVED("log, alias that nobody claimed");

        private final String meaning;

        Sort(String meaning) {
            this.meaning = meaning;
        }

        /** In a few words. */
        public String meaning() {
            return meaning;
        }

        /** Whether it is the event of a log record. */
        public boolean isLog() {
            return ordinal() >= LOG.ordinal();
        }
    }
}
