package dev.rebound.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Files as they come into directories, each given out once when nobody writes to it any more, and again when it changed.
 * The system's notices make it quick; looking again from time to time finds what they do not tell, as on network file systems.
 * Remembers each file that is there, in about 300 bytes of memory.
 */
public final class NewFiles implements Closeable {

    /** How long a file must have kept size and time: by this machine's clock, as that of a file server may be wrong. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long SHORTEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final List<String> names;
    private final List<Path> written;
    private final long rescanNanos;
    private final Progress progress;
    private final LongSupplier nanoTime;

    private final WatchService notices;
    private final Set<Path> watched = new HashSet<>();
    private Map<Path, Sighting> sightings = new HashMap<>();
    private boolean waitingForQuiet;
    private String lastProblem;
    private long lookedAt;
    private long lookTook;

    private record Sighting(FileStamp stamp, long since, boolean givenOut) {}

    /**
     * Files and directories, which must exist.
     *
     * @param names what to look at, as for {@link InputSources#mails}
     * @param written directories that this program writes to; passed over where they are below others
     * @param rescan how often to look without a notice
     * @param progress is told when a directory cannot be listed, which ends nothing
     * @throws UnusableInputException when something named does not exist or cannot be read, or is standard input
     */
    public NewFiles(List<String> names, List<Path> written, Duration rescan, Progress progress) throws IOException {
        this(names, written, rescan, progress, System::nanoTime);
    }

    NewFiles(List<String> names, List<Path> written, Duration rescan, Progress progress, LongSupplier nanoTime)
            throws IOException {
        if (names.contains(InputSource.STANDARD_INPUT)) {
            throw new UnusableInputException("standard input (-) cannot be followed (expected: directories or files)");
        }
        InputSources.mails(names, InputStream.nullInputStream(), written);
        this.names = List.copyOf(names);
        this.written = List.copyOf(written);
        this.rescanNanos = rescan.toNanos();
        this.progress = progress;
        this.nanoTime = nanoTime;
        this.notices = openNotices();
    }

    /** The files that are complete, and were not given out since they changed last; empty when there are none. */
    List<InputSource> complete() {
        long begun = nanoTime.getAsLong();
        List<InputSource> complete = new ArrayList<>();
        List<InputSource> sources = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<Path> away = new ArrayList<>();
        try {
            Listing listing = new Listing(written);
            for (String name : names) {
                try {
                    sources.addAll(InputSources.resolve(List.of(name), InputStream.nullInputStream(), listing));
                } catch (IOException e) {
                    // Such as a file that was read and moved away; the others are looked at all the same.
                    problems.add(e.getMessage());
                    away.add(Path.of(name));
                }
            }
            look(sources, begun, complete, away);
            watch(listing.directories());
        } catch (IOException e) {
            problems.add(e.getMessage());
        }
        if (problems.isEmpty()) {
            lastProblem = null;
        } else {
            tell("cannot look for new files: " + String.join("; ", problems) + " (tried again)");
        }
        lookedAt = nanoTime.getAsLong();
        lookTook = lookedAt - begun;
        return complete;
    }

    /** @param away what could not be looked at; what was seen there before is remembered */
    private void look(List<InputSource> sources, long now, List<InputSource> complete, List<Path> away) {
        Map<Path, Sighting> seen = new HashMap<>(sightings);
        seen.keySet().removeIf(path -> away.stream().noneMatch(path::startsWith));
        waitingForQuiet = false;
        for (InputSource source : sources) {
            Path path = source.path().orElseThrow();
            String name = path.getFileName().toString();
            if (name.endsWith(".tmp") || name.endsWith(".part")) {
                continue;
            }
            FileStamp stamp;
            try {
                stamp = FileStamp.of(path);
            } catch (IOException e) {
                // Gone again, or to be told about once it can be seen.
                continue;
            }
            Path lasting = Maildir.lasting(path);
            Sighting before = sightings.get(lasting);
            Sighting sighting =
                    before == null || !before.stamp().equals(stamp) ? new Sighting(stamp, now, false) : before;
            if (!sighting.givenOut() && now - sighting.since() >= QUIET_NANOS) {
                sighting = new Sighting(stamp, sighting.since(), true);
                complete.add(source);
            }
            waitingForQuiet |= !sighting.givenOut();
            seen.put(lasting, sighting);
        }
        sightings = seen;
    }

    /** Waits for a notice, or until it is time to look again, or to stop. */
    void await(BooleanSupplier stop) {
        long earliest = lookedAt + Math.max(SHORTEST_REST_NANOS, lookTook);
        long latest = waitingForQuiet ? earliest : lookedAt + Math.max(rescanNanos, lookTook);
        boolean noticed = false;
        while (!stop.getAsBoolean() && nanoTime.getAsLong() - (noticed ? earliest : latest) < 0) {
            try {
                noticed |= notice();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean notice() throws InterruptedException {
        if (notices == null) {
            TimeUnit.NANOSECONDS.sleep(SLICE_NANOS);
            return false;
        }
        WatchKey key = notices.poll(SLICE_NANOS, TimeUnit.NANOSECONDS);
        if (key == null) {
            return false;
        }
        key.pollEvents();
        if (!key.reset()) {
            watched.remove((Path) key.watchable());
        }
        return true;
    }

    private WatchService openNotices() {
        try {
            return FileSystems.getDefault().newWatchService();
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    private void watch(Set<Path> directories) {
        if (notices == null) {
            return;
        }
        try {
            for (Path directory : directories) {
                if (watched.add(directory)) {
                    directory.register(
                            notices, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
                }
            }
        } catch (IOException e) {
            // Systems allow so many; the files of others are found by looking again.
            return;
        }
    }

    private void tell(String problem) {
        if (!problem.equals(lastProblem)) {
            lastProblem = problem;
            progress.problem(problem);
        }
    }

    @Override
    public void close() throws IOException {
        if (notices != null) {
            notices.close();
        }
    }
}
