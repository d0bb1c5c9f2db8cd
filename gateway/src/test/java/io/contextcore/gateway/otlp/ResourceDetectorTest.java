package io.contextcore.gateway.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Environment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceDetectorTest {

    private static final String ID = "0123456789abcdef".repeat(4);

    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> files = new HashMap<>();
    private long processId;

    @ParameterizedTest
    @EnumSource
    void whatCannotBeKnownIsNotSaid(ResourceDetector detector) {
        assertEquals(Map.of(), detect(detector));
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux, amd64",
        "Linux, x86_64, linux, amd64",
        "Mac OS X, aarch64, darwin, arm64",
        "Windows 11, amd64, windows, amd64",
        "Linux, riscv64, linux, riscv64"
    })
    void theHostIsNamedAsTheConventionsDo(String system, String architecture, String type, String arch) {
        properties.putAll(Map.of("os.name", system, "os.arch", architecture));
        variables.put("COMPUTERNAME", "desk");
        assertEquals(Map.of("host.name", "desk", "host.arch", arch, "os.type", type), detect(ResourceDetector.HOST));
    }

    @Test
    void theKernelKnowsTheHostsNameBest() {
        variables.put("HOSTNAME", "stale");
        files.put("/proc/sys/kernel/hostname", "node-7\n");
        assertEquals("node-7", detect(ResourceDetector.HOST).get("host.name"));
    }

    @Test
    void theProcessTellsItsNumberAndRuntimeAndNoCommandLine() {
        processId = 4711;
        properties.putAll(Map.of(
                "java.runtime.name", "OpenJDK", "java.runtime.version", "17.0.1+12", "sun.java.command", "secret"));
        assertEquals(
                Map.of(
                        "process.pid", "4711",
                        "process.runtime.name", "OpenJDK",
                        "process.runtime.version", "17.0.1+12"),
                detect(ResourceDetector.PROCESS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12:memory:/docker/ID\n0::/",
                "0::/system.slice/docker-ID.scope",
                "1:cpu:/kubepods/burstable/pod9f/ID",
                "0::/kubepods.slice/kubepods-pod9f.slice/cri-containerd-ID.scope",
                "0::/user.slice\n1:name=systemd:/lxc/ID"
            })
    void theContainerIsFoundInControlGroups(String groups) {
        files.put("/proc/self/cgroup", groups.replace("ID", ID));
        assertEquals(Map.of("container.id", ID), detect(ResourceDetector.CONTAINER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "473 456 254:1 /docker/containers/ID/hostname /etc/hostname rw - ext4 /dev/vda1 rw",
                "983 961 0:56 /containers/overlay-containers/ID/userdata/hostname /etc/hostname rw - tmpfs tmpfs rw"
            })
    void theContainerIsFoundInMountsWhereItsControlGroupIsItsRoot(String mounts) {
        files.put("/proc/self/cgroup", "0::/");
        files.put("/proc/self/mountinfo", "22 27 0:21 / /proc rw - proc proc rw\n" + mounts.replace("ID", ID));
        assertTrue(detect(ResourceDetector.CONTAINER).containsValue(ID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0::/", "4:memory:/api/f100ca3c07630a7d34dc34de90d22904", "0::/user.slice/session-1.scope"})
    void elsewhereThereIsNoContainer(String groups) {
        files.put("/proc/self/cgroup", groups);
        assertEquals(Map.of(), detect(ResourceDetector.CONTAINER));
    }

    @Test
    void aPodIsToldByVariablesThenByFilesThenByItsAccount() {
        variables.putAll(Map.of(
                "KUBERNETES_SERVICE_HOST", "10.0.0.1",
                "HOSTNAME", "gateway-0",
                "POD_UID", "u-1",
                "NODE_NAME", "node-1",
                "K8S_NODE_NAME", "node-2"));
        files.putAll(Map.of(
                "/var/run/secrets/kubernetes.io/serviceaccount/namespace", "account",
                "/etc/podinfo/namespace", "obs",
                "/etc/podinfo/uid", "u-2",
                "/etc/podinfo/labels", "app.kubernetes.io/name=\"gateway\"\ntier=\"a \\\"b\\\"\"\n"));
        assertEquals(
                Map.of(
                        "k8s.namespace.name", "obs",
                        "k8s.node.name", "node-2",
                        "k8s.pod.name", "gateway-0",
                        "k8s.pod.uid", "u-1",
                        "k8s.pod.label.app.kubernetes.io/name", "gateway",
                        "k8s.pod.label.tier", "a \"b\""),
                detect(ResourceDetector.K8S));
    }

    @Test
    void outsideOfAClusterTheSameVariablesSayNothing() {
        variables.putAll(Map.of("POD_NAME", "mine", "NODE_NAME", "n"));
        assertEquals(Map.of(), detect(ResourceDetector.K8S));
    }

    @Test
    void theMachineAtHandHasAProcessAndAHost() {
        Machine here = Machine.here(Environment.of(Map.of("HOSTNAME", "fallback")));
        assertEquals(
                Long.toString(ProcessHandle.current().pid()),
                ResourceDetector.PROCESS.detect(here).get("process.pid"));
        assertTrue(ResourceDetector.HOST.detect(here).containsKey("host.name"));
    }

    private Map<String, String> detect(ResourceDetector detector) {
        return detector.detect(new Machine(
                Environment.of(variables),
                name -> Optional.ofNullable(properties.get(name)),
                path -> file(path),
                processId));
    }

    private Optional<String> file(Path path) {
        return Optional.ofNullable(files.get(path.toString().replace('\\', '/')));
    }
}
