package io.contextcore.gateway.base;

import java.security.SecureRandom;
import java.util.concurrent.ThreadLocalRandom;

/** Where chance comes from: jitter of retries and freshly made secrets. */
public interface Randomness {

    /** Uniform in [0, 1); for jitter, not for secrets. */
    double fraction();

    /** {@code count} bytes that nobody can guess. */
    byte[] secretBytes(int count);

    static Randomness system() {
        SecureRandom secure = new SecureRandom();
        return new Randomness() {
            @Override
            public double fraction() {
                return ThreadLocalRandom.current().nextDouble();
            }

            @Override
            public byte[] secretBytes(int count) {
                byte[] bytes = new byte[count];
                secure.nextBytes(bytes);
                return bytes;
            }
        };
    }
}
