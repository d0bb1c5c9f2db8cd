package io.contextcore.gateway.app.settings;

import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Secret;
import java.nio.file.Path;
import java.util.Optional;

/** Makes secrets of what is written: {@code file:PATH}, {@code env:NAME}, or the secret itself. */
@FunctionalInterface
interface Secrets {

    /**
     * Empty: it cannot be had, and a problem was added.
     *
     * @param folder that relative paths start from
     */
    Optional<Secret> read(String text, Location at, Path folder);
}
