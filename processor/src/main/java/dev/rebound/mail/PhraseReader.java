package dev.rebound.mail;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads notices of a mail system that is known by its words. */
final class PhraseReader implements NoticeReader {

    /** Senders whom nobody answers for, and list managers. */
    private static final Pattern NOBODY = Pattern.compile("(?i)\\bno[-_.]?reply@|[a-z0-9]-admin@|majordomo@|listserv@");

    private final String name;
    private final Pattern mine;

    /**
     * A reader.
     *
     * @param mine found in a notice of this kind: in its {@code From}, {@code Subject} or text, which are one text with a line each
     *     for the first two
     */
    PhraseReader(String name, Pattern mine) {
        this.name = name;
        this.mine = mine;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<String> mine(Notice notice) {
        String from = notice.header().first("From").orElse("");
        if (!mayBeNotice(notice, from)) {
            return Optional.empty();
        }
        Matcher found = mine.matcher("From: " + from + "\nSubject: " + notice.subject() + "\n" + notice.text());
        return found.find() ? Optional.of("the words \"" + found.group().strip() + "\"") : Optional.empty();
    }

    /** People name mail systems too, and tell each other of bounces; newsletters do, and are mailings. */
    private static boolean mayBeNotice(Notice notice, String from) {
        return notice.header().has("X-Failed-Recipients")
                || notice.isFromMailSystem()
                || notice.hasNullPath()
                || notice.quotesMailSystem()
                || NOBODY.matcher(from).find() && !notice.header().has("List-Unsubscribe");
    }

    @Override
    public List<Told> told(Notice notice) {
        return ToldInText.in(notice);
    }
}
