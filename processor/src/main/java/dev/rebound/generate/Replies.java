package dev.rebound.generate;

import dev.rebound.classify.ShippedTable;
import dev.rebound.schema.Outcome;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** The answers of all servers. */
final class Replies {

    /** The style of servers that have none of their own. */
    static final String ANY_STYLE = "any";

    private static final String FOLDER = "/dev/rebound/generate/";
    private static final Map<Cause, Map<String, List<Reply>>> BY_CAUSE = load();
    private static final List<SeedReply> SEED = loadSeed();

    private Replies() {}

    /**
     * An answer that one code of the seed decides.
     *
     * @param outcome what becomes of the attempt
     */
    record SeedReply(Outcome outcome, Reply reply) {}

    /**
     * An answer for a cause, as servers of that style give it.
     *
     * @param style the provider; others than those that the table has answer like any server
     */
    static Reply pick(Cause cause, String style, Random random) {
        Map<String, List<Reply>> styles = BY_CAUSE.get(cause);
        List<Reply> replies = styles.get(style);
        if (replies == null) {
            replies = styles.get(ANY_STYLE);
        }
        return replies.size() == 1 ? replies.get(0) : replies.get(random.nextInt(replies.size()));
    }

    /** The answer for a cause that has just one. */
    static Reply only(Cause cause) {
        return BY_CAUSE.get(cause).get(ANY_STYLE).get(0);
    }

    /** An answer for each of the seed's codes, in the order of the seed. */
    static List<SeedReply> seed() {
        return SEED;
    }

    private static Map<Cause, Map<String, List<Reply>>> load() {
        Map<Cause, Map<String, List<Reply>>> replies = new EnumMap<>(Cause.class);
        for (Map<String, String> row : ShippedTable.at(FOLDER + "replies.tsv").rows()) {
            replies.computeIfAbsent(Cause.valueOf(row.get("cause")), cause -> new HashMap<>())
                    .merge(row.get("style"), List.of(reply(row, row.get("status"))), Replies::joined);
        }
        return replies;
    }

    private static List<SeedReply> loadSeed() {
        return ShippedTable.at(FOLDER + "seed-replies.tsv").rows().stream()
                .map(row -> new SeedReply(Outcome.valueOf(row.get("outcome")), reply(row, "")))
                .toList();
    }

    private static Reply reply(Map<String, String> row, String status) {
        return Reply.of(row.get("command"), row.get("source"), status, row.get("reply"));
    }

    private static List<Reply> joined(List<Reply> some, List<Reply> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
