package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.Identity;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.Link;
import io.contextcore.gateway.model.Scope;
import io.contextcore.gateway.model.Span;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a step has to do with.
 *
 * @param allowance of this step; the rest is that of the program
 */
record Setting(
        LifecycleDefinition.Catalogue lifecycles,
        Conventions conventions,
        Limits limits,
        Identities identities,
        Allowance allowance) {

    /**
     * @throws StepException if there is no such lifecycle: the state was written under other mappings
     */
    LifecycleDefinition definition(String lifecycle) {
        LifecycleDefinition definition = lifecycles.byName().get(lifecycle);
        if (definition == null) {
            throw new StepException(
                    StepException.Code.UNKNOWN_LIFECYCLE,
                    "no lifecycle '" + lifecycle + "' in the mappings any more (expected one of "
                            + new TreeSet<>(lifecycles.byName().keySet()) + ")");
        }
        return definition;
    }

    /** What an expression of a lifecycle sees, with nothing set yet. */
    Scope scope() {
        return allowance.scope();
    }

    /** What of a log record's body one can filter by. */
    SortedMap<String, AttributeValue> indexed(SortedMap<String, AttributeValue> body) {
        SortedMap<String, AttributeValue> indexed = new TreeMap<>();
        body.forEach((name, value) -> {
            Conventions.Attribute declared = conventions.byName().get(name);
            if (declared != null && declared.indexed()) {
                indexed.put(name, value);
            }
        });
        return indexed;
    }

    /** Ids of an instance; of a lifecycle that is gone the derived ones. */
    Identity identity(String lifecycle, String key) {
        LifecycleDefinition definition = lifecycles.byName().get(lifecycle);
        return definition == null ? Identity.derived(key) : identities.of(definition, key);
    }

    List<Span.SpanLink> spanLinks(List<Link> links) {
        return links.stream()
                .map(link -> {
                    Identity target =
                            identity(link.target().lifecycle(), link.target().name());
                    return new Span.SpanLink(target.traceId(), target.spanId(), link.attributes());
                })
                .toList();
    }
}
