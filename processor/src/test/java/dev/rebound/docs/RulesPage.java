package dev.rebound.docs;

import static dev.rebound.docs.Markdown.code;
import static dev.rebound.docs.Markdown.plain;

import dev.rebound.classify.ShippedCodes;
import dev.rebound.classify.TextRule;
import java.time.Instant;
import java.util.List;

/** The language of text rules, and the rules as they ship. */
final class RulesPage {

    private RulesPage() {}

    static Page of() {
        Markdown page = Markdown.generated("Text rules")
                .paragraph("""
                        What the words of a reply mean. [Classification](classification.md) says how a rule is chosen where several match. The rules
                        that ship are in `processor/src/main/resources/dev/rebound/codes/rules/`, one file per theme; `rebound rules list` shows
                        those of a running installation.""")
                .heading("How a rule is written")
                .fenced("yaml", """
                        - id: blocked-by-our-partner         # lower case letters, digits and hyphens
                          category: BLOCKED                  # scope follows from it
                          phrases:                           # any of them
                            - partner shield _ (blocked|refused)
                          when: class=5 command!=DATA        # optional
                          provider: google                   # optional: who hosts the receiving domain, as in providers.md
                          gone: true                         # optional: the account was closed for good
                          bounceType: SOFT                   # optional: for final failures; else the code's
                          explanation: Their gateway lists the sending address.
                          source: their support, ticket 4711""")
                .paragraph("""
                        A phrase is compared with the reply in a plain form: lower case, each run of white space one blank, the code in front of
                        each line left out, quotation marks plain, and every e-mail address `{address}`. It begins and ends at the boundary of
                        a word; in scripts without blanks between words each place is one.""")
                .table(
                        List.of("in a phrase", "stands for"),
                        List.of(
                                List.of(code("*"), "anything, at most 80 characters"),
                                List.of(code("_"), "anything, at most 30 characters: a name and a word or two"),
                                List.of(
                                        code("(a|b|c)"),
                                        "one of the alternatives; an empty one makes the words optional"),
                                List.of(code("{address}"), "an e-mail address"),
                                List.of("everything else", "itself, also brackets without " + code("|") + " in them")))
                .paragraph("""
                        There are no regular expressions: all phrases of all rules are compiled into one index that reads a reply once, so
                        that the time depends on the length of the reply and hardly on the number of rules, whatever the rules are.""")
                .table(
                        List.of("in `when`", "holds where"),
                        List.of(
                                List.of(code("class=5"), "the code that counts has this first digit: 2, 4 or 5"),
                                List.of(code("code=5.7.1,5.4.*"), "the enhanced code that counts is one of these"),
                                List.of(code("basic=550,554"), "the basic code that counts is one of these"),
                                List.of(
                                        code("command=DATA"),
                                        "this SMTP command was refused; the end of the data is DATA"),
                                List.of(code("!="), "none of the values is there"),
                                List.of(
                                        code("weak"),
                                        "nothing else says why: no other rule matches, and no exact or basic code has a reason")))
                .paragraph("""
                        `gone` counts only for categories where [the taxonomy](codes.md#categories) leaves it to the text. A rule that could
                        make a sender's fault the recipient's cannot be written, because scope follows from the category.""")
                .heading("Changing rules")
                .fenced("sh", """
                        ./rebound rules list --category BLOCKED                                   # what is in force
                        ./rebound rules show user-unknown                                         # merged, and by origin
                        ./rebound rules test my-rules.yaml "550 Partner Shield has blocked you"   # tries without publishing
                        ./rebound rules test my-rules.yaml --evaluate labelled.tsv                # the same on labelled replies
                        ./rebound rules import my-rules.yaml                                      # publishes, checked first
                        ./rebound rules set user-unknown --when class=5                           # changes a field of one rule
                        ./rebound rules remove user-unknown                                       # what shipped counts again
                        ./rebound rules export                                                    # what import reads""")
                .paragraph("""
                        Changes go to topic `status-codes` as rows of origin `operator`, take effect within a second without a restart, and are
                        dated: an event is judged by the rules in force at its event time. A field that the operator's row does not set is that
                        of the rule that ships. A rule with `phrases: []` matches nothing, which is how a shipped rule is switched off.""")
                .paragraph("""
                        In a file, too, a rule that ships needs no more than its `id` and what changes: `when: ''` and `provider: ''` take a
                        condition away, `bounceType: NONE` leaves the type to codes. After an import the operator's rows of the rules in the
                        file say what the file says, and nothing else; other rules stay as they are. `rebound codes export` holds rules, too,
                        with all that they said before.""")
                .heading("What ships");
        page.table(
                List.of("id", "category", "when", "means", "known from"),
                ShippedCodes.table().rules(Instant.EPOCH).stream()
                        .map(RulesPage::rule)
                        .toList());
        return new Page("topology-docs/rules.md", page.toString());
    }

    private static List<String> rule(TextRule rule) {
        return List.of(
                code(rule.id()),
                code(rule.category().name()) + (rule.gone() ? ", gone" : ""),
                code((rule.provider() == null ? "" : "provider=" + rule.provider() + " ")
                        + rule.when().text()),
                plain(rule.explanation()),
                plain(rule.reference()));
    }
}
