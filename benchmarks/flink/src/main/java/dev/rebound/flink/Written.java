package dev.rebound.flink;

import org.apache.flink.api.common.typeinfo.TypeInformation;

/** A record to be written. A bean, as Flink needs one; handed on within a thread, never serialised. */
public final class Written {

    static final TypeInformation<Written> TYPE = TypeInformation.of(Written.class);

    /** Name of the topic. */
    public String topic;

    /** Key; null for none. */
    public byte[] key;

    /** Value; null for none. */
    public byte[] value;

    /** Where the event was read, as in the header; null for what is made of several. */
    public byte[] source;

    /** What the record was made by, as in the header. */
    public byte[] fingerprint;

    /** Why it is a dead letter; null for all others. */
    public String reason;

    /** What is wrong with a dead letter; null for all others. */
    public String detail;

    /** For Flink. */
    public Written() {}

    Written(String topic, byte[] key, byte[] value, byte[] fingerprint) {
        this.topic = topic;
        this.key = key;
        this.value = value;
        this.fingerprint = fingerprint;
    }
}
