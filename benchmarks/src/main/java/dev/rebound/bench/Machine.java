package dev.rebound.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Where and when it was measured.
 *
 * @param processor name of the processor; null where the system does not tell
 * @param cores how many of it
 * @param memoryBytes memory of the machine
 * @param system operating system
 * @param java the Java runtime
 * @param time when it began, UTC, ISO 8601
 */
record Machine(String processor, int cores, long memoryBytes, String system, String java, String time) {

    static Machine here() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                system.getTotalMemorySize(),
                System.getProperty("os.name")
                        + ' '
                        + System.getProperty("os.version")
                        + ' '
                        + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + ' ' + Runtime.version(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static String processorName() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    /** In a line, for people. */
    String text() {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %.0f GB, %s, %s, %s",
                processor == null ? "processor not known" : processor,
                cores,
                memoryBytes / 1e9,
                system,
                java,
                time);
    }
}
