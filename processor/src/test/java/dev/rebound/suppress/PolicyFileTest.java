package dev.rebound.suppress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.Scope;
import dev.rebound.yaml.InvalidYamlException;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {

    private static final String ONE_RULE = """
            name: mine
            rules:
              - id: full
                when: {category: MAILBOX_FULL}
                failures: 3
                lasts: 7d
            """;

    private static Policies read(String text) {
        return PolicyFile.read("p.yaml", new StringReader(text));
    }

    private static Rule rule(Policy policy, String id) {
        return policy.rules().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theDefaultIsTheTableOfTheDocumentation() {
        Policy policy = Presets.get("default");

        assertThat(policy.settles()).isEqualTo(Duration.ofHours(24));
        assertThat(policy.rules().stream().map(PolicyFileTest::row))
                .containsExactly(
                        "gone | 1 | 0h | none | 0h | for-ever | LIFTS",
                        "gone-unsure | 2 | 24h | 30d | 0h | for-ever | LIFTS",
                        "mailbox-disabled | 2 | 72h | none | 0h | 90d, for-ever | LIFTS",
                        "mailbox-full | 5 | 24h | none | 14d | 30d, 90d, 180d | LIFTS",
                        "domain-not-found | 3 | 24h | none | 72h | 30d, 180d | LIFTS",
                        "domain-refuses-mail | 1 | 0h | none | 0h | 90d | LIFTS",
                        "domain-silent | 5 | 24h | none | 21d | 30d | LIFTS",
                        "complaint | 1 | 0h | none | 0h | for-ever | IGNORED");
        assertThat(policy.rules()).noneMatch(Rule::consecutive);
        assertThat(policy.rules().stream().filter(rule -> rule.level() == Rule.Level.STREAM))
                .extracting(Rule::id)
                .containsExactly("complaint");
        assertThat(policy.rules().stream()
                        .map(rule -> rule.when().stream().map(RuleWords::of).toList()))
                .containsExactly(
                        List.of("scope RECIPIENT, gone, class 5, not uncorrelated"),
                        List.of("scope RECIPIENT, gone, class 4 or none", "scope RECIPIENT, gone, uncorrelated"),
                        List.of("MAILBOX_DISABLED"),
                        List.of("MAILBOX_FULL or MAILBOX_UNAVAILABLE"),
                        List.of("DOMAIN_NOT_FOUND"),
                        List.of("DOMAIN_REFUSES_MAIL"),
                        List.of("HOST_UNREACHABLE or ROUTING_FAILED"),
                        List.of(""));
    }

    private static String row(Rule rule) {
        return String.join(
                " | ",
                rule.id(),
                Integer.toString(rule.failures()),
                Spans.text(rule.apart()),
                rule.within() == null ? "none" : Spans.text(rule.within()),
                Spans.text(rule.spanning()),
                String.join(", ", rule.lasts().stream().map(Spans::text).toList()),
                rule.delivery().name());
    }

    @Test
    void everyKeyIsRead() {
        Rule rule = rule(read("""
                        name: mine
                        settles: 12h
                        rules:
                          - id: all-of-it
                            when:
                              outcome: [BOUNCED, EXPIRED]
                              bounce: SOFT
                              category: [MAILBOX_FULL, MAILBOX_UNAVAILABLE]
                              scope: RECIPIENT
                              class: [4, none]
                              code: [4.2.2, 452, 4.1.*]
                              provider: google
                              gone: false
                              uncorrelated: false
                            failures: 3
                            apart: 24h
                            within: 4w
                            spanning: P10D
                            consecutive: true
                            lasts: [7d, for-ever]
                            delivery: resets
                            list: stream
                            explanation: Because.
                        """).standard(), "all-of-it");

        Condition when = rule.when().get(0);
        assertThat(when.outcomes()).containsExactlyInAnyOrder(Outcome.BOUNCED, Outcome.EXPIRED);
        assertThat(when.bounceType()).isEqualTo(BounceType.SOFT);
        assertThat(when.categories()).containsExactly("MAILBOX_FULL", "MAILBOX_UNAVAILABLE");
        assertThat(when.scopes()).containsExactly(Scope.RECIPIENT);
        assertThat(when.classes()).containsExactly(0, 4);
        assertThat(when.codes()).containsExactlyInAnyOrder("4.2.2", "452", "4.1.*");
        assertThat(when.providers()).containsExactly("google");
        assertThat(when.gone()).isFalse();
        assertThat(when.uncorrelated()).isFalse();
        assertThat(rule)
                .isEqualTo(new Rule(
                        "all-of-it",
                        List.of(when),
                        3,
                        Duration.ofHours(24),
                        Duration.ofDays(28),
                        Duration.ofDays(10),
                        true,
                        List.of(Duration.ofDays(7), Rule.FOR_EVER),
                        Rule.OnDelivery.RESETS,
                        Rule.Level.STREAM,
                        "Because."));
    }

    @Test
    void whatARuleDoesNotSayIsTheLeast() {
        Policy policy = read(ONE_RULE).standard();

        assertThat(policy.name()).isEqualTo("mine");
        assertThat(policy.settles()).isEqualTo(Duration.ofHours(24));
        assertThat(row(rule(policy, "full"))).isEqualTo("full | 3 | 0h | none | 0h | 7d | LIFTS");
        assertThat(rule(policy, "full").level()).isEqualTo(Rule.Level.TENANT);
        assertThat(rule(policy, "full").explanation()).isEmpty();
    }

    @Test
    void aRuleOfAnInheritedIdReplacesTheKeysItNames() {
        Policy policy = read("""
                extends: default
                rules:
                  - id: mailbox-full
                    failures: 7
                    spanning: none
                  - id: domain-silent
                    off: true
                  - id: google-says-no
                    when: {provider: google, code: 5.2.1}
                    failures: 1
                    lasts: 30d
                """).standard();

        assertThat(policy.name()).isEqualTo("default");
        assertThat(policy.rules())
                .extracting(Rule::id)
                .containsExactly(
                        "gone",
                        "gone-unsure",
                        "mailbox-disabled",
                        "mailbox-full",
                        "domain-not-found",
                        "domain-refuses-mail",
                        "complaint",
                        "google-says-no");
        assertThat(row(rule(policy, "mailbox-full")))
                .isEqualTo("mailbox-full | 7 | 24h | none | 0h | 30d, 90d, 180d | LIFTS");
        assertThat(rule(policy, "mailbox-full").when())
                .isEqualTo(rule(Presets.get("default"), "mailbox-full").when());
        assertThat(policy.revision()).isNotEqualTo(Presets.get("default").revision());
    }

    @Test
    void whoChangesNothingHasThePreset() {
        assertThat(read("extends: default\n")).isEqualTo(Policies.of(Presets.get("default")));
        assertThat(read("name: nothing\nrules: []\n").standard().rules()).isEmpty();
    }

    @Test
    void tenantsHavePoliciesOfTheirOwn() {
        Policies policies = read(ONE_RULE + """
                tenants:
                  acme:
                    rules:
                      - id: full
                        failures: 9
                  example:
                    extends: cautious
                    settles: 48h
                  named:
                    name: of-their-own
                    rules: [{id: full, off: true}]
                """);

        assertThat(policies.of("another")).isSameAs(policies.standard());
        assertThat(policies.of((String) null)).isSameAs(policies.standard());
        assertThat(policies.of("acme").name()).isEqualTo("mine/acme");
        assertThat(row(rule(policies.of("acme"), "full"))).isEqualTo("full | 9 | 0h | none | 0h | 7d | LIFTS");
        assertThat(rule(policies.standard(), "full").failures()).isEqualTo(3);
        assertThat(policies.of("example").name()).isEqualTo("cautious/example");
        assertThat(policies.of("example").settles()).isEqualTo(Duration.ofHours(48));
        assertThat(policies.of("example").rules())
                .isEqualTo(Presets.get("cautious").rules());
        assertThat(policies.of("named").name()).isEqualTo("of-their-own");
        assertThat(policies.of("named").rules()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "rules: [] ~ p.yaml:1: a map (expected: a policy with the key name, or with extends)",
                "name: x ~ p.yaml:1: a map (expected: a policy with the key rules, or with extends)",
                "'name: \"\"|rules: []' ~ p.yaml:1: name:  (expected: 1 to 128 characters)",
                "extends: defualt ~ p.yaml:1: extends: defualt (expected: one of default, cautious, amazon-ses, postal, cloudflare, mailchimp; did you mean default?)",
                "extends: default|rule: [] ~ p.yaml:2: rule (expected: one of the keys name, extends, description, source, differs, settles, rules, tenants; did you mean rules?)",
                "extends: default|settles: soon ~ p.yaml:2: settles: soon (expected: a time such as 30m, 24h, 7d or 2w, or in ISO 8601 such as PT24H)",
                "extends: default|settles: PT-1H ~ p.yaml:2: settles: PT-1H (expected: 0h to 36500d)",
                "extends: default|tenants: [a] ~ p.yaml:2: tenants: a list (expected: a map with a key for each name of a tenant,",
                "extends: default|tenants:|  a b: {} ~ p.yaml:3: tenants: a b (expected: name of a tenant, 1 to 128 characters without",
                "extends: default|tenants:|  a: {tenants: {}} ~ p.yaml:3: a: tenants (expected: one of the keys name, extends, settles, rules)",
                "extends: default|tenants:|  a: {extends: nobody} ~ p.yaml:3: extends: nobody (expected: one of default,",
                "extends: default|tenants:|  a: {}|  a: {} ~ p.yaml:4: tenants: a (expected: each key once)",
                "extends: default|rules: {} ~ p.yaml:2: rules: a map (expected: a list)",
                "extends: default|description: [] ~ p.yaml:2: description: a list (expected: at least one value)",
            })
    void whatIsWrongWithAPolicyIsSaid(String text, String message) {
        assertThatThrownBy(() -> read(text.replace('|', '\n')))
                .isInstanceOf(InvalidYamlException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "failures: 3 ~ p.yaml:3: rules: a map (expected: a rule with the key id)",
                "id: mailbox-ful ~ p.yaml:3: rules: a map (expected: a rule with the key when; or did you mean the inherited rule mailbox-full?)",
                "id: A B|when: {class: 5}|failures: 1|lasts: 1d ~ p.yaml:3: id: A B (expected: 1 to 64 small letters, digits, dots and hyphens)",
                "id: x|when: {class: 5}|lasts: 1d ~ p.yaml:3: rules: a map (expected: a rule with the key failures)",
                "id: x|when: {class: 5}|failures: 1 ~ p.yaml:3: rules: a map (expected: a rule with the key lasts)",
                "id: x|off: true ~ p.yaml:3: id: x (expected: a rule that is inherited, to take it away)",
                "id: gonne|off: true ~ p.yaml:3: id: gonne (expected: a rule that is inherited, to take it away; or did you mean the inherited rule gone?)",
                "id: gone|off: yes ~ p.yaml:4: off: yes (expected: true or false)",
                "id: gone|off: true|failures: 2 ~ p.yaml:5: failures: 2 (expected: no other key beside off: true)",
                "id: gone|failures: 0 ~ p.yaml:4: failures: 0 (expected: 1 to 32, which is what is kept of an address)",
                "id: gone|failures: 33 ~ p.yaml:4: failures: 33 (expected: 1 to 32",
                "id: gone|failures: many ~ p.yaml:4: failures: many (expected: a number, 1 to 32)",
                "id: gone|falures: 2 ~ p.yaml:4: rules: falures (expected: one of the keys id, when, failures, apart, within, spanning, consecutive, lasts, delivery, list, explanation, off; did you mean failures?)",
                "id: gone|apart: a day ~ p.yaml:4: apart: a day (expected: a time such as 30m, 24h, 7d or 2w, or in ISO 8601 such as PT24H; or none)",
                "id: gone|apart: PT-5M ~ p.yaml:4: apart: PT-5M (expected: 0h to 36500d)",
                "id: gone|apart: 40000d ~ p.yaml:4: apart: 40000d (expected: 0h to 36500d)",
                "id: gone|within: 0h ~ p.yaml:4: within: 0h (expected: more than 0h, at most 36500d)",
                "id: mailbox-full|within: 13d ~ p.yaml:4: within: 13d (expected: at least spanning, which is 14d: else the rule never comes true)",
                "id: gone-unsure|within: 20h ~ p.yaml:4: within: 20h (expected: at least 24h: 2 failures 24h apart take so long)",
                "id: gone-unsure|failures: 32 ~ p.yaml:3: within: 30d (expected: at least 31d: 32 failures 24h apart take so long)",
                "id: gone|spanning: PT-1S ~ p.yaml:4: spanning: PT-1S (expected: 0h to 36500d)",
                "id: gone|consecutive: maybe ~ p.yaml:4: consecutive: maybe (expected: true or false)",
                "id: gone|lasts: forever ~ p.yaml:4: lasts: forever (expected: for-ever, or a time such as 30m,",
                "id: gone|lasts: [] ~ p.yaml:4: lasts: a list (expected: at least one value)",
                "id: gone|lasts: [30d, 0h] ~ p.yaml:4: lasts: 0h (expected: for-ever, or more than 0h, at most 36500d)",
                "id: gone|lasts: [for-ever, 30d] ~ p.yaml:4: lasts: a time behind for-ever (expected: for-ever only as the last)",
                "id: mailbox-full|failures: 11 ~ p.yaml:3: lasts: 3 times, of 11 failures each (expected: at most 2;",
                "id: gone|delivery: lift ~ p.yaml:4: delivery: lift (expected: one of lifts, resets, ignored; did you mean lifts?)",
                "id: gone|list: all ~ p.yaml:4: list: all (expected: one of tenant, stream)",
                "id: gone|failures: 2|failures: 3 ~ p.yaml:5: rules: failures (expected: each key once)",
            })
    void whatIsWrongWithARuleIsSaid(String rule, String message) {
        assertThatThrownBy(() -> read("extends: default\nrules:\n  - " + rule.replace("|", "\n    ") + "\n"))
                .isInstanceOf(InvalidYamlException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aRuleIsThereOnce() {
        assertThatThrownBy(() -> read("extends: default\nrules:\n  - id: gone\n  - id: gone\n"))
                .hasMessage("p.yaml:4: id: gone (expected: each rule once)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{} ~ when: a map (expected: at least one key, such as category)",
                "[] ~ when: a list (expected: at least one value)",
                "BAD_MAILBOX ~ when: BAD_MAILBOX (expected: a map with the keys outcome, bounce,",
                "{categroy: X} ~ when: categroy (expected: one of the keys outcome, bounce, category, scope, class, code, provider, gone, uncorrelated; did you mean category?)",
                "{outcome: DELIVERED} ~ outcome: DELIVERED (expected: BOUNCED, EXPIRED or COMPLAINED; nothing else is evidence against an address)",
                "{outcome: [BOUNCED, DEFERRED]} ~ outcome: DEFERRED (expected: BOUNCED, EXPIRED or COMPLAINED;",
                "{outcome: SUPPRESSED} ~ outcome: SUPPRESSED (expected: BOUNCED, EXPIRED or COMPLAINED;",
                "{outcome: BOUNCE} ~ outcome: BOUNCE (expected: one of BOUNCED, EXPIRED, COMPLAINED; did you mean BOUNCED?)",
                "{bounce: NONE} ~ bounce: NONE (expected: HARD or SOFT; only final failures count)",
                "{bounce: hrad} ~ bounce: hrad (expected: one of HARD, SOFT)",
                "{scope: SENDER} ~ scope: SENDER: what is not the recipient's or its domain's own trouble never suppresses (expected: RECIPIENT or DOMAIN)",
                "{scope: CONTENT} ~ scope: CONTENT: what is not",
                "{scope: REPUTATION} ~ scope: REPUTATION: what is not",
                "{scope: INFRASTRUCTURE} ~ scope: INFRASTRUCTURE: what is not",
                "{scope: [DOMAIN, UNKNOWN]} ~ scope: UNKNOWN: what is not",
                "{scope: RECIPIANT} ~ scope: RECIPIANT (expected: one of RECIPIENT, DOMAIN; did you mean RECIPIENT?)",
                "{category: SPAM_CONTENT} ~ category: SPAM_CONTENT is of scope CONTENT, and what is not the recipient's or its domain's own trouble never suppresses (expected: one of BAD_MAILBOX,",
                "{category: [BAD_MAILBOX, UNDETERMINED]} ~ category: UNDETERMINED is of scope UNKNOWN, and",
                "{category: LOCAL_REJECTED} ~ category: LOCAL_REJECTED is of scope SENDER, and",
                "{category: BAD_MAILBX} ~ category: BAD_MAILBX (expected: one of BAD_MAILBOX, MAILBOX_MOVED, MAILBOX_DISABLED, MAILBOX_FULL, MAILBOX_UNAVAILABLE, DOMAIN_NOT_FOUND, DOMAIN_REFUSES_MAIL, HOST_UNREACHABLE, ROUTING_FAILED, COMPLAINT; did you mean BAD_MAILBOX?)",
                "{class: 2} ~ class: 2 (expected: 4, 5, or none)",
                "{code: 5.XXX.YYY} ~ code: 5.XXX.YYY (expected: a code such as 5.1.1 or 550, or 5.1.*)",
                "{code: 5xx} ~ code: 5xx (expected:",
                "{code: '5.1'} ~ code: 5.1 (expected:",
                "{code: 550.*} ~ code: 550.* (expected:",
                "{code: [5.1.1, nonsense]} ~ code: nonsense (expected:",
                "{provider: Google} ~ provider: Google (expected: lower case letters, digits and single hyphens",
                "{provider: unknown} ~ provider: unknown (expected: lower case letters",
                "{gone: perhaps} ~ gone: perhaps (expected: true or false)",
                "{scope: DOMAIN, category: BAD_MAILBOX} ~ category: BAD_MAILBOX (expected: a category of scope DOMAIN; this one is of scope RECIPIENT)",
                "{gone: true, category: [BAD_MAILBOX, MAILBOX_FULL]} ~ category: MAILBOX_FULL (expected: a category that can be gone; this one never is)",
                "{gone: false, category: BAD_MAILBOX} ~ category: BAD_MAILBOX (expected: a category that need not be gone; this one always is)",
                "{category: COMPLAINT} ~ category: COMPLAINT (expected: outcome: COMPLAINED beside it)",
                "{category: BAD_MAILBOX, outcome: COMPLAINED} ~ category: BAD_MAILBOX (expected: the category COMPLAINT, or no such key, beside outcome COMPLAINED)",
                "{outcome: COMPLAINED, bounce: HARD} ~ bounce: HARD (expected: no such key beside outcome COMPLAINED: a complaint is no bounce)",
                "{outcome: COMPLAINED, scope: DOMAIN} ~ when: a map (expected: values that one failure or complaint can have together; no category does)",
                "{outcome: COMPLAINED, gone: true} ~ when: a map (expected: values that one failure",
                "{class: 4, code: 5.1.1} ~ code: 5.1.1 (expected: a code of class 4, as class says)",
                "{class: none, code: 5.1.*} ~ code: 5.1.* (expected: a code of class none, as class says)",
            })
    void whatIsWrongWithAConditionIsSaid(String when, String message) {
        assertThatThrownBy(() -> read("extends: default\nrules:\n  - id: gone\n    when: " + when + "\n"))
                .isInstanceOf(InvalidYamlException.class)
                .hasMessageStartingWith("p.yaml:4: " + message);
    }

    @Test
    void theLineIsThatOfTheValue() {
        assertThatThrownBy(() -> read("""
                extends: default
                rules:
                  - id: gone
                    when:
                      - category: BAD_MAILBOX
                      - category:
                          - MAILBOX_MOVED
                          - RATE_LIMITED
                """))
                .hasMessageStartingWith("p.yaml:8: category: RATE_LIMITED is of scope REPUTATION");
        assertThatThrownBy(() -> read("""
                extends: default
                rules:
                  - id: gone
                    lasts:
                      - 7d
                      - 0h
                """)).hasMessageStartingWith("p.yaml:6: lasts: 0h (expected:");
        assertThatThrownBy(() ->
                        read(ONE_RULE + "tenants:\n  acme:\n    rules:\n      - id: full\n        failures: 40\n"))
                .hasMessageStartingWith("p.yaml:11: failures: 40 (expected:");
    }
}
