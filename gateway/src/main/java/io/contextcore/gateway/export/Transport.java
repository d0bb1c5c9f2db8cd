package io.contextcore.gateway.export;

import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.export.OtlpSettings.Target;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** What both network senders have in common. */
final class Transport {

    private Transport() {}

    /** Address, TLS and timeouts of a target. */
    static HttpClientOptions options(Target target) {
        HttpClientOptions options = new HttpClientOptions()
                .setDefaultHost(target.endpoint().getHost())
                .setDefaultPort(target.port())
                .setConnectTimeout((int) Math.min(timeoutMillis(target), Integer.MAX_VALUE))
                .setSsl(target.tls());
        if (target.certificate() != null) {
            options.setTrustOptions(
                    new PemTrustOptions().addCertPath(target.certificate().toString()));
        }
        if (target.clientKey() != null && target.clientCertificate() != null) {
            options.setKeyCertOptions(new PemKeyCertOptions()
                    .setKeyPath(target.clientKey().toString())
                    .setCertPath(target.clientCertificate().toString()));
        }
        return options;
    }

    static long timeoutMillis(Target target) {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(target.timeoutNanos()));
    }

    /** The user agent, the target's own headers, and the request's, which win. */
    static void headers(Target target, String userAgent, Map<String, Secret> request, BiConsumer<String, String> set) {
        set.accept("user-agent", userAgent);
        target.headers().forEach((name, value) -> set.accept(name, text(value)));
        request.forEach((name, value) -> set.accept(name.toLowerCase(Locale.ROOT), text(value)));
    }

    private static String text(Secret value) {
        return new String(value.reveal(), StandardCharsets.UTF_8);
    }
}
