package io.contextcore.gateway.expression;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in one sentence what is wrong at a place of a text that is no expression: the parser lists tokens of its grammar. */
final class SyntaxText {

    /** How ANTLR's error strategy begins its messages; all others are dev.cel's own, and clear. */
    private static final Pattern OF_THE_GRAMMAR = Pattern.compile(
            "(mismatched input|extraneous input|no viable alternative|missing|token recognition error).*",
            Pattern.DOTALL);

    private static final Pattern WORD = Pattern.compile("[\\p{Alnum}_]+");
    private static final Pattern TAIL = Pattern.compile("[^\\p{Alnum}_\\s'\")\\]}]+$");
    private static final Map<String, String> WORDS =
            Map.of("and", "&&", "or", "||", "not", "!", "eq", "==", "is", "==");
    private static final Map<String, String> SIGNS = Map.of("=", "==", "&", "&&", "|", "||");
    private static final Map<Character, Character> CLOSING = Map.of('(', ')', '[', ']', '{', '}');

    private final String text;
    private final int index;
    private final String before;
    /** Brackets that are open before the place, the innermost first. */
    private final Deque<Character> open;

    private SyntaxText(String text, int index) {
        this.text = text;
        this.index = index;
        this.before = text.substring(0, index).stripTrailing();
        this.open = open(before);
    }

    /** Whether it is a message about tokens, which {@link #at} tells better. */
    static boolean isAboutTokens(String message) {
        return OF_THE_GRAMMAR.matcher(message).matches();
    }

    /** @param index of the first character that the parser could not go on with; the text's length: it ends too early */
    static String at(String text, int index) {
        SyntaxText place = new SyntaxText(text, Math.min(index, text.length()));
        return text.substring(place.index).isBlank() ? place.atEnd() : place.atCharacter();
    }

    private String atEnd() {
        Matcher tail = TAIL.matcher(before);
        if (tail.find()) {
            return "the expression ends with '" + tail.group() + "' (expected a "
                    + (before.endsWith(".") ? "name" : "value") + " behind it)";
        }
        if (!open.isEmpty()) {
            return "the expression ends, and '" + open.peek() + "' is still open (expected '" + closing() + "')";
        }
        return text.indexOf('?') >= 0
                ? "the expression ends within a choice (expected both sides: `condition ? value : other`)"
                : "the expression ends too early (expected a value)";
    }

    private String atCharacter() {
        char found = text.charAt(index);
        if (found == '\'' || found == '"') {
            return before.isEmpty() || TAIL.matcher(before).find() || !closes(found)
                    ? "the text that begins here has no end, or a `\\` that is none of CEL's (expected a closing "
                            + found + ", and `\\\\` for a backslash)"
                    : behindValue("a text");
        }
        Matcher word = WORD.matcher(text).region(index, text.length());
        if (word.lookingAt()) {
            return atWord(word.group());
        }
        String sign = String.valueOf(found);
        if (SIGNS.containsKey(sign)) {
            return "'" + sign + "' is no operator (expected `" + SIGNS.get(sign) + "`)";
        }
        if (CLOSING.containsValue(found) && !open.isEmpty() && closing() != found) {
            return "'" + found + "' closes nothing: '" + open.peek() + "' is open (expected '" + closing() + "')";
        }
        if (CLOSING.containsValue(found) && open.isEmpty()) {
            return "'" + found + "' closes nothing (expected a bracket that opens, or none)";
        }
        return before.endsWith(".")
                ? "a name is missing behind '.' (expected a member's name)"
                : "'" + sign + "' cannot stand here (expected a value)";
    }

    private String atWord(String word) {
        if (before.endsWith(".")) {
            return "'" + word + "' cannot be a name behind '.' (expected a member's name; `['" + word
                    + "']` for a member of this name)";
        }
        return WORDS.containsKey(word)
                ? "'" + word + "' is no operator (expected `" + WORDS.get(word) + "`)"
                : behindValue("'" + word + "'");
    }

    private String behindValue(String what) {
        String others = open.isEmpty() ? "the end" : (open.peek() == '{' ? "`:`, " : "") + "`,` or '" + closing() + "'";
        return what + " follows a value with nothing between them (expected an operator such as `+` or `&&`, or "
                + others + ")";
    }

    private char closing() {
        return Objects.requireNonNull(CLOSING.get(open.element()), "only brackets are open");
    }

    private boolean closes(char quote) {
        return text.indexOf(quote, index + 1) > 0;
    }

    private static Deque<Character> open(String text) {
        Deque<Character> open = new ArrayDeque<>();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                i += c == '\\' ? 1 : 0;
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (CLOSING.containsKey(c)) {
                open.push(c);
            } else if (CLOSING.containsValue(c)) {
                open.poll();
            }
        }
        return open;
    }
}
