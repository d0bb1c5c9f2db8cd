package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.model.Message;
import java.util.Locale;

/** What a message is called where people and programs read of it: the last part of its type's name, in lower case. */
final class StepName {

    private StepName() {}

    /** {@code signal}, {@code share}, {@code to-children}. */
    static String of(Message message) {
        return message.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }
}
