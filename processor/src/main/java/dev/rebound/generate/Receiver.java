package dev.rebound.generate;

/**
 * A receiving domain and who answers for it.
 *
 * @param rank place by traffic, from 0
 * @param domain the domain, as it is written in addresses
 * @param style how its servers answer: the provider's name, or {@link Replies#ANY_STYLE}
 * @param host name of its server; null when there is none
 * @param address IP address of its server, from the ranges for documentation (RFC 5737, RFC 3849); null when there is none
 * @param population how many recipients it has
 */
record Receiver(int rank, String domain, String style, String host, String address, int population) {

    /** Incidents befall it. */
    boolean isTroubled() {
        return domain.equals(Receivers.TROUBLED);
    }
}
