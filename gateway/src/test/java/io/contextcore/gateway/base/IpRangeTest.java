package io.contextcore.gateway.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpRangeTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,192.0.2.1",
        "0.0.0.0,0.0.0.0",
        "255.255.255.255,255.255.255.255",
        "::1,0:0:0:0:0:0:0:1",
        "2001:DB8::a:0:ff,2001:db8:0:0:0:a:0:ff",
        "fe80::1%eth0,fe80:0:0:0:0:0:0:1",
        "fe80:0:0:0:0:0:0:1%2,fe80:0:0:0:0:0:0:1",
        "::ffff:192.0.2.1,192.0.2.1",
        "::FFFF:c000:201,192.0.2.1"
    })
    void anAddressIsReadAsItIsWritten(String text, String written) {
        assertEquals(Optional.of(written), IpAddress.parse(text).map(IpAddress::toString));
    }

    /** Names among them: none is looked up. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "256.0.0.1",
                "1.2.3.1000",
                "01.2.3.4",
                "1.2.3.0x4",
                "+1.2.3.4",
                "١.2.3.4",
                " 1.2.3.4",
                "localhost",
                "face",
                "a.b.c.d",
                ":",
                ":::",
                "::g",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "[::1]",
                "::1/64",
                ".:1",
                "localhost:80"
            })
    void whatIsNoAddressIsNone(String text) {
        assertEquals(Optional.empty(), IpAddress.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,10.0.0.0,true",
        "10.0.0.0/8,10.255.255.255,true",
        "10.0.0.0/8,11.0.0.0,false",
        "10.0.0.0/8,9.255.255.255,false",
        "192.0.2.1,192.0.2.1,true",
        "192.0.2.1/32,192.0.2.2,false",
        "192.0.2.128/25,192.0.2.128,true",
        "192.0.2.128/25,192.0.2.127,false",
        "0.0.0.0/0,203.0.113.9,true",
        "0.0.0.0/0,::1,false",
        "::/0,203.0.113.9,false",
        "::/0,ffff::1,true",
        "10.0.0.0/8,::ffff:10.1.2.3,true",
        "2001:db8::/32,2001:db8:ffff:ffff:ffff:ffff:ffff:ffff,true",
        "2001:db8::/32,2001:db9::,false",
        "2001:db8::/65,2001:db8:0:0:7fff::,true",
        "2001:db8::/65,2001:db8:0:0:8000::,false",
        "2001:db8::/64,2001:db8:0:1::,false",
        "::1/128,::1,true",
        "::1/128,::2,false"
    })
    void aRangeHoldsWhatBeginsAsItDoes(String range, String address, boolean expected) {
        assertEquals(
                expected,
                IpRange.parse(range)
                        .orElseThrow()
                        .contains(IpAddress.parse(address).orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.1/8",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "10.0.0.0/255.0.0.0",
                "10.0.0.0/٨",
                "2001:db8::1/64",
                "2001:db8::/129",
                "all",
                "example.com/24"
            })
    void whatIsNoRangeIsNone(String text) {
        assertEquals(Optional.empty(), IpRange.parse(text));
    }

    /** Against arithmetic on whole numbers. */
    @Test
    void aRangeHoldsWhatArithmeticSays() {
        Random random = new Random(20261123);
        int held = 0;
        for (int round = 0; round < 2_000; round++) {
            boolean v4 = random.nextBoolean();
            int bits = v4 ? 32 : 128;
            int prefix = random.nextInt(bits + 1);
            BigInteger one = new BigInteger(bits, random);
            // Near enough to lie in the same range about half of the time.
            BigInteger other = one.xor(new BigInteger(random.nextInt(bits) + 1, random));
            BigInteger first = one.shiftRight(bits - prefix).shiftLeft(bits - prefix);
            IpRange range = new IpRange(address(v4, first), prefix);
            assertEquals(Optional.of(range), IpRange.parse(range.toString()), range::toString);
            boolean expected = other.shiftRight(bits - prefix).equals(one.shiftRight(bits - prefix));
            held += expected ? 1 : 0;
            assertEquals(expected, range.contains(address(v4, other)), () -> range + " " + address(v4, other));
        }
        assertTrue(held > 500 && held < 1_500, "both were seen: " + held);
    }

    private static IpAddress address(boolean v4, BigInteger value) {
        return new IpAddress(v4, value.shiftRight(64).longValue(), value.longValue());
    }
}
