package dev.rebound.bench;

import com.sun.management.GcInfo;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        return memory("VmHWM:");
    }

    /** Memory that is resident now; null where the system is not Linux. */
    static Long residentBytes() {
        return memory("VmRSS:");
    }

    private static Long memory(String field) {
        try {
            return Files.readAllLines(PROCESS.resolve("status")).stream()
                    .filter(line -> line.startsWith(field))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    /** Time that collections have taken since the start. */
    static double collectionSeconds() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                        .sum()
                / 1e3;
    }

    /** What the last collection, of whichever kind, left in the heap; 0 before the first. */
    static long heapAfterCollectionBytes() {
        Set<String> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getName)
                .collect(Collectors.toSet());
        return ManagementFactory.getPlatformMXBeans(com.sun.management.GarbageCollectorMXBean.class).stream()
                .map(com.sun.management.GarbageCollectorMXBean::getLastGcInfo)
                .filter(Objects::nonNull)
                .max(Comparator.comparingLong(GcInfo::getEndTime))
                .map(last -> last.getMemoryUsageAfterGc().entrySet().stream()
                        .filter(pool -> heap.contains(pool.getKey()))
                        .mapToLong(pool -> pool.getValue().getUsed())
                        .sum())
                .orElse(0L);
    }

    /** Bytes in the files of a directory that is in use. */
    static long bytesIn(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(directory)) {
            files = found.toList();
        } catch (UncheckedIOException e) {
            // Compacted away meanwhile: the files are counted the next time.
            return bytesIn(directory);
        }
        long bytes = 0;
        for (Path file : files) {
            try {
                bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
            } catch (NoSuchFileException e) {
                // Compacted away meanwhile.
                continue;
            }
        }
        return bytes;
    }
}
