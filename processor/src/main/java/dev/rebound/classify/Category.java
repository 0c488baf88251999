package dev.rebound.classify;

import dev.rebound.schema.Scope;

/**
 * Why mail came back: one row of the closed taxonomy in {@code categories.tsv}.
 *
 * @param name upper case, as it stands in events, such as {@code BAD_MAILBOX}
 * @param scope whose trouble it is; no code and no rule can say otherwise
 * @param gone whether the recipient will accept mail again
 * @param meaning what the category says, one or two sentences
 * @param whatToDo what the sender should do about it
 */
public record Category(String name, Scope scope, RecipientGone gone, String meaning, String whatToDo) {

    /** When a category says that the address will not accept mail again. */
    public enum RecipientGone {
        /** By its meaning. */
        ALWAYS,
        /** Only where the text of the reply says so. */
        BY_TEXT,
        /** Never, whatever the text. */
        NEVER
    }
}
