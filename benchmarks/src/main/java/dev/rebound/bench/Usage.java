package dev.rebound.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process uses. */
final class Usage {

    private static final Path PROCESS = Path.of("/proc/self");

    /** What the kernel wants written to clear_refs to begin counting the peak anew; see proc(5). */
    private static final String FORGET_PEAK = "5";

    private Usage() {}

    /** Processor time of all threads since the start. */
    static double cpuSeconds() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }

    /** Lets {@link #peakBytes} count from now; where the kernel does not allow that, it counts from the start of the process. */
    static void forgetPeak() {
        try {
            Files.writeString(PROCESS.resolve("clear_refs"), FORGET_PEAK);
        } catch (IOException e) {
            return;
        }
    }

    /** Most memory that was resident; null where the system is not Linux. */
    static Long peakBytes() {
        try {
            return Files.readAllLines(PROCESS.resolve("status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }
}
