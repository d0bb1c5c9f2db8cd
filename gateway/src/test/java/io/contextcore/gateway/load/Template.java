package io.contextcore.gateway.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Bytes with places for two numbers of seven digits: of the thing that is told of, and of the group that it is in. What was
 * filled in to make them long is another text in each copy, so that no copy helps to compress the next one.
 */
final class Template {

    /** Stands where the number of the thing goes. */
    static final String THING = "9090901";

    /** Stands where the number of its group goes. */
    static final String GROUP = "9090902";

    private static final int DIGITS = THING.length();

    private static final Pattern FILLED =
            Pattern.compile("notes\\\\?\":\\\\?\"([^\"\\\\]*)|_url\\\\?\":\\\\?\"https://example.com/([^\"\\\\/]*)");

    /** What is filled in is a piece of this: long enough that two copies in one block of a file hardly share any. */
    private static final int NOISE_BYTES = 1 << 20;

    private final byte[] bytes;
    private final int[] things;
    private final int[] groups;
    private final List<Filled> filled;
    private final byte[] noise;
    private final SplittableRandom random = new SplittableRandom(1);

    private record Filled(int at, int length) {}

    private Template(String text) {
        this.bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        this.filled = FILLED.matcher(text)
                .results()
                .map(match -> match.group(1) == null
                        ? new Filled(match.start(2), match.end(2) - match.start(2))
                        : new Filled(match.start(1), match.end(1) - match.start(1)))
                .toList();
        this.noise = Story.text(new Random(2), NOISE_BYTES).getBytes(StandardCharsets.US_ASCII);
        this.things = places(THING);
        this.groups = places(GROUP);
    }

    static Template of(String text) {
        // One char for each byte, so that places in the text are places in the bytes.
        return new Template(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    /** A copy that tells of this thing. */
    byte[] with(int thing, int group) {
        byte[] copy = bytes.clone();
        for (Filled place : filled) {
            System.arraycopy(noise, random.nextInt(NOISE_BYTES - place.length()), copy, place.at(), place.length());
        }
        fill(copy, things, thing);
        fill(copy, groups, group);
        return copy;
    }

    private static void fill(byte[] into, int[] places, int number) {
        for (int place : places) {
            int rest = 1_000_000 + number;
            for (int i = DIGITS - 1; i >= 0; i--) {
                into[place + i] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
        }
    }

    private int[] places(String text) {
        byte[] sought = text.getBytes(StandardCharsets.US_ASCII);
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i + sought.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + sought.length, sought, 0, sought.length)) {
                found.add(i);
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }
}
