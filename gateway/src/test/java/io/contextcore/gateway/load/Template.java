package io.contextcore.gateway.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bytes with places for two numbers of seven digits: of the thing that is told of, and of the group that it is in. */
final class Template {

    /** Stands where the number of the thing goes. */
    static final String THING = "9090901";

    /** Stands where the number of its group goes. */
    static final String GROUP = "9090902";

    private static final int DIGITS = THING.length();

    private final byte[] bytes;
    private final int[] things;
    private final int[] groups;

    private Template(byte[] bytes) {
        this.bytes = bytes;
        this.things = places(THING);
        this.groups = places(GROUP);
    }

    static Template of(String text) {
        return new Template(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy that tells of this thing. */
    byte[] with(int thing, int group) {
        byte[] filled = bytes.clone();
        fill(filled, things, thing);
        fill(filled, groups, group);
        return filled;
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
