package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {"plain-1.2/x, plain-1.2/x", "two words, 'two words'", "It's, 'It'\\''s'", "$HOME, '$HOME'"})
    void aWordIsQuotedWhereTheShellWouldReadMoreIntoIt(String word, String quoted) {
        assertEquals(quoted, Shell.quoted(word));
    }
}
