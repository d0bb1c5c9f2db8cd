package io.contextcore.gateway.app.cli;

/** Colour where somebody looks at a terminal, plain text elsewhere. */
record Paint(boolean colour) {

    String good(String text) {
        return in("32", text);
    }

    String warn(String text) {
        return in("33", text);
    }

    String bad(String text) {
        return in("31", text);
    }

    String strong(String text) {
        return in("1", text);
    }

    String faint(String text) {
        return in("2", text);
    }

    /** @param code of ECMA-48, Select Graphic Rendition */
    private String in(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
