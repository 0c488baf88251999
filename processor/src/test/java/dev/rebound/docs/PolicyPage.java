package dev.rebound.docs;

import static dev.rebound.docs.Markdown.code;
import static dev.rebound.docs.Markdown.plain;

import dev.rebound.suppress.History;
import dev.rebound.suppress.Policies;
import dev.rebound.suppress.Policy;
import dev.rebound.suppress.PolicyFile;
import dev.rebound.suppress.Preset;
import dev.rebound.suppress.Presets;
import dev.rebound.suppress.Rule;
import dev.rebound.suppress.RuleWords;
import dev.rebound.suppress.Spans;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What suppresses addresses: policy files, how they count, and the presets. */
final class PolicyPage {

    /** Read before it is printed: what the page shows can be used. */
    private static final String EXAMPLE = """
            name: our-policy             # stands in every suppression; without it, that of the preset
            extends: default             # a preset to start from; without it, the rules below are all
            settles: 24h                 # so long a delivery can be contradicted
            rules:
              - id: mailbox-full         # inherited: what is not named stays as it is
                failures: 7
              - id: domain-silent
                off: true                # inherited, and taken away
              - id: school-accounts      # new: when, failures and lasts have to be there
                when:                    # any of these
                  - {provider: google, category: MAILBOX_DISABLED, gone: false}
                  - {provider: microsoft, code: [5.2.1, 5.7.13]}
                failures: 3
                apart: 24h
                spanning: 7d
                lasts: [30d, 90d, for-ever]
                delivery: lifts
                explanation: Accounts of schools are off during the holidays.
            tenants:
              acme:
                extends: cautious        # without it, the policy above
                rules:
                  - id: complaint
                    list: tenant""";

    private PolicyPage() {}

    static Page of() {
        Markdown page = Markdown.generated("Suppression policy");
        intro(page);
        example(page);
        keys(page);
        counting(page);
        never(page);
        byDefault(page);
        presets(page);
        return new Page("topology-docs/policy.md", page.toString());
    }

    private static void intro(Markdown page) {
        page.paragraph("""
                A policy says how many failures, of which kind and how far apart, suppress an address, for how long, and what a later
                delivery does. Only final failures (`BOUNCED`, `EXPIRED`) and complaints count; a deferral is neither. Key
                `rebound.suppression.policy` of the [configuration](configuration.md) names a preset or a policy file; without it,
                the preset `default` counts.""").fenced("sh", """
                        ./rebound policy presets                                  # what ships
                        ./rebound policy presets default > my-policy.yaml         # to start from
                        ./rebound policy check my-policy.yaml                     # line, key, value and what was expected
                        ./rebound policy explain my-policy.yaml                   # each rule in sentences
                        ./rebound policy explain my-policy.yaml --events past.ndjson   # when each address would have been suppressed""");
    }

    private static void example(Markdown page) {
        Policies policies = PolicyFile.read("example", new StringReader(EXAMPLE));
        page.heading("A policy file")
                .fenced("yaml", EXAMPLE)
                .paragraph("Its revision is a fingerprint of all that"
                        + " it says, here " + code(policies.revision())
                        + "; each suppression has that of the policy that decided,"
                        + " with the rule's id and the events that were counted.");
    }

    private static void keys(Markdown page) {
        page.heading("Keys")
                .table(
                        List.of("key of the file", "says", "without it"),
                        List.of(
                                List.of(code("name"), "name of the policy", "that of the preset it extends"),
                                List.of(code("extends"), "a preset whose rules are inherited", "nothing is inherited"),
                                List.of(
                                        code("settles"),
                                        "how long after a delivery an asynchronous bounce can contradict it; until then the"
                                                + " delivery resets and lifts nothing",
                                        "as inherited, or `24h`"),
                                List.of(code("rules"), "a list of rules; see below", "those inherited"),
                                List.of(
                                        code("tenants"),
                                        "by tenant: `name`, `extends`, `settles`, `rules`, over the file's own policy or"
                                                + " the preset named there",
                                        "all tenants share the policy"),
                                List.of(
                                        code("description") + ", " + code("source") + ", " + code("differs"),
                                        "words for people, as the presets have them",
                                        "")))
                .table(
                        List.of("key of a rule", "says", "without it"),
                        List.of(
                                List.of(code("id"), "its name; small letters, digits, dots, hyphens", "required"),
                                List.of(code("off"), "`true` takes the inherited rule of this id away", code("false")),
                                List.of(
                                        code("when"),
                                        "what counts: a map in which all keys have to hold, or a list of such maps of which"
                                                + " one has to",
                                        "required"),
                                List.of(code("failures"), "how many, 1 to " + History.MAX_EVIDENCE, "required"),
                                List.of(code("apart"), "at least so long between two that count", code("none")),
                                List.of(code("within"), "at most so long from the first to the last", code("none")),
                                List.of(code("spanning"), "at least so long from the first to the last", code("none")),
                                List.of(
                                        code("consecutive"),
                                        "`true`: a delivery in between begins the count anew at once",
                                        code("false")),
                                List.of(
                                        code("lasts"),
                                        "how long the suppression lasts: a time, `for-ever`, or a list for the first, the"
                                                + " second ... time in succession, the last for all further ones",
                                        "required"),
                                List.of(
                                        code("delivery"),
                                        "what a later delivery does once it has settled: `lifts` the suppression and resets"
                                                + " the count, `resets` the count, or is `ignored`",
                                        code("lifts")),
                                List.of(
                                        code("list"),
                                        "`tenant`: suppressed for all mail of the tenant. `stream`: for the stream of the"
                                                + " event; for the tenant where the event names none",
                                        code("tenant")),
                                List.of(code("explanation"), "why, in a sentence", "empty")))
                .table(
                        List.of("key in `when`", "holds for"),
                        List.of(
                                List.of(
                                        code("outcome"),
                                        "`BOUNCED`, `EXPIRED`, `COMPLAINED`; without it the first two"),
                                List.of(code("bounce"), "`HARD` or `SOFT`"),
                                List.of(
                                        code("category"),
                                        "categories of [the taxonomy](codes.md#categories) of scope `RECIPIENT` or `DOMAIN`"),
                                List.of(code("scope"), "`RECIPIENT`, `DOMAIN`"),
                                List.of(code("class"), "first digit of the status code: `4`, `5`; `none`: no code"),
                                List.of(
                                        code("code"),
                                        "the enhanced code, else the basic one: `5.1.1`, `550`; `5.1.*` for all details"),
                                List.of(
                                        code("provider"),
                                        "who hosts the receiving domain, as `rebound providers list` knows them: see [providers](providers.md)"),
                                List.of(code("gone"), "whether the address will not accept mail again"),
                                List.of(
                                        code("uncorrelated"),
                                        "whether it is a delivery report for which nobody vouches; see below")))
                .paragraph("""
                        In `when`, each key takes one value or a list; `bounce`, `gone` and `uncorrelated` one value. Times are `30m`,
                        `24h`, `7d`, `2w`, or ISO 8601 (`PT24H`); `apart`, `within` and `spanning` also take `none`, which does away
                        with what is inherited. A key that does not exist, a value that cannot be, and values of which one rules out
                        the other are refused, with their line.""");
    }

    private static void counting(Markdown page) {
        page.heading("How failures are counted")
                .paragraph("""
                        Each rule counts for itself, in the order in which things happened, whatever the order in which they became
                        known: a report that comes late changes what follows from it. Where several rules suppress, the one that does
                        so longest is told.

                        * A failure that comes less than `apart` after the last one that counted does not count; with `24h`, the first
                          of a day stands for all of that day.
                        * A failure that is further back than `within` from the latest is forgotten.
                        * Once there are `failures` of them and the first is at least `spanning` before the last, the address is suppressed
                          from the last one on, and the count begins at none. Failures count while it is suppressed, too.
                        * The next time that the rule comes true is the second in succession, and lasts as long as the second value of
                          `lasts` says; from the moment it comes true, not from the end of the first. `lifts` ends the succession.
                        * A delivery has *settled* once it is older than `settles` and nothing contradicted it. Then it does what
                          `delivery` says, as of the time at which the message was taken: failures after that time stay counted.
                        * A delivery is *contradicted* when the message comes back: by a failure with the same Message-ID, or by an
                          asynchronous bounce without one within `settles`. A bounce for a reason of the sender's own contradicts too,
                          but counts for nothing else.
                        * An operator's removal of an address does away with all that happened before.""")
                .paragraph("""
                        A delivery report whose `correlation` is `NONE` is *uncorrelated*: nobody vouches that it answers mail that was
                        sent, and anyone who knows an address can write one. Signed envelope senders ([verp.md](verp.md)) make
                        reports `VERIFIED`. What a sending system tells of its own SMTP sessions is no report, and never uncorrelated.
                        In the default, one report that is uncorrelated is not enough for the rule `gone`; the other rules do not ask.
                        `uncorrelated: false` in a condition leaves such reports out.""")
                .paragraph("Of an address and list, the latest " + History.MAX_EVIDENCE
                        + " failures of each category are kept, and beside them the last of each of the latest "
                        + History.MAX_DAYS
                        + " days on which it failed so. `failures` times the number of values of `lasts` can"
                        + " therefore be no more than " + History.MAX_EVIDENCE + ".");
    }

    private static void never(Markdown page) {
        page.heading("What never suppresses").paragraph("""
                What is the trouble of the sender, its content, its reputation or the infrastructure, or nobody's that is known, is
                no evidence against a recipient: scopes `SENDER`, `CONTENT`, `REPUTATION`, `INFRASTRUCTURE` and `UNKNOWN`. No policy
                can say otherwise. A file that names such a scope or category is refused with the reason, and a rule that names
                none does not see such failures either: no evidence can be made of them. `LOCAL_REJECTED`, a platform's own
                refusal, and outcome `SUPPRESSED` are no evidence for the same reason. `PolicyPropertyTest` tries it with any
                policy and any history.""");
    }

    private static void byDefault(Markdown page) {
        page.heading("The default")
                .table(
                        List.of("rule", "when", "failures", "spacing", "lasts", "delivery", "list"),
                        Presets.get(Presets.DEFAULT).rules().stream()
                                .map(PolicyPage::row)
                                .toList());
    }

    private static void presets(Markdown page) {
        page.heading("Presets").paragraph("""
                Policies that ship. Those with the name of a service do what it publishes, with the differences named below;
                `PresetsTest` plays histories against each and compares the moments of suppression and release. No preset lets the
                sender's own failures count, whatever its model does.""");
        for (String name : Presets.names()) {
            preset(page, name, Presets.find(name).orElseThrow());
        }
    }

    private static void preset(Markdown page, String name, Preset preset) {
        Policy policy = preset.policy();
        page.paragraph("### " + name).paragraph(plain(preset.description()));
        if (!name.equals(Presets.DEFAULT)) {
            page.paragraph(bullets(policy.rules().stream()
                    .map(rule -> code(rule.id()) + ": " + plain(RuleWords.of(rule, policy.settles())))));
        }
        page.paragraph("From:\n\n" + bullets(preset.sources().stream().map(Markdown::plain)));
        if (!preset.differences().isEmpty()) {
            page.paragraph("Different from its model:\n\n"
                    + bullets(preset.differences().stream().map(Markdown::plain)));
        }
    }

    private static String bullets(Stream<String> lines) {
        return lines.map(line -> "* " + line).collect(Collectors.joining("\n"));
    }

    private static List<String> row(Rule rule) {
        return List.of(
                code(rule.id()),
                rule.when().stream()
                        .map(RuleWords::of)
                        .map(words -> plain(words.isEmpty() ? "complaint" : words))
                        .collect(Collectors.joining("; or ")),
                Integer.toString(rule.failures()),
                spacing(rule),
                rule.lasts().stream().map(Spans::text).collect(Collectors.joining(", then ")),
                rule.delivery().name().toLowerCase(Locale.ROOT),
                rule.level().name().toLowerCase(Locale.ROOT));
    }

    private static String spacing(Rule rule) {
        String spacing = Stream.of(
                        rule.apart().isZero() ? "" : "≥ " + Spans.text(rule.apart()) + " apart",
                        rule.within() == null ? "" : "within " + Spans.text(rule.within()),
                        rule.spanning().isZero() ? "" : "spanning ≥ " + Spans.text(rule.spanning()))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        return spacing.isEmpty() ? "–" : spacing;
    }
}
