package io.contextcore.gateway.base;

/**
 * A place in a file that a person wrote, or a flag or a variable that has no lines.
 *
 * @param file path as the person gave it, or the name of the flag or variable
 * @param line from 1; 0: there are no lines
 * @param column from 1, in characters; 0 where there are no lines
 */
public record Location(String file, int line, int column) {

    /** The file as a whole, where no line is to blame. */
    public static Location file(String file) {
        return new Location(file, 1, 1);
    }

    /** A flag or a variable, by its name. */
    public static Location named(String name) {
        return new Location(name, 0, 0);
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
