package dev.rebound.classify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The status codes that stand in a text: the three digits of RFC 5321 section 4.2 and the enhanced codes of RFC 3463
 * section 2, each once, where it stands first; and the tags of vendors beside them.
 *
 * <p>It is one pass over at most {@link #MAX_SCANNED} characters, with a bounded look around where a code can begin and one look
 * at a word that can be a tag: time is linear in the length of the text.
 *
 * @param enhanced enhanced codes, best first; empty when there are none
 * @param basic basic codes, best first; empty when there are none
 * @param tags {@link VendorTags}, in the order of the text; empty when there are none
 */
record ReplyCodes(List<Found> enhanced, List<Found> basic, List<Found> tags) {

    /** No real reply says anything new behind this many characters. */
    static final int MAX_SCANNED = 65_536;

    /** With the one of the Status field these are the sixteen that a classification names at most. */
    private static final int MAX_ENHANCED = 8;

    private static final int MAX_BASIC = 7;
    private static final Comparator<Found> LEADING_FIRST = Comparator.comparing(found -> !found.leading());

    private static final int BEGINS_CODE = 1;
    private static final int BEGINS_TAG = 2;
    /** From a bit of what can begin with a character to that of what cannot begin behind one. */
    private static final int BEHIND = 2;

    /** By ASCII character: what can begin with it, and what cannot begin behind it. */
    private static final byte[] KINDS = kinds();

    private static final ReplyCodes NONE = new ReplyCodes(List.of(), List.of(), List.of());

    /**
     * A code and its place.
     *
     * @param text normalised code
     * @param position offset in the text, from 0
     * @param leading it stands where a code belongs: a basic code first in a line, an enhanced code right behind a basic one,
     *     first in a line or in a quotation, or behind a {@code #}. Other numbers may be a version or a section
     */
    record Found(String text, int position, boolean leading) {}

    /** Finds the codes in a text; null and empty have none. */
    static ReplyCodes in(String text) {
        return text == null || text.isEmpty() ? NONE : new Scan(text).run();
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[128];
        for (char c = 0; c < kinds.length; c++) {
            int begins =
                    (isDigit(c) || c == 'X' || c == 'x' ? BEGINS_CODE : 0) | (VendorTags.begin(c) ? BEGINS_TAG : 0);
            int notBehind = (isWithinMore(c) ? BEGINS_CODE : 0) | (VendorTags.isOfToken(c) ? BEGINS_TAG : 0);
            kinds[c] = (byte) (begins | notBehind << BEHIND);
        }
        return kinds;
    }

    private static int kind(char c) {
        return c < KINDS.length ? KINDS[c] : isWithinMore(c) ? BEGINS_CODE << BEHIND : 0;
    }

    /** A digit behind it is part of a word, a version, an address or a path: queue ids are full of digits. */
    private static boolean isWithinMore(char c) {
        return Character.isLetterOrDigit(c) || "_./=".indexOf(c) >= 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static final class Scan {
        private final char[] text;
        private final int end;
        private final VendorTags tags;
        private List<Found> enhanced = List.of();
        private List<Found> basic = List.of();
        private int endOfBasic = -1;

        Scan(String text) {
            this.end = Math.min(text.length(), MAX_SCANNED);
            // Each character is looked at several times.
            this.text = new char[end];
            text.getChars(0, end, this.text, 0);
            this.tags = new VendorTags(this.text);
        }

        ReplyCodes run() {
            int before = 0;
            for (int i = 0; i < end; i++) {
                int kind = kind(text[i]);
                int begins = kind & ~(before >>> BEHIND) & (BEGINS_CODE | BEGINS_TAG);
                if (begins != 0) {
                    take(i, begins);
                }
                before = kind;
            }
            return new ReplyCodes(bestFirst(enhanced), bestFirst(basic), tags.found());
        }

        private void take(int start, int begins) {
            if ((begins & BEGINS_CODE) != 0) {
                boolean taken = takeEnhanced(start);
                if (!taken && isDigit(start)) {
                    takeBasic(start);
                }
            }
            if ((begins & BEGINS_TAG) != 0) {
                tags.take(start);
            }
        }

        private boolean takeEnhanced(int start) {
            char digit = isClassLeftOpen(start) ? basicClass() : at(start);
            if ((digit != '2' && digit != '4' && digit != '5') || at(start + 1) != '.') {
                return false;
            }
            int subjectEnd = numberEnd(start + 2);
            if (subjectEnd < 0 || at(subjectEnd) != '.') {
                return false;
            }
            int detailEnd = numberEnd(subjectEnd + 1);
            if (detailEnd < 0 || (at(detailEnd) == '.' && isDigit(detailEnd + 1))) {
                return false;
            }
            boolean marked = isMarked(start);
            if (isPartOfMore(detailEnd, marked)) {
                return false;
            }
            int subject = number(start + 2, subjectEnd);
            int detail = number(subjectEnd + 1, detailEnd);
            enhanced = with(enhanced, MAX_ENHANCED, CodeNames.enhanced(digit - '0', subject, detail), start, marked);
            return true;
        }

        /** Text may be glued to a code that stands where one belongs ({@code 550 5.1.1User}); elsewhere it makes a version. */
        private boolean isPartOfMore(int end, boolean marked) {
            char next = at(end);
            if (marked) {
                return next == '_' || Character.isDigit(next);
            }
            return isWordPart(end) || (next == '-' && Character.isLetter(at(end + 1)));
        }

        /** {@code X.1.1} leaves the class to the basic code. */
        private boolean isClassLeftOpen(int start) {
            return (at(start) == 'X' || at(start) == 'x') && at(start + 1) == '.' && isDigit(start + 2);
        }

        /** First digit of the first basic code; a blank when there was none so far. */
        private char basicClass() {
            return basic.isEmpty() ? ' ' : basic.get(0).text().charAt(0);
        }

        private void takeBasic(int start) {
            boolean threeDigits = at(start) >= '1' && at(start) <= '5' && isDigit(start + 1) && isDigit(start + 2);
            if (threeDigits && isGlued(start)) {
                takeBasic(start, true);
                takeEnhanced(start + 3);
                return;
            }
            if (!threeDigits || isWordPart(start + 3) || (at(start + 3) == '.' && isDigit(start + 4))) {
                return;
            }
            boolean failure = at(start) == '4' || at(start) == '5';
            boolean leading = isLineStart(start);
            if (leading || (failure && (opensQuotedReply(start) || opensEnhanced(start + 3)))) {
                takeBasic(start, leading);
            }
        }

        private void takeBasic(int start, boolean leading) {
            basic = with(basic, MAX_BASIC, CodeNames.basic(number(start, start + 3)), start, leading);
            endOfBasic = start + 3;
        }

        /** As in {@code 5505.1.1} at the start of a line. */
        private boolean isGlued(int start) {
            return isLineStart(start)
                    && at(start + 3) == at(start)
                    && at(start + 4) == '.'
                    && isDigit(start + 5)
                    && isDottedNumber(start + 5);
        }

        private boolean isDottedNumber(int start) {
            int subjectEnd = numberEnd(start);
            return subjectEnd > 0 && at(subjectEnd) == '.' && numberEnd(subjectEnd + 1) > 0;
        }

        /** End of a number of one to three digits without a superfluous zero in front; -1 when there is none. */
        private int numberEnd(int start) {
            int i = start;
            while (i < start + 4 && isDigit(i)) {
                i++;
            }
            boolean number = i > start && i <= start + 3 && (at(start) != '0' || i == start + 1);
            return number ? i : -1;
        }

        /** Where the protocol puts an enhanced code, or marked as one: {@code #5.1.1}. */
        private boolean isMarked(int start) {
            return followsBasic(start) || isLineStart(start) || opensQuotation(start) || at(start - 1) == '#';
        }

        /** Only punctuation between the last basic code and here, as in {@code 550-5.1.1} and {@code 550 #5.1.1}. */
        private boolean followsBasic(int start) {
            if (endOfBasic < 0 || start - endOfBasic > 3) {
                return false;
            }
            for (int i = endOfBasic; i < start; i++) {
                if (" -#([:\t".indexOf(at(i)) < 0) {
                    return false;
                }
            }
            return true;
        }

        private boolean opensEnhanced(int start) {
            int i = start;
            while (i < start + 3 && " -#([".indexOf(at(i)) >= 0) {
                i++;
            }
            return i > start && (at(i) == '4' || at(i) == '5') && at(i + 1) == '.' && isDigit(i + 2);
        }

        private boolean isLineStart(int start) {
            int i = backOverBlanks(start);
            return i < 0 || at(i) == '\n' || at(i) == '\r';
        }

        /** As in {@code smtp; 550 …} and {@code said: 550 …}. */
        private boolean opensQuotedReply(int start) {
            return opensQuotation(start) && " -\r\n".indexOf(at(start + 3)) >= 0;
        }

        private boolean opensQuotation(int start) {
            int i = backOverBlanks(start);
            return i >= 0 && ":;('\"<[".indexOf(at(i)) >= 0;
        }

        private int backOverBlanks(int start) {
            int i = start - 1;
            while (i >= 0 && i >= start - 8 && (at(i) == ' ' || at(i) == '\t')) {
                i--;
            }
            return i;
        }

        private boolean isDigit(int i) {
            return ReplyCodes.isDigit(at(i));
        }

        private boolean isWordPart(int i) {
            char c = at(i);
            return c == '_' || Character.isLetterOrDigit(c);
        }

        private char at(int i) {
            return i >= 0 && i < end ? text[i] : '\n';
        }

        private int number(int from, int to) {
            int number = 0;
            for (int i = from; i < to; i++) {
                number = number * 10 + at(i) - '0';
            }
            return number;
        }

        /** Each code once: where it stands first, or where it stands first in a place for codes. */
        private static List<Found> with(List<Found> codes, int most, String code, int position, boolean leading) {
            for (int i = 0; i < codes.size(); i++) {
                Found earlier = codes.get(i);
                if (earlier.text().equals(code)) {
                    if (leading && !earlier.leading()) {
                        codes.set(i, new Found(code, position, true));
                    }
                    return codes;
                }
            }
            if (codes.size() == most) {
                return codes;
            }
            List<Found> more = codes.isEmpty() ? new ArrayList<>(2) : codes;
            more.add(new Found(code, position, leading));
            return more;
        }

        private static List<Found> bestFirst(List<Found> codes) {
            for (int i = 1; i < codes.size(); i++) {
                if (codes.get(i).leading() && !codes.get(i - 1).leading()) {
                    List<Found> sorted = new ArrayList<>(codes);
                    sorted.sort(LEADING_FIRST);
                    return sorted;
                }
            }
            return codes;
        }
    }
}
