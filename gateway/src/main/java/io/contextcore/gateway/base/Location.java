package io.contextcore.gateway.base;

/**
 * A place in a file that a person wrote.
 *
 * @param file path as the person gave it
 * @param line from 1
 * @param column from 1, in characters
 */
public record Location(String file, int line, int column) {

    /** The file as a whole, where no line is to blame. */
    public static Location file(String file) {
        return new Location(file, 1, 1);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
