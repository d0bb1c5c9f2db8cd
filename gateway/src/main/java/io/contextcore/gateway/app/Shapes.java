package io.contextcore.gateway.app;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problem;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.model.LifecycleDefinition;
import java.util.List;
import java.util.Locale;

/** What a program may not change while instances live by the former one. */
public final class Shapes {

    private Shapes() {}

    /**
     * Lifecycles that would become other spans than those already sent: an anchor whose id is then used for a span would
     * be one span id for two contents.
     */
    public static List<Problem> changed(Program running, Program next) {
        Problems problems = new Problems();
        next.lifecycles().byName().forEach((name, lifecycle) -> {
            LifecycleDefinition former = running.lifecycles().byName().get(name);
            if (former != null && former.shape() != lifecycle.shape()) {
                problems.add(
                        ErrorCode.SHAPE_CHANGED,
                        Location.named("lifecycle " + name),
                        "'root' was " + word(former) + " and would be " + word(lifecycle)
                                + " (expected a lifecycle of another name)");
            }
        });
        return problems.all();
    }

    private static String word(LifecycleDefinition lifecycle) {
        return lifecycle.shape().name().toLowerCase(Locale.ROOT);
    }
}
