package io.contextcore.gateway.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The seeds and what was found by {@code make fuzz}, as they are and changed a little; no fuzzer needed. */
class FuzzSeedsTest {

    private static final int CHANGED = 100;
    private static final long SEED = 20260302L;

    @ParameterizedTest
    @EnumSource
    void seedsAndTheirNeighboursDoNoHarm(FuzzTarget target) throws IOException {
        List<byte[]> seeds = seeds(target);
        assertFalse(seeds.isEmpty());
        Random random = new Random(SEED);
        for (byte[] seed : seeds) {
            run(target, seed);
            for (int i = 0; i < CHANGED; i++) {
                run(target, changed(seed, seeds.get(random.nextInt(seeds.size())), random));
            }
        }
    }

    private static void run(FuzzTarget target, byte[] input) {
        try {
            target.run(input);
        } catch (Throwable e) {
            throw new AssertionError(target + " fails on " + HexFormat.of().formatHex(input), e);
        }
    }

    private static List<byte[]> seeds(FuzzTarget target) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", "fuzz", target.folder()))) {
            return files.sorted().map(FuzzSeedsTest::bytes).toList();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A bit turned, a piece gone, a piece twice, or another's piece in it. */
    private static byte[] changed(byte[] seed, byte[] other, Random random) {
        if (seed.length == 0) {
            return other;
        }
        int from = random.nextInt(seed.length);
        int to = Math.min(seed.length, from + 1 + random.nextInt(8));
        return switch (random.nextInt(4)) {
            case 0 -> turned(seed, from, random.nextInt(8));
            case 1 -> joined(seed, from, new byte[0], seed, to);
            case 2 -> joined(seed, to, new byte[0], seed, from);
            default -> joined(seed, from, part(other, random), seed, to);
        };
    }

    private static byte[] turned(byte[] seed, int place, int bit) {
        byte[] result = seed.clone();
        result[place] ^= (byte) (1 << bit);
        return result;
    }

    private static byte[] part(byte[] other, Random random) {
        int from = other.length == 0 ? 0 : random.nextInt(other.length);
        return Arrays.copyOfRange(other, from, Math.min(other.length, from + random.nextInt(32)));
    }

    private static byte[] joined(byte[] head, int until, byte[] between, byte[] tail, int from) {
        byte[] result = new byte[until + between.length + tail.length - from];
        System.arraycopy(head, 0, result, 0, until);
        System.arraycopy(between, 0, result, until, between.length);
        System.arraycopy(tail, from, result, until + between.length, tail.length - from);
        return result;
    }
}
