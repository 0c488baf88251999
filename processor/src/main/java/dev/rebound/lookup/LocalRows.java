package dev.rebound.lookup;

import java.util.Optional;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Answers from the rows that this instance holds. */
final class LocalRows {

    private final ClusterView view;
    private final Reader reader;

    LocalRows(ClusterView view, Reader reader) {
        this.view = view;
        this.reader = reader;
    }

    /** Knows how a question is answered from a store. */
    interface Reader {

        /** Name of the store that the question is about. */
        String store(Question question);

        /** The answer of a partition's rows, current as they are. */
        Answer read(Question question, ReadOnlyKeyValueStore<byte[], byte[]> rows);
    }

    /** Name of the store that a question is about. */
    String store(Question question) {
        return reader.store(question);
    }

    /**
     * The answer of this instance; empty when it does not hold the partition.
     *
     * @param copies a copy will do
     * @throws UnavailableException when this instance is not ready
     */
    Optional<Answer> answer(Question question, boolean copies) {
        try {
            return Optional.of(reader.read(question, view.rows(store(question), question.partition(), false)));
        } catch (InvalidStateStoreException notProcessedHere) {
            return copies ? fromCopy(question) : Optional.empty();
        }
    }

    private Optional<Answer> fromCopy(Question question) {
        try {
            // Finding out the lag takes time, which is not spent on what is not here.
            Answer answer = reader.read(question, view.rows(store(question), question.partition(), true));
            Staleness staleness = view.staleness(store(question), question.partition());
            return Optional.of(new Answer(answer.rows(), answer.next(), Optional.of(staleness)));
        } catch (InvalidStateStoreException notHere) {
            return Optional.empty();
        }
    }
}
