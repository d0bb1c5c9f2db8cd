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
    private final boolean oneCharPerCodePoint;

    SourceText(String file, String text) {
        this.file = file;
        this.text = text;
        this.lineStarts = IntStream.concat(
                        IntStream.of(0),
                        IntStream.range(0, text.length())
                                .filter(i -> text.charAt(i) == '\n')
                                .map(i -> i + 1))
                .toArray();
        this.oneCharPerCodePoint = text.codePointCount(0, text.length()) == text.length();
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

    /** Index in characters of the code point at {@code index}. */
    int offset(int index) {
        if (oneCharPerCodePoint) {
            return Math.min(index, text.length());
        }
        return text.offsetByCodePoints(0, Math.min(index, text.codePointCount(0, text.length())));
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
