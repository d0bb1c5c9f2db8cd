package io.contextcore.gateway.app.settings;

import io.contextcore.gateway.base.Location;
import java.util.List;
import java.util.Map;

/** What a user said for one key, before it is understood, and where: a file, a variable or the command line. */
sealed interface Raw {

    Location at();

    record Scalar(Location at, String text) implements Raw {}

    record Many(Location at, List<Raw> items) implements Raw {}

    /** @param entries in the order of the file */
    record Table(Location at, Map<String, Entry> entries) implements Raw {}

    /** A value under its key; {@code keyAt} is where the key stands. */
    record Entry(Location keyAt, Raw value) {}
}
