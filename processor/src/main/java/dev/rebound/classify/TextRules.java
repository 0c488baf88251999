package dev.rebound.classify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All rules about texts, compiled so that one pass over a reply finds what any of them looks for. Of several that match, a rule
 * for the receiving provider goes before one for any, then the one with the longest phrase, then the one with the most conditions,
 * then the one whose id comes first.
 * Immutable.
 */
final class TextRules {

    private static final Comparator<Match> BEST_FIRST = Comparator.comparing(
                    (Match match) -> match.rule().provider() == null)
            .thenComparing(
                    Comparator.comparingInt((Match match) -> match.phrase().weight())
                            .reversed())
            .thenComparing(
                    Comparator.comparingInt((Match match) -> match.rule().when().count())
                            .reversed())
            .thenComparing(match -> match.rule().id());

    /**
     * A rule that matches.
     *
     * @param rule the rule
     * @param phrase the heaviest of its phrases that was found
     */
    record Match(TextRule rule, Phrase phrase) {}

    private final List<Step> steps = new ArrayList<>();
    /** Numbers of the steps that wait for a piece, by the number of the piece. */
    private final int[][] stepsOfPiece;

    private final PhraseIndex index;
    private final ThreadLocal<Progress> progress;

    /**
     * A piece in its phrase.
     *
     * @param rule the phrase's rule
     * @param phrase the phrase
     * @param previous number of the step before; -1 for the first
     * @param last no further piece follows
     */
    private record Step(TextRule rule, Phrase phrase, int previous, boolean last) {}

    /** How far each phrase has come in the text at hand. Kept for the next one, so that a search makes no large objects. */
    private static final class Progress {
        private final int[] end;
        private final int[] reachedIn;
        private int text;

        Progress(int steps) {
            end = new int[steps];
            reachedIn = new int[steps];
        }
    }

    private TextRules(Collection<TextRule> rules) {
        Map<String, List<Integer>> waiting = new LinkedHashMap<>();
        for (TextRule rule : rules) {
            for (Phrase phrase : rule.phrases()) {
                for (int i = 0; i < phrase.pieces().size(); i++) {
                    waiting.computeIfAbsent(phrase.pieces().get(i), piece -> new ArrayList<>())
                            .add(steps.size());
                    boolean last = i == phrase.pieces().size() - 1;
                    steps.add(new Step(rule, phrase, i == 0 ? -1 : steps.size() - 1, last));
                }
            }
        }
        index = PhraseIndex.of(List.copyOf(waiting.keySet()));
        // Later pieces of a phrase first: a place that ends one piece must not begin the next with itself.
        stepsOfPiece = waiting.values().stream()
                .map(numbers -> numbers.stream()
                        .sorted(Comparator.reverseOrder())
                        .mapToInt(Integer::intValue)
                        .toArray())
                .toArray(int[][]::new);
        progress = ThreadLocal.withInitial(() -> new Progress(steps.size()));
    }

    /** Compiles rules; there may be none. */
    static TextRules of(Collection<TextRule> rules) {
        return new TextRules(rules);
    }

    /**
     * The rules that match, the best first.
     *
     * @param reply as it came; null matches nothing
     * @param codes what the reply's codes were settled to
     * @param provider host of the receiving domain; null when it is not known
     * @param smtpCommand command that was refused; null when it is not known
     */
    List<Match> matching(String reply, Codes codes, String provider, String smtpCommand) {
        if (reply == null || reply.isEmpty() || steps.isEmpty()) {
            return List.of();
        }
        String text = FoldedText.of(reply);
        Progress reached = progress.get();
        reached.text++;
        List<Match> matches = new ArrayList<>(4);
        index.search(text, (piece, start, end) -> {
            if (Phrase.isAtWords(text, start, end)) {
                advance(reached, piece, start, end, matches);
            }
        });
        matches.removeIf(match -> !isFor(match.rule(), codes, provider, smtpCommand));
        matches.sort(BEST_FIRST);
        return matches;
    }

    private void advance(Progress reached, int piece, int start, int end, List<Match> matches) {
        for (int number : stepsOfPiece[piece]) {
            Step step = steps.get(number);
            if (step.previous() >= 0 && !follows(reached, step.previous(), start)) {
                continue;
            }
            boolean first = reached.reachedIn[number] != reached.text;
            reached.end[number] = end;
            reached.reachedIn[number] = reached.text;
            if (first && step.last()) {
                note(matches, step);
            }
        }
    }

    private static boolean follows(Progress reached, int previous, int start) {
        return reached.reachedIn[previous] == reached.text
                && start >= reached.end[previous]
                && start - reached.end[previous] <= Phrase.LONGEST_GAP;
    }

    /** Of a rule's phrases the heaviest is kept. */
    private static void note(List<Match> matches, Step step) {
        for (int i = 0; i < matches.size(); i++) {
            Match noted = matches.get(i);
            if (noted.rule() == step.rule()) {
                if (step.phrase().weight() > noted.phrase().weight()) {
                    matches.set(i, new Match(step.rule(), step.phrase()));
                }
                return;
            }
        }
        matches.add(new Match(step.rule(), step.phrase()));
    }

    private static boolean isFor(TextRule rule, Codes codes, String provider, String smtpCommand) {
        return (rule.provider() == null || rule.provider().equals(provider))
                && rule.when().hold(codes, smtpCommand);
    }
}
