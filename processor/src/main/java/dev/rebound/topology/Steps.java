package dev.rebound.topology;

/**
 * Names of steps, stores and internal topics. They end up in changelog topics, metrics and pictures: renaming a store or
 * a repartition topic is a migration of the state that running instances hold.
 */
final class Steps {

    static final String READ_EVENTS = "read-delivery-events";
    static final String DECODE = "decode";
    static final String DECODE_DEAD = "decode-dead";
    static final String MISPLACED = "misplaced";
    static final String REKEY = "rekey";
    static final String DECODE_REKEYED = "decode-rekeyed";
    static final String DECODE_REKEYED_DEAD = "decode-rekeyed-dead";
    static final String JOIN_REKEYED = "join-rekeyed";
    static final String CLASSIFY = "classify";
    static final String CLASSIFY_DEAD = "classify-dead";
    static final String FOLD = "fold-events";
    static final String SUMS_REPARTITION = "statistics-sums";
    static final String ADD_UP = "add-up-statistics";
    static final String READ_COMMANDS = "read-suppression-commands";
    static final String DECODE_COMMANDS = "decode-commands";
    static final String DECODE_COMMANDS_DEAD = "decode-commands-dead";
    static final String MISPLACED_COMMANDS = "misplaced-commands";
    static final String REKEY_COMMANDS = "rekey-commands";
    static final String DECODE_REKEYED_COMMANDS = "decode-rekeyed-commands";
    static final String DECODE_REKEYED_COMMANDS_DEAD = "decode-rekeyed-commands-dead";
    static final String JOIN_REKEYED_COMMANDS = "join-rekeyed-commands";
    static final String JOIN_COMMANDS = "join-commands";
    static final String SUPPRESS = "suppress";
    static final String WRITE = "write-";
    static final String CODE_TABLE = "status-codes";

    static final String FOLD_JOURNAL = "statistics-fold-journal";
    static final String ROLL_UP_JOURNAL = "statistics-roll-up-journal";
    static final String LAID_AWAY_STORE = "statistics-laid-away";
    static final String DOMAINS_OF_DAY_STORE = "statistics-domains-of-day";
    static final String ADDRESS_STORE = "suppression-by-address";
    static final String DUE_STORE = "suppression-due";
    static final String CODE_TABLE_STORE = "status-codes-rows";

    private Steps() {}
}
