package io.contextcore.gateway.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import io.contextcore.gateway.base.Limits;
import java.util.List;

/** Any bytes as a body: refused, or a tree that is the same when it was written, and again after it was redacted. */
public final class JsonFuzz {

    private static final StrictJson READER = new StrictJson(Limits.defaults());
    private static final Redactor REDACTOR = new Redactor(
            List.of(Pattern.compile("(?i).*password.*")),
            List.of(
                    new Redactor.Rule("token", Pattern.compile("tok_([a-z0-9]{8})"), List.of()),
                    new Redactor.Rule("mail", Pattern.compile("[a-z.]+@[a-z.]+"), List.of("@"))));

    private JsonFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        JsonNode tree;
        try {
            tree = READER.read(input);
        } catch (UnreadableJson e) {
            return;
        }
        require(StrictJson.reread(input).equals(tree), "read again it is another tree");
        require(StrictJson.reread(StrictJson.write(tree)).equals(tree), "written and read it is another tree");
        JsonNode clean = REDACTOR.redact(tree).tree();
        require(REDACTOR.redact(clean).tree().equals(clean), "redacted it still holds secrets");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
