package dev.rebound.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The receiving domains, busiest first. Their traffic follows Zipf's law: the domain of rank r, counted from 1, has a share in
 * proportion to 1 / r^{@value #EXPONENT}, which gives the first a third of all.
 */
final class Receivers {

    static final int COUNT = 2_000;
    static final double EXPONENT = 1.4;

    /** The provider that incidents befall. Invented, so that no real one is said to have had them. */
    static final String TROUBLED = "bigpost.example";

    /** How many recipients there are in all, unless a user of this class wants another number. */
    static final int RECIPIENTS = 2_000_000;

    private static final int FEWEST_RECIPIENTS = 50;

    /** Domain, style, host name. The hosts have the suffixes by which {@code providers.tsv} knows the provider. */
    private static final String[][] BIG = {
        {"gmail.com", "google", "mx.google.com"},
        {"hotmail.com", "microsoft", "mx.outlook.com"},
        {TROUBLED, Replies.ANY_STYLE, "mx1.bigpost.example"},
        {"yahoo.com", "yahoo", "mta.yahoodns.net"},
        {"outlook.com", "microsoft", "mx.outlook.com"},
        {"icloud.com", "apple", "mx.icloud.com"},
        {"gmx.de", "gmx", "mx.gmx.net"},
        {"web.de", "gmx", "mx.web.de"},
        {"aol.com", "yahoo", "mta.yahoodns.net"},
        {"orange.fr", "orange", "smtp-in.orange.fr"},
        {"qq.com", "qq", "mx.qq.com"},
        {"comcast.net", "comcast", "mx.comcast.net"},
        {"t-online.de", "tonline", "mx.t-online.de"},
        {"libero.it", "libero", "smtp-in.libero.it"},
        {"yahoo.co.jp", "yahoojp", "mx.yahoo.co.jp"},
        {"wp.pl", "wp", "mx.wp.pl"},
        {"free.fr", "free", "mx.free.fr"},
        {"naver.com", "naver", "mx.naver.com"},
        {"seznam.cz", "seznam", "mx.seznam.cz"},
        {"ukr.net", "ukrnet", "mx.ukr.net"},
        {"bücher.example", Replies.ANY_STYLE, "mx.xn--bcher-kva.example"},
    };

    private final List<Receiver> byRank = new ArrayList<>(COUNT);

    /** Share of the ranks up to each, in parts of {@link Long#MAX_VALUE}. */
    private final long[] shareUpTo = new long[COUNT];

    /** @param recipients how many there are in all; few more are made, so that each domain has some */
    Receivers(int recipients) {
        int fewest = Math.max(1, (int) ((long) FEWEST_RECIPIENTS * recipients / RECIPIENTS));
        double sum = 0;
        for (int rank = 0; rank < COUNT; rank++) {
            sum += weight(rank);
        }
        double upTo = 0;
        for (int rank = 0; rank < COUNT; rank++) {
            double share = weight(rank) / sum;
            upTo += share;
            shareUpTo[rank] = (long) (Math.min(1, upTo) * Long.MAX_VALUE);
            byRank.add(receiver(rank, Math.max(fewest, (int) (recipients * share))));
        }
        shareUpTo[COUNT - 1] = Long.MAX_VALUE;
    }

    /** StrictMath gives the same result everywhere. */
    private static double weight(int rank) {
        return 1 / StrictMath.pow(rank + 1.0, EXPONENT);
    }

    private static Receiver receiver(int rank, int population) {
        if (rank < BIG.length) {
            String[] big = BIG[rank];
            return new Receiver(rank, big[0], big[1], big[2], address(rank), population);
        }
        String name = "d" + (rank + 1);
        String domain = name + ".example";
        return switch (rank % 5) {
            case 0 -> new Receiver(rank, domain, "google", "mx.google.com", address(0), population);
            case 1 ->
                new Receiver(rank, domain, "microsoft", name + "-example.mail.outlook.com", address(1), population);
            default -> new Receiver(rank, domain, Replies.ANY_STYLE, "mx." + domain, address(rank), population);
        };
    }

    private static String address(int rank) {
        return rank % 7 == 3 ? "2001:db8::" + Integer.toHexString(rank) : "198.51.100." + (rank % 254 + 1);
    }

    /** A receiver by its share. */
    Receiver pick(Random random) {
        long point = random.nextLong() >>> 1;
        int low = 0;
        int high = COUNT - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (point <= shareUpTo[middle]) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return byRank.get(low);
    }

    /** A domain that does not exist, as slips of the pen give. */
    Receiver missing(Random random) {
        return noHost("missing" + random.nextInt(COUNT) + ".example");
    }

    /** A domain that takes no mail. */
    Receiver refusing(Random random) {
        return noHost("nomail" + random.nextInt(100) + ".example");
    }

    private static Receiver noHost(String domain) {
        return new Receiver(COUNT, domain, Replies.ANY_STYLE, null, null, FEWEST_RECIPIENTS);
    }
}
