package dev.rebound.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Options of a Java virtual machine that works through events; the launcher gives the same to those that it starts. */
public final class JvmOptions {

    /** Where Linux says who gets large pages: all, those who ask for them, or nobody; the one in brackets counts. */
    private static final Path LARGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

    private JvmOptions() {}

    /** The collector that stops least in all, and large pages for the heap where the system gives them to whoever asks. */
    public static List<String> forThroughput() {
        return forThroughput(LARGE_PAGES);
    }

    static List<String> forThroughput(Path largePages) {
        return haveToBeAskedFor(largePages)
                ? List.of("-XX:+UseParallelGC", "-XX:+UseTransparentHugePages")
                : List.of("-XX:+UseParallelGC");
    }

    /** Asked for where there are none, the virtual machine warns of it; where all get them, it need not ask. */
    private static boolean haveToBeAskedFor(Path largePages) {
        try {
            return Files.readString(largePages).contains("[madvise]");
        } catch (IOException e) {
            return false;
        }
    }
}
