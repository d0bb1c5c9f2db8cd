package io.contextcore.gateway.app.cli;

/** What a command's end says to the shell. The help text of {@code contextcore} lists them. */
final class ExitCode {

    static final int DONE = 0;

    /** The answer is no: problems in files, failed cases, a refused delivery, not ready; or it could not be done. */
    static final int NO = 1;

    /** The command line itself is wrong. */
    static final int USAGE = 2;

    /** A bug in the gateway. */
    static final int BUG = 70;

    private ExitCode() {}
}
