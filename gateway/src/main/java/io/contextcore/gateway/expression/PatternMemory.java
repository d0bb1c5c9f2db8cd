package io.contextcore.gateway.expression;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What patterns lately found in short texts. Addresses, keys and folders come again with every delivery, and RE2 in Java is
 * slow for what it does. A new answer takes the place of the one that was there before. From any thread.
 */
final class PatternMemory {

    private static final int PLACES = 2_048;

    /** Longer texts come once. */
    private static final int MOST_CHARS = 256;

    private final AtomicReferenceArray<@Nullable Answer> places = new AtomicReferenceArray<>(PLACES);

    private record Answer(Pattern pattern, String text, long group, Object found) {

        boolean is(Pattern otherPattern, String otherText, long otherGroup) {
            return pattern == otherPattern && group == otherGroup && text.equals(otherText);
        }
    }

    /**
     * @param group what of the pattern is asked for; the same pattern may be asked for several
     * @param asked what is done where the answer is not remembered
     */
    Object answer(Pattern pattern, String text, long group, Function<Matcher, Object> asked) {
        if (text.length() > MOST_CHARS) {
            return asked.apply(pattern.matcher(text));
        }
        int hash = text.hashCode() + 31 * System.identityHashCode(pattern) + (int) group;
        int place = (hash ^ hash >>> 16) & PLACES - 1;
        Answer known = places.get(place);
        if (known == null || !known.is(pattern, text, group)) {
            known = new Answer(pattern, text, group, asked.apply(pattern.matcher(text)));
            places.set(place, known);
        }
        return known.found();
    }
}
