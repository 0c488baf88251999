package dev.rebound.bench;

/**
 * What a stream is like.
 *
 * @param events how many events
 * @param partitions of its topics
 * @param recipients how many addresses the events' are drawn from
 * @param domains how many small receiving domains beside the large ones; null: as traffic is generated, 2,000
 * @param rules how many text rules the code table has; null: those that ship
 */
record Shape(long events, int partitions, int recipients, Integer domains, Integer rules) {

    static final int PARTITIONS = 8;
    static final int RECIPIENTS = 500_000;

    /** What most is measured with. */
    static Shape of(long events) {
        return new Shape(events, PARTITIONS, RECIPIENTS, null, null);
    }

    Shape withRecipients(int count) {
        return new Shape(events, partitions, count, domains, rules);
    }

    Shape withEvents(long count) {
        return new Shape(count, partitions, recipients, domains, rules);
    }
}
