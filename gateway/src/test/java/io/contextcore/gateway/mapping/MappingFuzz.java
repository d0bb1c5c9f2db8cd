package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.InvalidFiles;
import io.contextcore.gateway.base.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Any text as one more file beside sound ones: a program, or problems. */
public final class MappingFuzz {

    private static final Map<String, String> SHOP = Shop.files();

    private MappingFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Map<String, String> files = new TreeMap<>(SHOP);
        files.put("order.yaml", new String(input, StandardCharsets.UTF_8));
        try {
            Program program = Shop.load(files, Limits.defaults());
            program.evaluate(Shop.delivery("{'id': 7, 'state': 'Done', 'lines': [{'price': 2.5}]}"));
        } catch (InvalidFiles e) {
            if (e.problems().isEmpty()) {
                throw new AssertionError("refused without a problem", e);
            }
        }
    }
}
