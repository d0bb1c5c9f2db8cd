package io.contextcore.gateway.yaml;

import io.contextcore.gateway.base.Location;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** A file's text; the engine counts code points, we count characters. */
final class SourceText {

    private final String file;
    private final String text;
    private final int[] lineStarts;
    /** Where the code points of two characters are, counted in code points; in most files there is none. */
    private final int[] pairs;

    SourceText(String file, String text) {
        this.file = file;
        this.text = text;
        this.lineStarts = IntStream.concat(
                        IntStream.of(0),
                        IntStream.range(0, text.length())
                                .filter(i -> text.charAt(i) == '\n')
                                .map(i -> i + 1))
                .toArray();
        this.pairs = pairs(text);
    }

    /** The text of a line, counted from 1; empty past the end. */
    String line(int number) {
        if (number > lineStarts.length) {
            return "";
        }
        int end = number < lineStarts.length ? lineStarts[number] : text.length();
        return text.substring(lineStarts[number - 1], end).stripTrailing();
    }

    Location location(Mark mark) {
        return at(offset(mark.getIndex()));
    }

    /** Place of the character at {@code offset}. */
    Location at(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        int line = found >= 0 ? found : -found - 2;
        return new Location(file, line + 1, offset - lineStarts[line] + 1);
    }

    private static int[] pairs(String text) {
        int[] found = IntStream.range(0, text.length())
                .filter(i -> Character.isHighSurrogate(text.charAt(i))
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1)))
                .toArray();
        for (int i = 0; i < found.length; i++) {
            found[i] -= i;
        }
        return found;
    }

    /** Index in characters of the code point at {@code index}, at most the text's length. */
    int offset(int index) {
        int at = Arrays.binarySearch(pairs, index);
        int before = at >= 0 ? at : -at - 1;
        return Math.min(index + before, text.length());
    }

    String between(int from, int to) {
        return text.substring(Math.min(from, to), to);
    }

    /** First character of a block scalar's content: behind the header line and the indentation. */
    int blockContent(int header, int end) {
        int at = text.indexOf('\n', header);
        if (at < 0 || at >= end) {
            return end;
        }
        while (at < end && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Index of the first character of a scalar's content: behind an opening quote or a block's header. */
    int content(ScalarEvent event) {
        int start = offset(event.getStartMark().orElseThrow().getIndex());
        if (event.isDQuoted() || event.isSQuoted()) {
            return start + 1;
        }
        return event.isPlain()
                ? start
                : blockContent(start, offset(event.getEndMark().orElseThrow().getIndex()));
    }

    /** The end of a text without the white space at its end. */
    int trimmed(int from, int to) {
        int end = to;
        while (end > from && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }
}
