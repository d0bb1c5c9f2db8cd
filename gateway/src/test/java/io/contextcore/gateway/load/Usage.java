package io.contextcore.gateway.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process has used so far.
 *
 * @param cpuNanos of the processor
 * @param allocatedBytes by the Java threads that live; 0 if it is no Java process
 * @param threads nanoseconds of the processor by the thread's name without its number; empty if it is no Java process
 */
record Usage(long cpuNanos, long allocatedBytes, Map<String, Long> threads) {

    private static final Pattern CPU = Pattern.compile("^\"(.+?)[-# 0-9]*\".* cpu=([0-9.]+)ms");
    private static final Pattern ALLOCATED = Pattern.compile(" allocated=([0-9.]+)([BKMGT])");
    private static final String UNITS = "BKMGT";

    static Usage of(long pid) {
        return new Usage(cpu(pid), 0, Map.of());
    }

    /** With what it allocated, and its threads, as the JVM counts them. */
    static Usage ofJava(long pid) throws IOException {
        Process print = new ProcessBuilder(jdk("jcmd"), String.valueOf(pid), "Thread.print", "-e").start();
        String text = new String(print.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        double bytes = 0;
        Map<String, Long> threads = new TreeMap<>();
        for (String line : text.split("\n")) {
            Matcher cpu = CPU.matcher(line);
            if (cpu.find()) {
                threads.merge(cpu.group(1), (long) (Double.parseDouble(cpu.group(2)) * 1e6), Long::sum);
            }
            Matcher allocated = ALLOCATED.matcher(line);
            if (allocated.find()) {
                bytes += Double.parseDouble(allocated.group(1)) * Math.pow(1024, UNITS.indexOf(allocated.group(2)));
            }
        }
        return new Usage(cpu(pid), (long) bytes, threads);
    }

    Usage since(Usage before) {
        Map<String, Long> used = new TreeMap<>();
        threads.forEach((name, nanos) -> used.put(name, nanos - before.threads().getOrDefault(name, 0L)));
        return new Usage(cpuNanos - before.cpuNanos, allocatedBytes - before.allocatedBytes, used);
    }

    /** Resident memory now, in MB. */
    static long residentMegabytes(long pid) throws IOException {
        Path status = Path.of("/proc/" + pid + "/status");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    private static long cpu(long pid) {
        return ProcessHandle.of(pid)
                .orElseThrow()
                .info()
                .totalCpuDuration()
                .orElseThrow()
                .toNanos();
    }

    private static String jdk(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }
}
