package dev.rebound.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;

/** Reads rows wherever they are: here, at the instance that processes them, or from a copy, in this order. */
final class RoutedRows {

    private final ClusterView view;
    private final LocalRows local;
    private final Peers peers;

    RoutedRows(ClusterView view, LocalRows local, Peers peers) {
        this.view = view;
        this.local = local;
        this.peers = peers;
    }

    /** Number of partitions. @throws UnavailableException while it is not known */
    int partitions() {
        return view.partitions();
    }

    /**
     * The best answer that can be had.
     *
     * @param copies a copy will do where the instance that processes the partition does not answer
     * @throws UnavailableException when nobody answers
     */
    Answer answer(Question question, boolean copies) {
        Optional<Answer> here = local.answer(question, false);
        if (here.isPresent()) {
            return here.get();
        }
        ClusterView.Others others = view.others(local.store(question), question.partition());
        List<String> refusals = new ArrayList<>();
        if (others.active().isPresent()) {
            Optional<Answer> answer = ask(others.active().get(), question, copies, refusals);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        if (copies) {
            Optional<Answer> copy = local.answer(question, true);
            if (copy.isPresent()) {
                return copy.get();
            }
        }
        for (HostInfo standby : others.standbys()) {
            Optional<Answer> answer = ask(standby, question, copies, refusals);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        throw UnavailableException.nobodyHolds(
                question.partition(),
                refusals.isEmpty()
                        ? "it is being moved, or the instance that has it does not say where it can be asked:"
                                + " application.server must differ between instances"
                        : String.join("; ", refusals));
    }

    private Optional<Answer> ask(HostInfo instance, Question question, boolean copies, List<String> refusals) {
        try {
            return Optional.of(peers.ask(instance, question, copies));
        } catch (Peers.PeerException e) {
            refusals.add(instance.host() + ":" + instance.port() + ": " + e.getMessage());
            return Optional.empty();
        }
    }
}
