package io.contextcore.gateway.mapping;

import static io.contextcore.gateway.yaml.Form.Key.optional;
import static io.contextcore.gateway.yaml.Form.Key.required;

import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Shape;

/** The form of a source: in the settings' {@code sources:} by its name. The settings' reader reads it. */
public final class SourceForm {

    /** A source among the settings. */
    public static final Form FORM = Form.of(
            "a source",
            required("kind", Shape.TEXT, "its kind, as a file in the mappings declares it"),
            optional(
                    "secret",
                    Shape.TEMPLATE,
                    "what the sender signs with: `file:PATH` (relative to the file that says so), `env:NAME`, or the secret"
                            + " itself"),
            optional("secrets", Shape.list(Shape.TEMPLATE), "several of these, any of them verifies: for rotation"),
            optional("verify", Shape.words("none"), "`none`: anybody may post; instead of a secret"),
            optional(
                    "projects",
                    Shape.map(Shape.TEMPLATE),
                    "the sender's project names (repository, project key) and the `project.id` of each"));

    private SourceForm() {}
}
