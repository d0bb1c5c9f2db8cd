package io.contextcore.gateway.base;

import java.util.Arrays;

/** Which part of the work the mistake belongs to; the first two digits of a code. */
public enum ErrorArea {
    YAML(1, "YAML"),
    FILES(2, "Files"),
    EXPRESSIONS(3, "Expressions"),
    KINDS(4, "Kinds"),
    MAPPINGS(5, "Mappings"),
    LIFECYCLES(6, "Lifecycles"),
    CONVENTIONS(7, "Tables and conventions"),
    SETTINGS(8, "Settings"),
    RUN_TIME(9, "Run time"),
    SCHEMAS(10, "Schemas"),
    TESTS(11, "Tests");

    private final int number;
    private final String title;

    ErrorArea(int number, String title) {
        this.number = number;
        this.title = title;
    }

    public String title() {
        return title;
    }

    static ErrorArea of(int number) {
        return Arrays.stream(values())
                .filter(area -> area.number == number)
                .findFirst()
                .orElseThrow();
    }
}
