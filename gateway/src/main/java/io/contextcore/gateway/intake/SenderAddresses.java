package io.contextcore.gateway.intake;

import io.contextcore.gateway.base.IpAddress;
import io.contextcore.gateway.base.IpRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where requests were sent from. Of a connection from a trusted proxy that is what the proxy says: of the addresses
 * that it forwards the right-most that is not trusted itself; whatever stands left of it the sender may have made up. Of
 * every other connection it is the connection's own address, and nobody is asked. Thread-safe.
 */
public final class SenderAddresses {

    private final List<IpRange> trusted;

    public SenderAddresses(List<IpRange> trustedProxies) {
        this.trusted = List.copyOf(trustedProxies);
    }

    /**
     * A proxy sets one of the two headers and may let the sender's other one through: where both are there they must agree.
     *
     * @param connection address of the other end; empty or no address: not known
     * @param forwarded values of {@code Forwarded} (RFC 7239), joined by commas
     * @param forwardedFor values of {@code X-Forwarded-For}, joined by commas
     */
    public SenderAddress of(String connection, @Nullable String forwarded, @Nullable String forwardedFor) {
        Optional<IpAddress> near = IpAddress.parse(connection);
        if (near.isEmpty() || !isTrusted(near.get())) {
            return new SenderAddress(near, near.map(SenderAddresses::counted).orElse(connection));
        }
        List<Optional<IpAddress>> told = new ArrayList<>();
        if (forwarded != null) {
            told.add(farthest(forwarded, SenderAddresses::standard, near.get()));
        }
        if (forwardedFor != null) {
            told.add(farthest(forwardedFor, SenderAddresses::node, near.get()));
        }
        boolean agreed = told.stream().distinct().count() <= 1;
        Optional<IpAddress> address = told.isEmpty() ? near : agreed ? told.get(0) : Optional.empty();
        return new SenderAddress(address, counted(address.orElse(near.get())));
    }

    /** By what connections from there are counted; empty: by nothing, for a trusted proxy's may be those of many senders. */
    public Optional<String> countedConnection(String connection) {
        Optional<IpAddress> near = IpAddress.parse(connection);
        return near.filter(this::isTrusted).isPresent()
                ? Optional.empty()
                : Optional.of(near.map(SenderAddresses::counted).orElse(connection));
    }

    private boolean isTrusted(IpAddress address) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }

    private static String counted(IpAddress address) {
        return address.host().toString();
    }

    /** From the right: the first that is not trusted, or the last of all. What cannot be read ends it. */
    private Optional<IpAddress> farthest(String header, Function<String, Optional<IpAddress>> reader, IpAddress near) {
        String[] hops = header.split(",", -1);
        Optional<IpAddress> found = Optional.of(near);
        for (int i = hops.length - 1; i >= 0 && found.filter(this::isTrusted).isPresent(); i--) {
            found = reader.apply(hops[i].strip());
        }
        return found;
    }

    /** {@code for=192.0.2.60;proto=http;by=203.0.113.43}: the parameter {@code for}. */
    private static Optional<IpAddress> standard(String element) {
        for (String pair : element.split(";")) {
            int equals = pair.indexOf('=');
            if (equals > 0
                    && pair.substring(0, equals)
                            .strip()
                            .toLowerCase(Locale.ROOT)
                            .equals("for")) {
                return node(pair.substring(equals + 1).strip().replace("\"", ""));
            }
        }
        return Optional.empty();
    }

    /** An address, with its port or not: {@code 192.0.2.1:4711}, {@code [2001:db8::1]:4711}. */
    private static Optional<IpAddress> node(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            return end < 0 ? Optional.empty() : IpAddress.parse(text.substring(1, end));
        }
        int colon = text.indexOf(':');
        boolean port = colon >= 0 && colon == text.lastIndexOf(':');
        return IpAddress.parse(port ? text.substring(0, colon) : text);
    }
}
