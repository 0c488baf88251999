package dev.rebound.mail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds in a notice whom it is about, and what it says of each. Addresses are looked for in five kinds of places, the surest
 * first, and only the first kind that has any counts: alone at the begin of a line; behind a label such as {@code Recipient:}; behind {@code To:}; behind words
 * such as "deliver your message to"; anywhere. Whom the notice went to, and who sent the message, is not looked for.
 */
final class RecipientLines {

    private static final int MOST_LINES = 60;
    /** The first kind of place that is in running text. */
    private static final int PROSE = 3;

    private static final int MOST_REPLY = 8_000;

    /** More are in no notice that mail systems write; the work for each grows with the text. */
    static final int MOST_RECIPIENTS = 1_000;

    /** Bullets, quotation marks and brackets that stand in front of an address which begins a line. */
    private static final Pattern LEAD = Pattern.compile("[\\s>*•·#+-]*(?:>>>|->|=>)?\\s*[<\"'(\\[]*");

    /** What may stand behind it there. */
    private static final Pattern BEHIND = Pattern.compile(
            "[>\"')\\]]*\\s*(?:$|[:;,.(\\[<]|\\.\\.\\.|-{1,2}\\s|on \\d|\\t|\\s{2,}|=>|[45]\\d\\d|does not|is not|was not|could not|user|unknown|no such|not known).*");

    private static final Pattern LABEL = Pattern.compile("(?i)[\\s>*#-]*(?:"
            + "(?:failed |original |final |intended |undeliverable |affected |rejected |unknown )?(?:recipients?|addressee|rcpt|user|address|mailbox|destination|e-?mail)(?: address(?:es)?)?(?:\\(s\\))?"
            + "|rcpt to|error for|failed|final-recipient|original-recipient|x-failed-recipients|empfänger|destinataire|destinatario|destinatário|odbiorca|получатель|宛先|あて先|收件人|收件者|받는 사람|수신자"
            + ")\\s*[:=：]\\s*.*");

    /** Also a field of the message that came back, so that the other labels are surer. */
    private static final Pattern TO = Pattern.compile("(?i)[\\s>*#-]*(?:to|for|an|à|para|aan|do|кому)\\s*:\\s*.*");

    private static final Pattern WORDS_BEFORE = Pattern.compile("(?i)(?:"
            + "\\b(?:deliver(?:ed|ing)?|send|sent|relay|reach(?:ed)?|mail|message|e-?mail|undeliverable|transmit(?:ted)?|forward(?:ed)?|rejected|returned|bounced)\\b.{0,60}?\\b(?:to|for|recipients?|by|address|user|mailbox)"
            + "|\\b(?:recipients?|user|mailbox|address|account|addressee|list|unknown user|invalid (?:final delivery )?userid|attempts|rcpt to)"
            + "|\\bto|\\bfor|\\ban|\\bà|\\bal?|\\bpara|\\baan|\\bdo|宛|给|至"
            + ")\\s*[:=]?\\s*[<\"'(\\[]*");

    private static final Pattern NOT_ABOUT_RECIPIENTS = Pattern.compile(
            "(?i)\\s*(?:message-id|from|sender|return-path|reply-to|original sender|in-reply-to|references|please (?:contact|send|forward)|for (?:further )?(?:assistance|help|information)|contact|if you|questions?|mailto:|http).*");

    private static final Pattern CODE =
            Pattern.compile("(?<![\\d.])[45]\\d\\d(?:[ :-]|$)|(?<![\\d.])[245]\\.\\d{1,3}\\.\\d{1,3}(?![.\\d])|<<<");

    private static final Pattern REPLY_LINE = Pattern.compile("\\s*(?:<<<\\s*)?[45]\\d\\d[ :-].*");

    private static final Pattern RCPT_LINE = Pattern.compile("(?i)>>> rcpt|rcpt to:");

    private final List<String> lines;
    /** Lines of a session: commands about a recipient, and replies. */
    private final List<String> transcript;

    private final Set<String> own = new TreeSet<>();

    RecipientLines(Notice notice) {
        this.lines = notice.lines();
        this.transcript = lines.stream()
                .filter(line -> RCPT_LINE.matcher(line).find()
                        || REPLY_LINE.matcher(line).matches())
                .toList();
        for (String name :
                List.of("To", "Delivered-To", "X-Original-To", "Envelope-To", "From", "Return-Path", "Reply-To")) {
            addOwn(notice.header().first(name));
        }
        notice.returned().ifPresent(returned -> {
            for (String name : List.of("From", "Return-Path", "Sender", "Reply-To", "Errors-To")) {
                addOwn(returned.first(name));
            }
        });
    }

    private void addOwn(Optional<String> field) {
        field.ifPresent(
                value -> MailAddresses.all(value).forEach(address -> own.add(address.toLowerCase(Locale.ROOT))));
    }

    /**
     * Recipients in the order of the text, with what is said of each.
     *
     * @param named recipients that are known by name already, such as from {@code X-Failed-Recipients}; may be empty
     */
    Map<String, String> find(List<String> named) {
        Map<String, Integer> places = named.isEmpty() ? places() : placesOf(named);
        Map<String, String> found = new LinkedHashMap<>();
        Set<Integer> taken = Set.copyOf(places.values());
        boolean only = places.size() == 1;
        places.forEach((address, line) -> found.put(address, said(address, line, taken, only)));
        return found;
    }

    private Map<String, Integer> placesOf(List<String> named) {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (String address : named.subList(0, Math.min(named.size(), MOST_RECIPIENTS))) {
            int place = -1;
            for (int i = 0; i < lines.size() && place < 0; i++) {
                if (lines.get(i).regionMatches(true, indent(lines.get(i)), address, 0, address.length())) {
                    place = i;
                }
            }
            places.put(address, place);
        }
        return places;
    }

    private static int indent(String line) {
        Matcher lead = LEAD.matcher(line);
        return lead.lookingAt() ? lead.end() : 0;
    }

    private Map<String, Integer> places() {
        List<Map<String, Integer>> kinds = List.of(
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>());
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.indexOf('@') < 0) {
                continue;
            }
            boolean to = TO.matcher(line).matches();
            boolean label = to || LABEL.matcher(line).matches();
            boolean about = label || !NOT_ABOUT_RECIPIENTS.matcher(line).matches();
            Matcher address = MailAddresses.in(line);
            while (about && address.find() && kinds.get(0).size() + kinds.get(1).size() < MOST_RECIPIENTS) {
                if (!ReportedAddress.isUsable(address.group())) {
                    continue;
                }
                int kind = to ? 2 : kind(line, address, label);
                if (kinds.get(kind).size() < MOST_RECIPIENTS) {
                    kinds.get(kind).putIfAbsent(known(kinds.get(kind), address.group()), i);
                }
            }
        }
        Map<String, Integer> prose = prose(kinds);
        for (int kind = 0; kind < kinds.size(); kind++) {
            Map<String, Integer> others = withoutOwn(kinds.get(kind));
            if (!others.isEmpty()) {
                return kind < PROSE && (kinds.get(PROSE).isEmpty() || !isBelow(prose, others)) ? others : prose;
            }
        }
        // A mail that its own sender could not get.
        return kinds.get(0).isEmpty() ? kinds.get(1) : kinds.get(0);
    }

    /** Further down, prose names whom to ask for help. */
    private Map<String, Integer> prose(List<Map<String, Integer>> kinds) {
        Map<String, Integer> prose = withoutOwn(kinds.get(PROSE));
        Map<String, Integer> there = prose.isEmpty() ? withoutOwn(kinds.get(PROSE + 1)) : prose;
        if (!there.isEmpty()) {
            int first = there.values().iterator().next();
            there.values().removeIf(line -> line != first);
        }
        return there;
    }

    /** A single address below a sentence that names another: a signature of those who run the mail system. */
    private static boolean isBelow(Map<String, Integer> prose, Map<String, Integer> others) {
        return others.size() == 1
                && !prose.isEmpty()
                && prose.keySet().stream()
                        .noneMatch(one -> others.keySet().stream().anyMatch(one::equalsIgnoreCase))
                && prose.values().iterator().next() < others.values().iterator().next();
    }

    /** The same address in other letters is the same recipient. */
    private static String known(Map<String, Integer> places, String address) {
        return places.keySet().stream()
                .filter(address::equalsIgnoreCase)
                .findFirst()
                .orElse(address);
    }

    private static int kind(String line, Matcher address, boolean label) {
        Matcher lead = LEAD.matcher(line);
        boolean first = lead.lookingAt() && lead.end() == address.start();
        if (first
                && BEHIND.matcher(line.substring(address.end()).toLowerCase(Locale.ROOT))
                        .matches()) {
            return 0;
        }
        if (label) {
            return 1;
        }
        String before = line.substring(Math.max(0, address.start() - 120), address.start());
        Matcher words = WORDS_BEFORE.matcher(before);
        int end = -1;
        while (words.find()) {
            end = words.end();
        }
        return end == before.length() ? PROSE : PROSE + 1;
    }

    private Map<String, Integer> withoutOwn(Map<String, Integer> places) {
        Map<String, Integer> others = new LinkedHashMap<>(places);
        others.keySet()
                .removeIf(address ->
                        own.contains(address.toLowerCase(Locale.ROOT)) || MailAddresses.isOfMailSystem(address));
        return others;
    }

    /** What the notice says of a recipient: behind the address, in the paragraphs that follow, or else in a transcript elsewhere. */
    private String said(String address, int place, Set<Integer> places, boolean only) {
        List<String> text = new ArrayList<>();
        if (place >= 0) {
            String line = lines.get(place);
            int at = line.toLowerCase(Locale.ROOT).indexOf(address.toLowerCase(Locale.ROOT));
            String rest = line.substring(Math.min(line.length(), at + address.length()))
                    .replaceFirst("^[>\"')\\]:;,.\\s]+", "");
            addIfText(text, at <= indent(line) ? rest : line.strip());
            boolean coded = CODE.matcher(rest).find();
            boolean prose = at > indent(line) && !LABEL.matcher(line).matches();
            for (int i = place + 1; i < lines.size() && i < place + MOST_LINES; i++) {
                if (places.contains(i)) {
                    break;
                }
                if (lines.get(i).isBlank()) {
                    if (coded || says(text) && !prose && !isCoded(i + 1, places)) {
                        break;
                    }
                    continue;
                }
                // A sentence that names the recipient is followed by a paragraph that tells why.
                prose &= !lines.get(i - 1).isBlank();
                addIfText(text, lines.get(i).strip());
                coded |= CODE.matcher(lines.get(i)).find();
            }
        }
        if (text.stream().noneMatch(line -> CODE.matcher(line).find())) {
            text.addAll(transcript(address, only));
        }
        if (text.isEmpty() && only) {
            lines.stream()
                    .filter(line -> !line.isBlank())
                    .limit(MOST_LINES)
                    .forEach(line -> addIfText(text, line.strip()));
        }
        String said = String.join("\n", text);
        return said.length() <= MOST_REPLY ? said : said.substring(0, MOST_REPLY);
    }

    /** Something else than the title of what comes next. */
    private static boolean says(List<String> text) {
        return text.stream().anyMatch(line -> !line.endsWith(":") && line.indexOf(' ') > 0);
    }

    /** The paragraph that begins here, or behind more blank lines, has a code, and is about no other recipient. */
    private boolean isCoded(int from, Set<Integer> places) {
        boolean begun = false;
        for (int i = from; i < lines.size() && i < from + MOST_LINES; i++) {
            if (places.contains(i) || begun && lines.get(i).isBlank()) {
                return false;
            }
            begun |= !lines.get(i).isBlank();
            if (CODE.matcher(lines.get(i)).find()) {
                return true;
            }
        }
        return false;
    }

    private static void addIfText(List<String> text, String line) {
        if (line.codePoints().anyMatch(Character::isLetterOrDigit)) {
            text.add(line);
        }
    }

    /** Replies in a transcript of the session: those that name the recipient, or any when there is only one. */
    private List<String> transcript(String address, boolean only) {
        List<String> replies = new ArrayList<>();
        String lower = address.toLowerCase(Locale.ROOT);
        boolean about = only;
        for (String line : transcript) {
            String low = line.toLowerCase(Locale.ROOT);
            if (low.contains(">>> rcpt") || low.contains("rcpt to:")) {
                about = only || low.contains(lower);
            }
            boolean reply = REPLY_LINE.matcher(line).matches();
            if (reply && (about || low.contains(lower))) {
                addIfText(replies, line.strip().replaceFirst("^<<<\\s*", ""));
            }
        }
        return replies;
    }
}
