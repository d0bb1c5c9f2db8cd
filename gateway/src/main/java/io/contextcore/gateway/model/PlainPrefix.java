package io.contextcore.gateway.model;

/** The text that every match of a regular expression begins with, as far as it is written out. */
final class PlainPrefix {

    private static final String META = "\\.[](){}*+?^$|";
    private static final String QUANTIFIERS = "*?{";

    private PlainPrefix() {}

    /** Empty if the expression begins with anything but plain text, or has alternatives outside of groups. */
    static String of(String regex) {
        if (hasAlternatives(regex)) {
            return "";
        }
        StringBuilder prefix = new StringBuilder();
        int i = 0;
        while (i < regex.length()) {
            boolean escaped =
                    regex.charAt(i) == '\\' && i + 1 < regex.length() && META.indexOf(regex.charAt(i + 1)) >= 0;
            if (!escaped && META.indexOf(regex.charAt(i)) >= 0) {
                break;
            }
            prefix.append(regex.charAt(escaped ? i + 1 : i));
            i += escaped ? 2 : 1;
        }
        if (i < regex.length() && QUANTIFIERS.indexOf(regex.charAt(i)) >= 0) {
            prefix.setLength(Math.max(0, prefix.length() - 1)); // the last character may be missing
        }
        return prefix.toString();
    }

    private static boolean hasAlternatives(String regex) {
        int depth = 0;
        boolean inClass = false;
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c == '\\') {
                i++;
            } else if (inClass) {
                inClass = c != ']';
            } else if (c == '[') {
                inClass = true;
                i += regex.startsWith("[^]", i) ? 2 : regex.startsWith("[]", i) ? 1 : 0; // a leading ] is a member
            } else if (c == '|' && depth == 0) {
                return true;
            } else {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            }
        }
        return false;
    }
}
