package dev.rebound.mail;

import java.util.List;

/** Reads the notices of one kind of mail system. Takes any text, does not throw, and takes time linear in its length. */
interface NoticeReader {

    /** Name of the reader, for reports and source references: lower case, such as {@code qmail}. */
    String name();

    /**
     * What the notice tells of each recipient, in its order.
     *
     * @return empty when the notice is not of this kind
     */
    List<Told> read(Notice notice);
}
