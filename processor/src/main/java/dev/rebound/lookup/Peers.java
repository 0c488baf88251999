package dev.rebound.lookup;

import org.apache.kafka.streams.state.HostInfo;

/** The other instances. */
interface Peers {

    /**
     * The answer of another instance, from what it holds itself.
     *
     * @param copies a copy will do
     * @throws PeerException when it does not answer in time, does not hold the partition, or refuses
     * @throws UnavailableException when no instance could answer, because too much is asked for
     */
    Answer ask(HostInfo instance, Question question, boolean copies) throws PeerException;

    /** An instance did not answer. */
    final class PeerException extends Exception {

        private static final long serialVersionUID = 1L;

        /** @param message why; without addresses of recipients */
        PeerException(String message) {
            super(message);
        }
    }
}
