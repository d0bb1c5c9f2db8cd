package io.contextcore.gateway.app.cli;

/** Text as a POSIX shell takes it for one word. */
final class Shell {

    private Shell() {}

    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
