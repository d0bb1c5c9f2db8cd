package io.contextcore.gateway.base;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address. One of version 4 that is written as one of version 6 ({@code ::ffff:192.0.2.1}) is the one of version 4.
 *
 * @param high the first 64 bits; of version 4: 0
 * @param low the last 64 bits; of version 4: its 32
 */
public record IpAddress(boolean isV4, long high, long low) {

    private static final int V4_PARTS = 4;
    private static final int V4_PART_MOST = 255;
    private static final int V4_BITS = 32;
    private static final int V6_BITS = 128;
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:][0-9A-Fa-f:.]*");

    /** Reads an address, its zone ({@code %eth0}) left out. No name is ever looked up. */
    public static Optional<IpAddress> parse(String text) {
        int zone = text.indexOf('%');
        String bare = zone < 0 ? text : text.substring(0, zone);
        return bare.indexOf(':') < 0 ? v4(bare) : v6(bare);
    }

    /** How many bits an address of this version has. */
    public int bits() {
        return isV4 ? V4_BITS : V6_BITS;
    }

    /** What one sender can be counted by: of version 6 the network of 64 bits, of which every host has all addresses. */
    public IpAddress host() {
        return isV4 ? this : new IpAddress(false, high, 0);
    }

    /** Four decimal numbers without leading zeros, which some read as octal. */
    private static Optional<IpAddress> v4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != V4_PARTS) {
            return Optional.empty();
        }
        long value = 0;
        for (String part : parts) {
            int number = part.isEmpty() || part.length() > 3 ? -1 : 0;
            for (int i = 0; i < part.length() && number >= 0; i++) {
                char digit = part.charAt(i);
                number = digit < '0' || digit > '9' ? -1 : number * 10 + digit - '0';
            }
            if (number < 0 || number > V4_PART_MOST || (part.length() > 1 && part.charAt(0) == '0')) {
                return Optional.empty();
            }
            value = value << 8 | number;
        }
        return Optional.of(new IpAddress(true, 0, value));
    }

    private static Optional<IpAddress> v6(String text) {
        if (!V6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            // What has a colon is never taken for a name.
            byte[] bytes = InetAddress.getByName(text).getAddress();
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return Optional.of(
                    bytes.length == V4_PARTS
                            ? new IpAddress(true, 0, Integer.toUnsignedLong(buffer.getInt()))
                            : new IpAddress(false, buffer.getLong(), buffer.getLong()));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** As it is written; of version 6 without abbreviations. */
    @Override
    public String toString() {
        return isV4
                ? groups(low, V4_BITS, 8, ".", 10)
                : groups(high, 64, 16, ":", 16) + ":" + groups(low, 64, 16, ":", 16);
    }

    private static String groups(long value, int bits, int size, String between, int radix) {
        StringBuilder text = new StringBuilder();
        for (int shift = bits - size; shift >= 0; shift -= size) {
            text.append(Long.toString(value >>> shift & ((1 << size) - 1), radix))
                    .append(shift == 0 ? "" : between);
        }
        return text.toString();
    }
}
