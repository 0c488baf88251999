package dev.rebound.flink;

/** A record as read. A bean, as Flink needs one; handed on within a thread, never serialised. */
public final class Read {

    /** Key; null when it has none. */
    public byte[] key;

    /** Value; null when it has none. */
    public byte[] value;

    /** Partition. */
    public int partition;

    /** Offset. */
    public long offset;

    /** When it had reached the topic, in milliseconds since 1970. */
    public long arrival;
}
