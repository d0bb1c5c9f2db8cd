package io.contextcore.gateway.app.check;

import static io.contextcore.gateway.yaml.Form.Key.optional;
import static io.contextcore.gateway.yaml.Form.Key.required;

import io.contextcore.gateway.yaml.ApiVersion;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Shape;
import java.util.List;

/** The keys of test files. */
final class TestForm {

    private static final Shape FIELDS = Shape.map(Shape.ANYTHING);

    static final Form EVENT = Form.of(
            "an event of a span",
            optional("name", Shape.ANYTHING, "its name"),
            optional("time", Shape.ANYTHING, "RFC 3339"),
            optional("attributes", FIELDS, "attributes and their values"));

    static final Form LINK = Form.of(
            "a link of a span",
            optional("traceId", Shape.ANYTHING, "32 hex digits"),
            optional("spanId", Shape.ANYTHING, "16 hex digits"),
            optional("attributes", FIELDS, "attributes and their values"));

    static final Form SPAN = Form.of(
            "a span",
            optional("name", Shape.ANYTHING, "its name"),
            optional("traceId", Shape.ANYTHING, "32 hex digits"),
            optional("spanId", Shape.ANYTHING, "16 hex digits"),
            optional("parentSpanId", Shape.ANYTHING, "16 hex digits; null: it has no parent"),
            optional("kind", Shape.ANYTHING, "INTERNAL, SERVER, CLIENT, PRODUCER or CONSUMER"),
            optional("start", Shape.ANYTHING, "RFC 3339"),
            optional("end", Shape.ANYTHING, "RFC 3339"),
            optional("status", Shape.ANYTHING, "UNSET, OK or ERROR"),
            optional("message", Shape.ANYTHING, "text of an ERROR"),
            optional("attributes", FIELDS, "attributes and their values; null: must not be there"),
            optional("events", Shape.list(Shape.of(EVENT)), "all of them"),
            optional("links", Shape.list(Shape.of(LINK)), "some of them; []: none"));

    static final Form LOG = Form.of(
            "a log",
            optional("event", Shape.ANYTHING, "its event name"),
            optional("time", Shape.ANYTHING, "RFC 3339"),
            optional("observed", Shape.ANYTHING, "RFC 3339"),
            optional("severity", Shape.ANYTHING, "DEBUG, INFO, WARN or ERROR"),
            optional("traceId", Shape.ANYTHING, "32 hex digits"),
            optional("spanId", Shape.ANYTHING, "16 hex digits"),
            optional("attributes", FIELDS, "attributes and their values; null: must not be there"),
            optional("body", FIELDS, "members of the JSON body and their values; null: must not be there"));

    private static final List<Form.Key> RECORDS = List.of(
            optional("spans", Shape.list(Shape.of(SPAN)), "spans that must come out"),
            optional("logs", Shape.list(Shape.of(LOG)), "logs that must come out"));

    static final Form EQUALS = Form.of("the whole telemetry").with(RECORDS);

    static final Form CONTAINS = Form.of(
                    "contained telemetry",
                    optional("exactly", Shape.FLAG, "whether nothing else may come out; default false"),
                    optional("spanCount", Shape.whole(0, Integer.MAX_VALUE), "how many spans come out"),
                    optional("logCount", Shape.whole(0, Integer.MAX_VALUE), "how many logs come out"))
            .with(RECORDS);

    static final Form EXPECTED = Form.of(
                    "an expectation",
                    optional(
                            "contains",
                            Shape.of(CONTAINS),
                            "what must come out; what it does not name is not compared"),
                    optional("equals", Shape.of(EQUALS), "all that comes out, with all its fields"),
                    optional("ignored", Shape.TEXT, "why no mapping wanted it"),
                    optional("rejected", Shape.TEXT, "why it was refused or is a dead letter"))
            .with(CONTAINS.keys())
            .with(optional(
                    "reply",
                    Shape.ANYTHING,
                    "body of what the sender is answered: a text, or YAML that becomes its JSON; null: no reply"));

    private static final List<Form.Key> SENDER = List.of(
            optional("kind", Shape.TEXT, "kind of its source; default that of the file"),
            optional("source", Shape.TEXT, "name of its source; default the kind"));

    private static final List<Form.Key> SENT = List.of(
            optional("headers", Shape.map(Shape.TEMPLATE), "headers of the request"),
            optional("body", Shape.ANYTHING, "the payload, as YAML that becomes JSON"),
            optional("file", Shape.TEXT, "the payload in a file, relative to this one"),
            optional("received", Shape.TEMPLATE, "when it came in, RFC 3339; default a second after the one before"));

    private static final Form.Key WITHOUT = optional(
            "without",
            Shape.list(Shape.TEXT),
            "names of spans and events of logs that `exactly` and the counts leave out");

    private static final Form.Key UNTIL =
            optional("until", Shape.TEMPLATE, "timers that are due up to then run too, RFC 3339");

    static final Form EARLIER = Form.of("an earlier delivery").with(SENDER).with(SENT);

    static final Form STEP = Form.of("a step")
            .with(SENDER)
            .with(SENT)
            .with(UNTIL, WITHOUT, required("expect", Shape.of(EXPECTED), "what must come out"));

    static final Form TEST = Form.of("a test", required("name", Shape.TEXT, "unique in the file"))
            .with(SENDER)
            .with(optional(
                    "before", Shape.list(Shape.of(EARLIER)), "earlier deliveries; what they make is not compared"))
            .with(SENT)
            .with(
                    UNTIL,
                    WITHOUT,
                    optional("expect", Shape.of(EXPECTED), "what must come out"),
                    optional("steps", Shape.list(Shape.of(STEP)), "several deliveries, each with its expectation"))
            .exactlyOneOf("expect", "steps");

    static final Form FILE = Form.of(
            "a test file",
            ApiVersion.DECLARED,
            required("kind", Shape.TEXT, "kind of the source that all tests of this file use"),
            optional("projects", Shape.map(Shape.TEMPLATE), "project table of the sources"),
            WITHOUT,
            required("tests", Shape.list(Shape.of(TEST)), "the cases"));

    /** The keys of a step's own, which do not stand beside {@code steps}. */
    static final List<String> OF_A_STEP = List.of("headers", "body", "file", "received", "until");

    private TestForm() {}
}
