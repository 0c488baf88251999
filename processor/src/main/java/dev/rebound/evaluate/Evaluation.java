package dev.rebound.evaluate;

import dev.rebound.schema.Classification;
import dev.rebound.schema.DeliveryEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How well a classifier does on labelled replies.
 *
 * <p>What matters most is {@code recipientGone}: of the recipients it calls gone, how many are (precision), and of those that
 * are gone, how many it finds (recall). Rows with a doubtful label, and rows that are no bounces, are counted aside.
 */
public final class Evaluation {

    private final Map<Fault, Map<Fault, Integer>> confusion = new EnumMap<>(Fault.class);
    private final Map<String, Integer> aside = new TreeMap<>();
    private final List<Miss> misses = new ArrayList<>();
    private int scored;
    private int unclassified;
    private final Map<String, CategoryCount> categories = new TreeMap<>();

    /**
     * A row that the classifier got wrong.
     *
     * @param id name of the row
     * @param expected whose trouble it is
     * @param found what the classifier said
     * @param category the category that it said
     * @param decidedBy layer and row that decided
     * @param reply the reply; the Status field where there is none
     */
    record Miss(String id, Fault expected, Fault found, String category, String decidedBy, String reply) {}

    /**
     * How often one category was met, of the rows whose label names a category.
     *
     * @param labelled rows that are of it
     * @param found rows that the classifier says are of it
     * @param right rows that are of it and found so
     */
    record CategoryCount(int labelled, int found, int right) {}

    private Evaluation() {}

    /**
     * Classifies every row of a file.
     *
     * @throws InvalidLabelsException when the file is not a table of labelled replies
     */
    public static Evaluation of(Path file, Function<DeliveryEvent, Classification> classifier)
            throws IOException, InvalidLabelsException {
        Evaluation evaluation = new Evaluation();
        for (LabelledReply reply : LabelledReplies.read(file)) {
            evaluation.add(reply, classifier);
        }
        return evaluation;
    }

    private void add(LabelledReply reply, Function<DeliveryEvent, Classification> classifier) {
        if (reply.aside() != null) {
            aside.merge(reply.aside(), 1, Integer::sum);
            return;
        }
        Classification classification = classifier.apply(reply.event());
        Fault found = Fault.of(classification);
        scored++;
        unclassified += found == Fault.UNKNOWN ? 1 : 0;
        confusion
                .computeIfAbsent(reply.fault(), fault -> new EnumMap<>(Fault.class))
                .merge(found, 1, Integer::sum);
        boolean right = isRight(reply, found);
        if (reply.category() != null) {
            boolean same = reply.category().equals(classification.getCategory());
            count(reply.category(), 1, 0, same ? 1 : 0);
            count(classification.getCategory(), 0, 1, 0);
            right &= same;
        }
        if (!right) {
            misses.add(new Miss(
                    reply.id(),
                    reply.fault(),
                    found,
                    classification.getCategory(),
                    classification.getLayer()
                            + (classification.getRule() == null ? "" : " " + classification.getRule()),
                    reply.event().getReply() == null
                            ? String.valueOf(reply.event().getStatus())
                            : reply.event().getReply()));
        }
    }

    private void count(String category, int labelled, int found, int right) {
        categories.merge(
                category,
                new CategoryCount(labelled, found, right),
                (a, b) -> new CategoryCount(a.labelled + b.labelled, a.found + b.found, a.right + b.right));
    }

    /** A label that names nobody is contradicted only by calling the recipient gone. */
    private static boolean isRight(LabelledReply reply, Fault found) {
        return reply.fault() == Fault.UNKNOWN ? found != Fault.GONE : reply.fault() == found;
    }

    /** Rows that count. */
    public int scored() {
        return scored;
    }

    /** Rows left out, by the reason. */
    Map<String, Integer> aside() {
        return aside;
    }

    /** Rows by what they are and what the classifier said. */
    Map<Fault, Map<Fault, Integer>> confusion() {
        return confusion;
    }

    /** How often each category was met, by its name; empty when no label names one. */
    Map<String, CategoryCount> categories() {
        return categories;
    }

    /** What went wrong, in the order of the file. */
    List<Miss> misses() {
        return misses;
    }

    /** Share of the recipients called gone that are gone; 1 when none was called so. */
    public double gonePrecision() {
        int called = confusion.values().stream()
                .mapToInt(found -> found.getOrDefault(Fault.GONE, 0))
                .sum();
        return called == 0 ? 1 : (double) count(Fault.GONE, Fault.GONE) / called;
    }

    /** Share of the gone recipients that are called gone; 1 when there are none. */
    public double goneRecall() {
        int gone = total(Fault.GONE);
        return gone == 0 ? 1 : (double) count(Fault.GONE, Fault.GONE) / gone;
    }

    /** Share of the rows with a labelled scope for which it is right; 1 when there are none. */
    public double scopeAccuracy() {
        int known = 0;
        int right = 0;
        for (Fault fault : Fault.values()) {
            known += fault == Fault.UNKNOWN ? 0 : total(fault);
            right += fault == Fault.UNKNOWN ? 0 : count(fault, fault);
        }
        return known == 0 ? 1 : (double) right / known;
    }

    /** Share of the rows with a labelled category for which it is right; NaN when no row has one. */
    public double categoryAccuracy() {
        int labelled =
                categories.values().stream().mapToInt(CategoryCount::labelled).sum();
        int right = categories.values().stream().mapToInt(CategoryCount::right).sum();
        return labelled == 0 ? Double.NaN : (double) right / labelled;
    }

    /** Share of the rows about which the classifier said nothing; 0 when there are none. */
    public double unknownShare() {
        return scored == 0 ? 0 : (double) unclassified / scored;
    }

    int count(Fault expected, Fault found) {
        return confusion.getOrDefault(expected, Map.of()).getOrDefault(found, 0);
    }

    private int total(Fault expected) {
        return confusion.getOrDefault(expected, Map.of()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }
}
