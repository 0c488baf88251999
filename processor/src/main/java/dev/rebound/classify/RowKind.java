package dev.rebound.classify;

/** What a row of the code table is about, which its id tells. */
public enum RowKind {
    /** A status code: its id begins with a digit. */
    CODE,
    /** The words of replies: its id is a name, which begins with a letter. */
    TEXT_RULE,
    /** Who hosts receiving domains: its id is {@code mx:} and the suffix of mail hosts' names. */
    PROVIDER;

    /** The kind of the row with this id; what is no id, null included, is taken for a code. */
    public static RowKind of(String id) {
        if (ProviderRow.isId(id)) {
            return PROVIDER;
        }
        return TextRule.isId(id) ? TEXT_RULE : CODE;
    }
}
