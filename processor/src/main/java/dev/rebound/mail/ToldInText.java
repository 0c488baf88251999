package dev.rebound.mail;

import dev.rebound.classify.SmtpCommand;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.ReplySource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a notice tells, whoever wrote it: recipients and reasons are where {@link RecipientLines} finds them. */
final class ToldInText {

    private static final Pattern HOST = Pattern.compile(
            "(?i)(?:\\bhost:?|\\bserver:?|talking to|remote-mta:?|remote system: dns;|connect(?:ed|ing)? to|\\bby|<<<)\\s+<?([A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\\.[A-Za-z0-9-]{1,63}){1,8})>?(?=[\\s\\[(:,.]|$)");

    private static final Pattern HOST_IN_FRONT = Pattern.compile(
            "(?m)^([A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\\.[A-Za-z0-9-]{1,63}){1,8})(?: \\[[0-9A-Fa-f.:]{3,45}\\])?:? (?:does not like|did not like|failed|said|rejected|gave this error)");

    private static final Pattern SAID_BY_SERVER = Pattern.compile(
            "(?i)(?:said|responded|response|returned|<<<|smtp error from remote|server (?:returned|replied)|reply was|gave this error)|(?m)^\\s*[45]\\d\\d[ -]");

    /** Exim's and Postfix's words for an address that an alias or a forwarding made of the one that was mailed. */
    private static final Pattern MADE_FROM = Pattern.compile("(?:generated|expanded) from:? <?(?=\\S{1,300}@)");

    private ToldInText() {}

    /** What any notice tells that is taken for one. */
    static List<Told> in(Notice notice) {
        String text = notice.text();
        Outcome outcome = FailureWords.verdict(notice.subject(), text);
        Map<String, String> found = new RecipientLines(notice).find(named(notice));
        if (found.isEmpty()) {
            Optional<String> returned =
                    AboutAll.of(notice.header(), notice.returned()).mailedTo();
            String all = cut(text.strip());
            return List.of(told(returned.orElse(null), outcome, all));
        }
        List<Told> told = new ArrayList<>();
        found.forEach((recipient, said) ->
                told.add(told(recipient, found.size() == 1 ? outcome : FailureWords.verdictOf(said, outcome), said)));
        return told;
    }

    private static List<String> named(Notice notice) {
        return notice.header()
                .first("X-Failed-Recipients")
                .map(MailAddresses::all)
                .orElse(List.of());
    }

    private static Told told(String recipient, Outcome outcome, String said) {
        String reply = said.isBlank() ? null : said;
        Optional<String> mailed = madeFrom(said);
        return new Told(
                mailed.orElse(recipient),
                mailed.isPresent() ? recipient : null,
                outcome,
                null,
                reply,
                reply == null
                        ? ReplySource.UNKNOWN
                        : SAID_BY_SERVER.matcher(reply).find() ? ReplySource.REMOTE : ReplySource.LOCAL,
                reply == null ? null : host(reply),
                reply == null ? null : SmtpCommand.of(null, reply));
    }

    private static Optional<String> madeFrom(String said) {
        Matcher made = MADE_FROM.matcher(said);
        return made.find()
                ? MailAddresses.all(said.substring(made.end(), Math.min(said.length(), made.end() + 300))).stream()
                        .findFirst()
                : Optional.empty();
    }

    private static String host(String reply) {
        Matcher front = HOST_IN_FRONT.matcher(reply);
        if (front.find()) {
            return front.group(1);
        }
        Matcher host = HOST.matcher(reply);
        return host.find() ? host.group(1) : null;
    }

    private static String cut(String text) {
        int most = 8_000;
        return text.length() <= most ? text : text.substring(0, most);
    }
}
