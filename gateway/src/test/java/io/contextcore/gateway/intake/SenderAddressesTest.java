package io.contextcore.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.contextcore.gateway.base.IpAddress;
import io.contextcore.gateway.base.IpRange;
import io.contextcore.gateway.testing.Promise;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proxies are in 10.0.0.0/8 and at 2001:db8::1. */
class SenderAddressesTest {

    private final SenderAddresses addresses = new SenderAddresses(List.of(range("10.0.0.0/8"), range("2001:db8::1")));

    @Test
    @Promise("forwarded-only-by-trusted")
    void whatAStrangerForwardsIsNotBelieved() {
        assertEquals("203.0.113.9", address("203.0.113.9", "for=192.0.2.1", "192.0.2.1"));
        assertEquals("203.0.113.9", address("203.0.113.9", null, "10.0.0.1"));
        SenderAddresses nobody = new SenderAddresses(List.of());
        assertEquals(
                "10.0.0.1",
                nobody.of("10.0.0.1", null, "192.0.2.1").address().orElseThrow().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1 | 192.0.2.1",
                "198.51.100.7, 192.0.2.1 | 192.0.2.1",
                "198.51.100.7, 192.0.2.1, 10.9.9.9 | 192.0.2.1",
                "192.0.2.1,10.9.9.9,2001:db8::1 | 192.0.2.1",
                "10.1.1.1, 10.2.2.2 | 10.1.1.1",
                "192.0.2.1:4711 | 192.0.2.1",
                "2001:db8::7 | 2001:db8:0:0:0:0:0:7",
                "[2001:db8::7]:4711 | 2001:db8:0:0:0:0:0:7",
                "unknown | none",
                "192.0.2.1, unknown | none",
                "unknown, 192.0.2.1 | 192.0.2.1",
                "192.0.2.1, | none",
                "proxy.example | none"
            })
    @Promise("forwarded-only-by-trusted")
    void theRightMostThatIsNotTrustedCounts(String header, String expected) {
        assertEquals(expected, address("10.0.0.1", null, header));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=192.0.2.1 | 192.0.2.1",
                "For=\"192.0.2.1:80\";proto=https;by=10.0.0.1 | 192.0.2.1",
                "proto=http ; for=\"[2001:db8::7]:80\" | 2001:db8:0:0:0:0:0:7",
                "for=198.51.100.7, for=192.0.2.1, for=10.0.0.2 | 192.0.2.1",
                "for=_hidden | none",
                "for=unknown | none",
                "proto=https | none",
                "for=192.0.2.1, proto=https | none",
                "for=\"[2001:db8::7\" | none"
            })
    void theStandardHeaderSaysTheSame(String header, String expected) {
        assertEquals(expected, address("10.0.0.1", header, null));
    }

    @Test
    void whereBothHeadersAreThereTheyMustAgree() {
        assertEquals("192.0.2.1", address("10.0.0.1", "for=192.0.2.1", "198.51.100.7, 192.0.2.1"));
        assertEquals("none", address("10.0.0.1", "for=192.0.2.1", "198.51.100.7"));
        assertEquals("none", address("10.0.0.1", "for=192.0.2.1", ""));
    }

    @Test
    void aProxyThatForwardsNothingIsItselfTheSender() {
        assertEquals("10.0.0.1", address("10.0.0.1", null, null));
        assertEquals("2001:db8:0:0:0:0:0:1", address("2001:db8::1", null, null));
    }

    @Test
    void sendersAreCountedByWhatTheyCannotChangeAtWill() {
        assertEquals("192.0.2.1", addresses.of("10.0.0.1", null, "192.0.2.1").counted());
        assertEquals(
                addresses.of("2001:db8:1:2::3", null, null).counted(),
                addresses.of("2001:db8:1:2:ffff::", null, null).counted(),
                "of version 6 every host has as many addresses as it likes");
        assertEquals("10.0.0.1", addresses.of("10.0.0.1", null, "who knows").counted());
        assertEquals("", addresses.of("", null, "192.0.2.1").counted());
        assertFalse(addresses.of("", null, "192.0.2.1").address().isPresent());
    }

    @Test
    void connectionsAreCountedByAddressAndThoseOfTrustedProxiesAreNot() {
        assertEquals(Optional.empty(), addresses.countedConnection("10.255.0.1"));
        assertEquals(Optional.empty(), addresses.countedConnection("::ffff:10.0.0.1"));
        assertEquals(Optional.of("11.0.0.1"), addresses.countedConnection("11.0.0.1"));
        assertEquals(Optional.of("2001:db9:0:0:0:0:0:0"), addresses.countedConnection("2001:db9::7"));
        assertEquals(Optional.of(""), addresses.countedConnection(""));
    }

    private String address(String connection, @Nullable String forwarded, @Nullable String forwardedFor) {
        return addresses
                .of(connection, forwarded, forwardedFor)
                .address()
                .map(IpAddress::toString)
                .orElse("none");
    }

    private static IpRange range(String text) {
        return IpRange.parse(text).orElseThrow();
    }
}
