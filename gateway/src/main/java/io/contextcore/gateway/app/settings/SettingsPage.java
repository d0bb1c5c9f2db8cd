package io.contextcore.gateway.app.settings;

import io.contextcore.gateway.mapping.SourceForm;
import java.util.stream.Collectors;

/** The page docs/settings.md, written from the table of options. */
public final class SettingsPage {

    private static final String HEAD = """
            # Settings

            This page is generated from the table in `app/settings/Options.java`; `mvn test -Dtest=DocsTest -Dupdate.docs=true`
            rewrites it.

            `contextcore serve --config gateway.yaml` reads one YAML file. `contextcore dev` needs none. Everything that is wrong in
            it is told at once, with file, line and column; an unknown key is an error.

            ```yaml
            http: {port: 8080}
            data: {folder: /var/lib/contextcore}
            # those that come with the gateway, and yours on them; mappings/README.md says what overrides what
            mappings: [builtin, my-mappings]
            sources:
              # POST /webhooks/shop-main; the name is yours, the kind is one of the mappings'
              shop-main:
                kind: shop
                secret: file:/run/secrets/shop-main
                projects: {acme/shop: shop}
            export: {endpoint: http://collector:4317}
            ```

            Every option can be said in four places. The first that says anything wins:

            1. `--set key=value` on the command line, as often as you like;
            2. the variable `CONTEXTCORE_` + the key in capitals, with underscores for dots: `http.port` is `CONTEXTCORE_HTTP_PORT`;
            3. OpenTelemetry's own variable, where the table names one, with OpenTelemetry's meaning and units;
            4. the settings file.

            The settings under `resource.` are the exception: `OTEL_RESOURCE_ATTRIBUTES` and `OTEL_SERVICE_NAME` win over all four.

            An empty variable counts as unset. Relative paths in the file start from the file's folder, all others from where the
            command runs. Durations have a unit (`500ms`, `10s`, `5m`, `12h`, `30d`), sizes too (`512B`, `256KiB`, `25MiB`, `1GiB`).

            """;

    private static final String SOURCES = """

            ## Sources

            `sources:` is a table by name; a source takes requests at `POST /webhooks/NAME`, or at its `path`. `--set
            sources.NAME.FIELD=value` sets one field. The settings file needs no secret in it: write `file:` or `env:`. Sources can
            also stand in files of the mappings (`source: NAME` and the same fields); a name in both is a problem.

            | field | meaning |
            |---|---|
            """;

    private static final String RESOURCE = """

            ## Resource

            Telemetry carries the attributes of its OTLP Resource: what `resource.detectors` find; winning over them, the settings
            under `resource.`; and, winning over both wherever they were said, whatever `OTEL_RESOURCE_ATTRIBUTES`
            (`name=value,name=value`) and `OTEL_SERVICE_NAME` say. `deployment.environment.name` is sent as `deployment.environment`
            too, and the other way round.

            | detector | attributes | from |
            |---|---|---|
            | `host` | `host.name`, `host.arch`, `os.type` | the kernel, else `HOSTNAME` or `COMPUTERNAME`; the virtual machine |
            | `process` | `process.pid`, `process.runtime.name`, `process.runtime.version` | the process; no command line, no user |
            | `container` | `container.id` | the process's control groups or mounts |
            | `k8s`, inside of a cluster | `k8s.cluster.name`, `k8s.namespace.name`, `k8s.node.name`, `k8s.pod.name`, `k8s.pod.uid`, `k8s.container.name`, `k8s.pod.label.*` | the variables `K8S_CLUSTER_NAME` or `CLUSTER_NAME`, `K8S_NAMESPACE_NAME` or `POD_NAMESPACE`, `K8S_NODE_NAME` or `NODE_NAME`, `K8S_POD_NAME` or `POD_NAME`, `K8S_POD_UID` or `POD_UID`, `K8S_CONTAINER_NAME` or `CONTAINER_NAME`; else files of the downward API, `/etc/podinfo/{cluster,namespace,nodename,name,uid,container,labels}`; else the service account's namespace and `HOSTNAME` |
            """;

    private SettingsPage() {}

    /** The whole page. */
    public static String render() {
        StringBuilder page = new StringBuilder(HEAD)
                .append("| key | type | default | meaning | OpenTelemetry's variable |\n|---|---|---|---|---|\n");
        for (Option<?> option : Options.all()) {
            String standard = option.standard().stream()
                    .map(variable -> "`" + variable.variable() + "`")
                    .collect(Collectors.joining(", "));
            page.append(String.join(
                    " | ",
                    "| `" + option.key() + "`",
                    option.type().name(),
                    option.fallback() == null ? "" : "`" + option.fallback() + "`",
                    option.doc(),
                    standard + " |\n"));
        }
        page.append(SOURCES);
        SourceForm.FORM
                .keys()
                .forEach(key -> page.append(
                        "| `" + key.name() + "` | " + key.meaning() + (key.required() ? "; needed" : "") + " |\n"));
        return page.append(RESOURCE).toString();
    }
}
