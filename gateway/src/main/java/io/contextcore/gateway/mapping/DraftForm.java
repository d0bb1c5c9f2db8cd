package io.contextcore.gateway.mapping;

import static io.contextcore.gateway.yaml.Form.Key.optional;
import static io.contextcore.gateway.yaml.Form.Key.required;

import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Shape;

/**
 * The form of {@code draft:} in a lifecycle's file: how the first mapping of a new source to it is guessed from a sample. The
 * program has no use for it; the command that writes the first files of a source reads it.
 */
public final class DraftForm {

    /** One attribute and where it is looked for. */
    public static final Form RULE = Form.of(
            "an attribute of a draft",
            required("attribute", Shape.TEXT, "name of the attribute"),
            optional(
                    "from",
                    Shape.list(Shape.TEXT),
                    "members that may hold it, the likeliest first; paths, of the object that it is about or of the"
                            + " payload"),
            optional("words", Shape.map(Shape.TEXT), "what words of senders mean: a table of the new source"),
            optional("else", Shape.TEMPLATE, "the value where no member has it"),
            optional("project", Shape.FLAG, "whether the source's table of projects is asked for it"),
            optional("needed", Shape.FLAG, "whether the lifecycle fits only samples that have it"));

    static final Form.Key KEY = optional(
            "draft",
            Shape.list(Shape.of(RULE)),
            "how `contextcore new source` guesses a first mapping to this lifecycle");

    private DraftForm() {}
}
