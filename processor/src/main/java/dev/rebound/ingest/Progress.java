package dev.rebound.ingest;

/** Who is told how a run goes on. Called from the thread that reads, often: implementations must be quick. */
public interface Progress {

    /**
     * Another unit, a mail or a line, is done.
     *
     * @param read units read so far
     * @param events events found in them
     * @param share how much of the input is done, from 0 to 1; negative when that cannot be known
     */
    void advanced(long read, long events, double share);

    /** Something that the user should know of at once, such as a line that cannot be read; free of addresses. */
    void problem(String message);

    /** The run is over; what was shown only while it lasted goes. */
    void finished();

    /** Tells nobody. */
    static Progress none() {
        return new Progress() {
            @Override
            public void advanced(long read, long events, double share) {}

            @Override
            public void problem(String message) {}

            @Override
            public void finished() {}
        };
    }
}
