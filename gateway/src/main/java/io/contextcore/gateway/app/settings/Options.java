package io.contextcore.gateway.app.settings;

import io.contextcore.gateway.app.settings.Option.Standard;
import io.contextcore.gateway.base.IpRange;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.otlp.EmitMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of options: keys, types, defaults and meanings, in one place. docs/settings.md is written from it. */
final class Options {

    static final Option<String> HTTP_HOST =
            Option.of("http.host", OptionType.TEXT, "0.0.0.0", "address that webhooks come in on");
    static final Option<Integer> HTTP_PORT =
            Option.of("http.port", OptionType.PORT, "8080", "port that webhooks come in on; the only one to expose");
    static final Option<List<IpRange>> TRUSTED_PROXIES = Option.of(
            "http.trusted_proxies",
            OptionType.RANGES,
            null,
            "addresses of proxies in front of that port; of their connections alone `X-Forwarded-For` and `Forwarded` are"
                    + " believed. Not given: of none");
    static final Option<Path> TLS_CERTIFICATE = Option.of(
            "http.tls.certificate",
            OptionType.FILE,
            null,
            "PEM file of the certificate of that port, with those that lead to its authority: webhooks then come over TLS 1.2 or"
                    + " 1.3. Read again when it or one of the two below changes, and by every reload");
    static final Option<Path> TLS_KEY =
            Option.of("http.tls.key", OptionType.FILE, null, "PEM file of its key, not encrypted");
    static final Option<Path> TLS_CLIENT_CA = Option.of(
            "http.tls.client_ca",
            OptionType.FILE,
            null,
            "PEM file of authorities: only senders with a certificate of one of them get in (mutual TLS)");
    static final Option<String> ADMIN_HOST =
            Option.of("admin.host", OptionType.TEXT, "127.0.0.1", "address of health and metrics");
    static final Option<Integer> ADMIN_PORT =
            Option.of("admin.port", OptionType.PORT, "8081", "port of health and metrics; not for the outside");
    static final Option<Path> DATA_FOLDER = Option.of(
            "data.folder", OptionType.FILE, "contextcore-data", "where accepted deliveries, state and outbox are kept");
    static final Option<Long> DISK_BUDGET = Option.of(
            "data.disk_budget",
            OptionType.SIZE_BYTES,
            "10GiB",
            "most that inbox, outbox and dead letters may hold together; beyond it 503, and nothing that was accepted is lost");
    static final Option<Long> CACHE = Option.of(
            "data.cache",
            OptionType.SIZE_BYTES,
            "64MiB",
            "memory for what was read last from the data folder. Beside it, about 17 bytes for each thing that is known (an"
                    + " instance, an alias) are kept to find it");
    static final Option<Duration> ARCHIVE = Option.of(
            "data.archive",
            OptionType.TIME,
            "7d",
            "how long accepted deliveries are kept after they were stepped, so that `contextcore replay` can compare mappings"
                    + " over them; `0s`: not at all, and what there was goes at the next start");
    static final Option<Long> ARCHIVE_BYTES = Option.of(
            "data.archive_bytes",
            OptionType.SIZE_BYTES,
            "4GiB",
            "most that these may take on disk, compressed, beside the disk budget; the oldest go first");
    static final Option<Integer> DUPLICATE_IDS = Option.of(
            "data.duplicate_ids",
            OptionType.COUNT,
            "5000000",
            "most ids of deliveries and events that are remembered, so that a second copy is recognised; each for its kind's"
                    + " `duplicate_window`. At the cap those that would be forgotten first go, and are counted");
    static final Option<List<Path>> MAPPINGS = Option.of(
            "mappings",
            OptionType.FOLDERS,
            null,
            "folders of kinds, sources, mappings, lifecycles, tables and conventions; a later one adds to the earlier ones and"
                    + " overrides them by name. `builtin` stands for those that come with the gateway: `[builtin,"
                    + " my-mappings]`. Not given: `builtin` alone");
    static final Option<Boolean> RELOAD_SIGNAL = Option.of(
            "reload.signal",
            OptionType.FLAG,
            "true",
            "whether `contextcore serve` reads its mappings, and the sources' secrets, again on SIGHUP, where the platform has it");
    static final Option<Boolean> RELOAD_HTTP = Option.of(
            "reload.http",
            OptionType.FLAG,
            "true",
            "whether `POST /admin/reload` on the admin port reads the mappings, and the sources' secrets, again");
    static final Option<Boolean> RELOAD_WATCH = Option.of(
            "reload.watch",
            OptionType.FLAG,
            "false",
            "whether they are read again when a file in the folders of mappings, or one that a source's secret or header"
                    + " was read from, has changed and two looks, a second apart, see the same");
    static final Option<EmitMode> EMIT_MODE = Option.of(
                    "emit_mode",
                    OptionType.oneOf(EmitMode.class, EmitMode::word),
                    "dual",
                    "under which name an attribute is sent that has an OpenTelemetry twin: ours (`legacy`), theirs (`otel`)"
                            + " or both (`dual`)")
            .or(new Standard(EmitMode.OPT_IN_VARIABLE, Options::optIn));
    static final Option<Duration> STOP_TIMEOUT = Option.of(
            "stop.timeout",
            OptionType.TIME,
            "15s",
            "how long a stop may take: requests under way are answered (at most half of it), then the outbox is sent as far as"
                    + " possible; the rest waits on disk for the next start");
    static final Option<LogLevel> LOG_LEVEL = Option.of(
            "log.level",
            OptionType.oneOf(LogLevel.class, LogLevel::word),
            "info",
            "least severity of what the gateway says about itself on the console");

    static final ResourceOptions RESOURCE = new ResourceOptions();

    static final PrivacyOptions PRIVACY = new PrivacyOptions();

    /** Limits are kept as in {@link Limits}; what each means is its documentation there. */
    static final LimitOptions LIMITS = new LimitOptions(Limits.defaults());

    private static final String GEN_AI_OPT_IN = "gen_ai_latest_experimental";

    private Options() {}

    /** All, in the order of the settings page. */
    static List<Option<?>> all() {
        List<Option<?>> all = new ArrayList<>(List.of(
                HTTP_HOST,
                HTTP_PORT,
                TRUSTED_PROXIES,
                TLS_CERTIFICATE,
                TLS_KEY,
                TLS_CLIENT_CA,
                ADMIN_HOST,
                ADMIN_PORT,
                DATA_FOLDER,
                DISK_BUDGET,
                CACHE,
                ARCHIVE,
                ARCHIVE_BYTES,
                DUPLICATE_IDS,
                MAPPINGS,
                RELOAD_SIGNAL,
                RELOAD_HTTP,
                RELOAD_WATCH,
                EMIT_MODE,
                STOP_TIMEOUT,
                LOG_LEVEL));
        all.addAll(RESOURCE.all());
        all.addAll(PRIVACY.all());
        all.addAll(ExportOptions.all());
        all.addAll(LIMITS.all());
        return List.copyOf(all);
    }

    static Map<String, Option<?>> byKey() {
        Map<String, Option<?>> byKey = new LinkedHashMap<>();
        all().forEach(option -> byKey.put(option.key(), option));
        return byKey;
    }

    /** OpenTelemetry's switch for the present names of generative AI means: theirs only. */
    private static Optional<String> optIn(String list) {
        boolean opted = Arrays.stream(list.split(",")).map(String::strip).anyMatch(GEN_AI_OPT_IN::equals);
        return opted ? Optional.of(EmitMode.OTEL.word()) : Optional.empty();
    }
}
