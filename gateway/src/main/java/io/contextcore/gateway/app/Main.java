package io.contextcore.gateway.app;

import java.io.PrintStream;

/**
 * Where the process starts. The start scripts set the system property {@code contextcore.home}: the folder that holds
 * {@code bin}, {@code lib} and {@code mappings}.
 */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        PrintStream out = System.out;
        String version = Main.class.getPackage().getImplementationVersion();
        out.println("ContextCore Gateway " + (version == null ? "(not packaged)" : version));
    }
}
