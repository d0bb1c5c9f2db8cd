package io.contextcore.gateway.app.draft;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a first mapping to a lifecycle is guessed: {@code draft:} of the lifecycle's file. */
public record Template(String lifecycle, List<Rule> rules) {

    public Template {
        rules = List.copyOf(rules);
    }

    /**
     * One attribute.
     *
     * @param from members that may hold it, paths with dots, the likeliest first
     * @param words what the words of senders mean; empty: the value is taken as it is
     * @param otherwise the value where no member has it; null: it is left out
     * @param project whether the source's table of projects is asked for it
     * @param needed whether the lifecycle fits only samples that have it
     */
    public record Rule(
            String attribute,
            List<String> from,
            Map<String, String> words,
            @Nullable String otherwise,
            boolean project,
            boolean needed) {}
}
