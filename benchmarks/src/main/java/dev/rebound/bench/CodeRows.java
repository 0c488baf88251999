package dev.rebound.bench;

import dev.rebound.classify.Origin;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Code tables with more or fewer text rules than the one that ships. */
public final class CodeRows {

    private CodeRows() {}

    /** @param rules number of text rules; null: those that ship */
    static List<StatusCode> of(Integer rules) {
        if (rules == null) {
            return ShippedCodes.rows();
        }
        List<StatusCode> shipped =
                ShippedCodes.rows().stream().filter(CodeRows::isRule).toList();
        List<StatusCode> rows = new ArrayList<>(ShippedCodes.rows());
        rows.removeIf(CodeRows::isRule);
        Stream.concat(shipped.stream(), IntStream.range(0, rules).mapToObj(CodeRows::madeUp))
                .limit(rules)
                .forEach(rows::add);
        return rows;
    }

    private static boolean isRule(StatusCode row) {
        return row.getRevisions().stream().anyMatch(revision -> revision.getPhrases() != null);
    }

    /** A rule for words as rules have them, of letters that replies have, too; each number has its own. */
    public static StatusCode madeUp(int number) {
        String word = Integer.toString(number * 7919 + 46656, Character.MAX_RADIX);
        return new StatusCode(
                "made-up-" + number,
                Origin.OPERATOR.text(),
                List.of(StatusCodeRevision.newBuilder()
                        .setCategory("BLOCKED")
                        .setPhrases(
                                List.of("blocked by " + word, "user " + word + " _ unknown", "the " + word + " list"))
                        .build()));
    }
}
