package io.contextcore.gateway.yaml;

import io.contextcore.gateway.base.Problems;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Any text as a file: a tree or problems, each with a place in it. */
public final class YamlFuzz {

    private YamlFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Problems problems = new Problems();
        Optional<YamlNode> root = YamlReader.read("f.yaml", new String(input, StandardCharsets.UTF_8), problems);
        problems.all().forEach(problem -> {
            if (!problem.location().file().equals("f.yaml") || problem.message().isBlank()) {
                throw new AssertionError("a problem without place or text: " + problem);
            }
        });
        root.ifPresent(node -> {
            if (node.location().line() < 1) {
                throw new AssertionError("a node without a place");
            }
        });
    }
}
