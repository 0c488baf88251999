package dev.rebound.mail;

import java.util.List;
import java.util.Optional;

/** Reads the notices of one kind of mail system. Takes any text, does not throw, and takes time linear in its length. */
interface NoticeReader {

    /** Name of the reader, for reports and source references: lower case, such as {@code qmail}. */
    String name();

    /** The words by which the notice is known to be of this kind; empty when it is not. */
    Optional<String> mine(Notice notice);

    /**
     * What a notice of this kind tells of each recipient, in its order.
     *
     * @return empty when it cannot be read, and the next reader is to be asked
     */
    List<Told> told(Notice notice);
}
