package io.contextcore.gateway.otlp;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a resource can say of where the process runs, each by names of the semantic conventions. Nothing that could hold a
 * secret or a person's name is read: no command line, no user.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/resource/">semantic conventions for resources</a>
 */
public enum ResourceDetector {
    /** Name and architecture of the host, and its operating system. */
    HOST(ResourceDetector::host),
    /** The process and its runtime. */
    PROCESS(ResourceDetector::process),
    /** The container's id, from the process's control groups or mounts. */
    CONTAINER(ResourceDetector::container),
    /** The pod, from the downward API's variables and files. */
    K8S(ResourceDetector::pod);

    private static final Path CONTROL_GROUPS = Path.of("/proc/self/cgroup");
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final Path NAMESPACE = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");
    private static final Path POD_INFO = Path.of("/etc/podinfo");

    private static final Pattern GROUP_OF_CONTAINER =
            Pattern.compile("[/:-]([0-9a-f]{64})(?:\\.scope)?$", Pattern.MULTILINE);
    private static final Pattern MOUNT_OF_CONTAINER =
            Pattern.compile("[/-]containers/([0-9a-f]{64})/\\S*(?:hostname|hosts|resolv\\.conf)");
    private static final Pattern LABEL = Pattern.compile("^([^=\\s]+)=\"(.*)\"$", Pattern.MULTILINE);

    /** The names of {@code os.arch} that are not the conventions' own. */
    private static final Map<String, String> ARCHITECTURES =
            Map.of("x86_64", "amd64", "aarch64", "arm64", "arm", "arm32", "i386", "x86", "i686", "x86");

    private static final List<String> SYSTEMS = List.of("linux", "windows", "darwin", "freebsd", "aix");

    /** A pod's attribute, the variables that may hold it, and its file below {@code /etc/podinfo}. */
    private record PodFact(String attribute, List<String> variables, String file) {}

    private static final List<PodFact> POD_FACTS = List.of(
            new PodFact("k8s.cluster.name", List.of("K8S_CLUSTER_NAME", "CLUSTER_NAME"), "cluster"),
            new PodFact("k8s.namespace.name", List.of("K8S_NAMESPACE_NAME", "POD_NAMESPACE"), "namespace"),
            new PodFact("k8s.node.name", List.of("K8S_NODE_NAME", "NODE_NAME"), "nodename"),
            new PodFact("k8s.pod.name", List.of("K8S_POD_NAME", "POD_NAME"), "name"),
            new PodFact("k8s.pod.uid", List.of("K8S_POD_UID", "POD_UID"), "uid"),
            new PodFact("k8s.container.name", List.of("K8S_CONTAINER_NAME", "CONTAINER_NAME"), "container"));

    private final Function<Machine, Map<String, String>> detection;

    ResourceDetector(Function<Machine, Map<String, String>> detection) {
        this.detection = detection;
    }

    /** The word that settings use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Attributes by name; without those that cannot be known. */
    public SortedMap<String, String> detect(Machine machine) {
        SortedMap<String, String> found = new TreeMap<>();
        detection.apply(machine).forEach((name, value) -> {
            if (!value.isBlank()) {
                found.put(name, value.strip());
            }
        });
        return found;
    }

    private static Map<String, String> host(Machine machine) {
        String system = machine.properties()
                .apply("os.name")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .replace("mac os x", "darwin");
        String architecture = machine.properties().apply("os.arch").orElse("");
        return Map.of(
                "host.name",
                machine.files()
                        .apply(HOST_NAME)
                        .or(() -> variable(machine, List.of("HOSTNAME", "COMPUTERNAME")))
                        .orElse(""),
                "host.arch",
                ARCHITECTURES.getOrDefault(architecture, architecture),
                "os.type",
                SYSTEMS.stream().filter(system::startsWith).findFirst().orElse(""));
    }

    private static Map<String, String> process(Machine machine) {
        return Map.of(
                "process.pid",
                machine.processId() == 0 ? "" : Long.toString(machine.processId()),
                "process.runtime.name",
                machine.properties().apply("java.runtime.name").orElse(""),
                "process.runtime.version",
                machine.properties().apply("java.runtime.version").orElse(""));
    }

    private static Map<String, String> container(Machine machine) {
        Optional<String> id = Stream.of(
                        find(GROUP_OF_CONTAINER, machine.files().apply(CONTROL_GROUPS)),
                        find(MOUNT_OF_CONTAINER, machine.files().apply(MOUNTS)))
                .flatMap(Optional::stream)
                .findFirst();
        return Map.of("container.id", id.orElse(""));
    }

    /** Only inside of a cluster: elsewhere these variables may mean anything. */
    private static Map<String, String> pod(Machine machine) {
        SortedMap<String, String> facts = new TreeMap<>();
        if (variable(machine, List.of("KUBERNETES_SERVICE_HOST")).isEmpty()) {
            return facts;
        }
        machine.files().apply(NAMESPACE).ifPresent(name -> facts.put("k8s.namespace.name", name));
        variable(machine, List.of("HOSTNAME")).ifPresent(name -> facts.put("k8s.pod.name", name));
        for (PodFact fact : POD_FACTS) {
            variable(machine, fact.variables())
                    .or(() -> machine.files().apply(POD_INFO.resolve(fact.file())))
                    .ifPresent(value -> facts.put(fact.attribute(), value));
        }
        machine.files().apply(POD_INFO.resolve("labels")).ifPresent(text -> labels(text, facts));
        return facts;
    }

    /** One label in a line, {@code name="value"}, as the downward API writes them. */
    private static void labels(String text, Map<String, String> facts) {
        Matcher label = LABEL.matcher(text);
        while (label.find()) {
            facts.put(
                    "k8s.pod.label." + label.group(1),
                    label.group(2).replace("\\\"", "\"").replace("\\\\", "\\"));
        }
    }

    private static Optional<String> variable(Machine machine, List<String> names) {
        return names.stream()
                .map(name -> Optional.ofNullable(machine.environment().get(name)))
                .flatMap(Optional::stream)
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    private static Optional<String> find(Pattern pattern, Optional<String> text) {
        return text.map(pattern::matcher).filter(Matcher::find).map(matcher -> matcher.group(1));
    }
}
