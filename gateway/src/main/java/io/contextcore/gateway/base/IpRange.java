package io.contextcore.gateway.base;

import java.util.Optional;

/**
 * Addresses that begin with the same bits, {@code 10.0.0.0/8} (CIDR, RFC 4632).
 *
 * @param first all other bits are 0
 * @param prefix how many bits are the same
 */
public record IpRange(IpAddress first, int prefix) {

    /** How a range is written, for messages. */
    public static final String FORM =
            "an address or a range of them, such as 192.0.2.1, 10.0.0.0/8 or 2001:db8::/32, without bits behind the prefix";

    private static final int HALF = 64;

    /** Reads a range, or an address as the range of itself. Empty too if it has bits set behind its prefix. */
    public static Optional<IpRange> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return IpAddress.parse(text).map(address -> new IpRange(address, address.bits()));
        }
        return IpAddress.parse(text.substring(0, slash))
                .flatMap(first ->
                        prefix(text.substring(slash + 1), first.bits()).map(prefix -> new IpRange(first, prefix)))
                .filter(range -> range.cut(range.first).equals(range.first));
    }

    /** Whether an address is one of them. */
    public boolean contains(IpAddress address) {
        return address.isV4() == first.isV4() && cut(address).equals(first);
    }

    private IpAddress cut(IpAddress address) {
        if (address.isV4()) {
            return new IpAddress(true, 0, address.low() & mask(HALF - address.bits() + prefix));
        }
        return new IpAddress(false, address.high() & mask(prefix), address.low() & mask(prefix - HALF));
    }

    /** So many ones at the left of 64 bits; at least none, at most all. */
    private static long mask(int ones) {
        return ones <= 0 ? 0 : -1L << (HALF - Math.min(ones, HALF));
    }

    private static Optional<Integer> prefix(String text, int most) {
        boolean digits = !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Optional.of(Integer.parseInt(text)).filter(bits -> bits <= most) : Optional.empty();
    }

    @Override
    public String toString() {
        return first + "/" + prefix;
    }
}
