package io.contextcore.gateway.pipeline;

import io.contextcore.gateway.base.IpAddress;
import io.contextcore.gateway.base.IpRange;
import io.contextcore.gateway.intake.IntakeRequest;
import io.contextcore.gateway.intake.Verdict;
import io.contextcore.gateway.model.SourceKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The door of one source.
 *
 * @param allow addresses that may send; none: all
 * @param door pure: verification, parsing, delivery id
 */
public record Gate(SourceKind kind, List<IpRange> allow, Function<IntakeRequest, Verdict> door) {

    public Gate {
        allow = List.copyOf(allow);
    }

    /** Where only some may send, nobody whose address is not known may. */
    boolean admits(Optional<IpAddress> sender) {
        return allow.isEmpty()
                || sender.filter(address -> allow.stream().anyMatch(range -> range.contains(address)))
                        .isPresent();
    }
}
