package dev.rebound.mail;

import dev.rebound.classify.ShippedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** All readers of notices in free text, in the order in which they are asked. */
final class NoticeReaders {

    private static final String TABLE = "/dev/rebound/mail/notices.tsv";
    private static final List<NoticeReader> ALL = all();

    private NoticeReaders() {}

    /** The readers; the one that takes nearly everything comes last. */
    static List<NoticeReader> inOrder() {
        return ALL;
    }

    private static List<NoticeReader> all() {
        List<NoticeReader> readers = new ArrayList<>();
        readers.add(new ReportFieldsReader());
        readers.add(new SesNotificationReader());
        for (Map<String, String> row : ShippedTable.at(TABLE).rows()) {
            readers.add(new PhraseReader(row.get("reader"), Pattern.compile(row.get("known_by"), Pattern.MULTILINE)));
        }
        readers.add(new GenericReader());
        return List.copyOf(readers);
    }
}
