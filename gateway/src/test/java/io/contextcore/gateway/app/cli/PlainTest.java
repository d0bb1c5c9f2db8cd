package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PlainTest {

    @Test
    void whatATerminalActsOnIsReplaced() {
        assertEquals("\ufffd[2Jgone", Plain.text("\u001b[2Jgone"));
        assertEquals("a\ufffdb\ufffdc\ufffdd\ufffde", Plain.text("a\nb\rc\u009bd\u007fe"));
        assertEquals("a\ufffdb\ufffdc", Plain.text("a\u2028b\u202ec"));
    }

    @Test
    void textOfAnyLanguageStaysAsItIs() {
        String text = "Größe 注文 שלום 👩‍🚀 — \"{}\"";
        assertEquals(text, Plain.text(text));
    }
}
