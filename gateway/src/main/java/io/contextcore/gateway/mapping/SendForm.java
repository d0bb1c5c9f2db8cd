package io.contextcore.gateway.mapping;

import static io.contextcore.gateway.yaml.Form.Key.optional;
import static io.contextcore.gateway.yaml.Form.Key.required;

import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Shape;

/** The form of {@code send:} in a kind's file. The program has no use for it; the commands that play a sender read it. */
public final class SendForm {

    /** An example delivery. */
    public static final Form EXAMPLE = Form.of(
            "an example",
            required("file", Shape.TEXT, "payload, relative to this file"),
            optional("event", Shape.TEXT, "name of its event"));

    /** The whole part. */
    public static final Form FORM = Form.of(
            "the part `send`",
            optional("headers", Shape.map(Shape.TEMPLATE), "headers that the sender sends"),
            optional("example", Shape.of(EXAMPLE), "a delivery to try the gateway with"),
            optional("hints", Shape.list(Shape.TEMPLATE), "lines that `dev` prints: how to make the sender send here"));

    private SendForm() {}
}
