package dev.rebound.classify;

import static dev.rebound.classify.Rows.revision;
import static dev.rebound.classify.Rows.row;
import static dev.rebound.classify.Rows.shippedWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ProvidersTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String HOST = "mx1.mail.google.com";

    private static String of(CodeTable table, String host) {
        ProviderRow row = table.providerOf(host, NOON);
        return row == null ? null : row.provider();
    }

    private static String of(String host) {
        return of(ShippedCodes.table(), host);
    }

    /** An operator's row. */
    private static StatusCode says(String suffix, StatusCodeRevision.Builder... revisions) {
        return row(Origin.OPERATOR, ProviderRow.id(suffix), revisions);
    }

    private static StatusCodeRevision.Builder acme() {
        return revision().setProvider("acme").setSummary("Acme Mail").setRecordedAt(NOON);
    }

    @ParameterizedTest
    @CsvSource({
        "gmail-smtp-in.l.google.com, google",
        "google.com, google",
        "Gmail-Smtp-In.L.GOOGLE.com., google",
        "'  example-com.mail.protection.outlook.com ', microsoft",
        "mx.partner.outlook.cn, microsoft",
        "mta5.am0.yahoodns.net, yahoo",
        "mx.yahoo.co.jp, yahoojp",
        "mx.yahoo.com, yahoo",
        "me.com.akadns.net, apple"
    })
    void aHostBelongsToTheProviderOfItsLongestSuffix(String host, String provider) {
        assertThat(of(host)).isEqualTo(provider);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                ".",
                "..",
                "com",
                "example.com",
                "notgoogle.com",
                "google.com.example.org",
                "192.0.2.1",
                "[192.0.2.1]",
                "google.com..",
                "google .com"
            })
    void otherHostsAreNobodys(String host) {
        assertThat(of(host)).isNull();
    }

    @Test
    void everySuffixOfTheTableIsFoundBelowIt() {
        assertThat(ShippedTable.read("providers.tsv").rows()).isNotEmpty().allSatisfy((Map<String, String> row) -> {
            assertThat(of(row.get("suffix"))).isEqualTo(row.get("provider"));
            assertThat(of("mx1." + row.get("suffix"))).isEqualTo(row.get("provider"));
        });
    }

    @Property
    void anyTextIsSomebodysHostOrNobodys(@ForAll("texts") String text) {
        assertThat(of(text)).isEqualTo(of(text));
        assertThat(of(text + ".google.com")).isEqualTo("google");
    }

    /** What was found of a host is kept by its hash, which is the same of these two. */
    @Test
    void aHostIsNotTakenForAnotherOfItsHash() {
        CodeTable table = shippedWith(says("aa.example.net", acme()));
        assertThat("Aa.example.net").hasSameHashCodeAs("BB.example.net");

        for (int i = 0; i < 2; i++) {
            assertThat(of(table, "Aa.example.net")).isEqualTo("acme");
            assertThat(of(table, "BB.example.net")).isNull();
        }
    }

    @Test
    void aNameLongerThanAHostsIsNobodys() {
        String longest = "a.".repeat(121) + ".google.com";

        assertThat(longest).hasSize(Providers.LONGEST_HOST);
        assertThat(of(longest)).isEqualTo("google");
        assertThat(of(longest + ".")).isEqualTo("google");
        assertThat(of("b" + longest)).isNull();
    }

    @Test
    void anOperatorsRowCountsBeforeTheShippedOneAndALongerSuffixBeforeAShorter() {
        assertThat(of(shippedWith(says("google.com", acme())), HOST)).isEqualTo("acme");
        CodeTable below = shippedWith(says("mail.google.com", acme()));
        assertThat(of(below, HOST)).isEqualTo("acme");
        assertThat(of(below, "mx1.google.com")).isEqualTo("google");
        assertThat(below.providerRow("mail.google.com", NOON))
                .isEqualTo(new ProviderRow("mail.google.com", "acme", "Acme Mail", NOON, null, "operator"));
    }

    @Test
    void whatIsMadeNobodysIsNotOfTheShorterSuffixEither() {
        CodeTable table = shippedWith(says("mail.google.com", revision().setProvider("")));

        assertThat(of(table, HOST)).isNull();
        assertThat(table.providerOf(HOST, NOON).suffix()).isEqualTo("mail.google.com");
        assertThat(of(table, "mx1.google.com")).isEqualTo("google");
        assertThat(Classifier.classify(AnyEvents.plain().setRemoteHost(HOST).build(), table)
                        .getProvider())
                .isNull();
    }

    @Test
    void rowsCountByEventTimeAndWithdrawingOneRestoresWhatShips() {
        CodeTable table = shippedWith(says(
                "google.com",
                acme().setEffectiveFrom(NOON),
                revision().setWithdrawn(true).setEffectiveFrom(NOON.plusSeconds(60))));
        DeliveryEvent.Builder event = AnyEvents.plain().setRemoteHost(HOST);

        assertThat(List.of(NOON.minusMillis(1), NOON, NOON.plusSeconds(59), NOON.plusSeconds(60)))
                .extracting(at -> Classifier.classify(event.setEventTime(at).build(), table)
                        .getProvider())
                .containsExactly("google", "acme", "acme", "google");
        assertThat(table.providers()).contains("acme");
        assertThat(table.providerNames(NOON)).containsEntry("acme", "Acme Mail");
        assertThat(table.providerNames(NOON.plusSeconds(60))).doesNotContainKey("acme");
    }

    @Test
    void aRuleIsForTheProviderThatARowNames() {
        StatusCode rule = row(
                Origin.OPERATOR,
                "shield",
                revision().setProvider("acme").setCategory("BLOCKED").setPhrases(List.of("go away")));
        DeliveryEvent event =
                AnyEvents.plain().setReply("550 go away").setRemoteHost(HOST).build();

        assertThat(Classifier.classify(event, shippedWith(rule)).getRule()).isEqualTo("550");
        assertThat(Classifier.classify(event, shippedWith(rule, says("google.com", acme())))
                        .getRule())
                .isEqualTo("shield");
    }

    @Test
    void everyShippedProviderHasItsName() {
        assertThat(ShippedCodes.table().providerNames(NOON))
                .containsEntry("google", "Gmail and Google Workspace")
                .hasSameSizeAs(ShippedCodes.table().providers())
                .allSatisfy((provider, name) -> assertThat(name).isNotBlank());
    }

    /** What shows through of the row beneath must be about the same provider. */
    @Test
    void aProviderHasTheNameThatWasRecordedLastAndNeverThatOfAnother() {
        assertThat(shippedWith(says("google.com", revision().setProvider("acme")))
                        .providerNames(NOON))
                .containsEntry("acme", "acme")
                .containsEntry("google", "Gmail and Google Workspace");
        assertThat(shippedWith(
                                says("a.example", acme()),
                                says("google.com", revision().setProvider("acme")))
                        .providerNames(NOON))
                .containsEntry("acme", "Acme Mail");
        assertThat(shippedWith(says(
                                "googlemail.com",
                                revision().setSummary("Google").setRecordedAt(NOON)))
                        .providerNames(NOON))
                .containsEntry("google", "Google");
        assertThat(shippedWith(
                                says("a.example", acme()),
                                says("b.example", acme().setSummary("ACME").setRecordedAt(NOON.plusSeconds(1))),
                                says("c.example", acme().setSummary("acme?")))
                        .providerNames(NOON))
                .containsEntry("acme", "ACME");
        assertThat(shippedWith(says("a.example", revision().setProvider("").setSummary("Nobody")))
                        .providerNames(NOON))
                .isEqualTo(ShippedCodes.table().providerNames(NOON));
    }

    @Test
    void aRowWithoutAProviderSaysNothing() {
        CodeTable table = shippedWith(says("a.example", revision().setSummary("A")));

        assertThat(table.providerRow("a.example", NOON)).isNull();
        assertThat(table.providerOf("mx.a.example", NOON)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mx:",
                "mx:com",
                "mx:.google.com",
                "mx:google.com.",
                "mx:Google.com",
                "mx:google..com",
                "mx:*.google.com",
                "mx:-a.example",
                "mx:a-.example",
                "mx:bücher.example",
                "mx:a_b.example",
                "mx:a b.example"
            })
    void whatIsNoSuffixIsRefused(String id) {
        assertInvalid(row(Origin.OPERATOR, id, acme()), "status-codes id: " + id + " (expected: mx: and the end of");
    }

    @Test
    void suffixesMayBeAsLongAsHosts() {
        String label = "a".repeat(63);
        String longest = String.join(".", label, label, label, "a".repeat(61));

        CodeTable.validate(says(longest, acme()));
        assertThat(of(shippedWith(says(longest, acme())), longest)).isEqualTo("acme");
        assertThat(ProviderRow.isSuffix(longest + "a")).isFalse();
        assertThat(ProviderRow.isSuffix(label + "a.example")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "Google", "a b", "a--b", "-a", "a-", "a_b", "é", "a|b"})
    void whatIsNoProviderIsRefused(String provider) {
        assertInvalid(
                says("a.example", revision().setProvider(provider)),
                "status-codes provider: " + provider + " (expected: lower case letters, digits and single hyphens");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\nb", "a\u0000"})
    void whatIsNoNameIsRefused(String name) {
        assertInvalid(says("a.example", acme().setSummary(name)), "status-codes summary: ");
    }

    @Test
    void fieldsOfCodesAndRulesAreRefused() {
        for (StatusCodeRevision.Builder revision : List.of(
                acme().setCategory("BLOCKED"),
                acme().setBounceType(BounceType.SOFT),
                acme().setDescription("x"),
                acme().setExplanation("x"),
                acme().setPhrases(List.of()),
                acme().setCondition(""),
                acme().setRecipientGone(false))) {
            assertInvalid(
                    says("a.example", revision),
                    "status-codes category, bounceType, description, explanation, phrases, condition, recipientGone: set"
                            + " for a provider (expected: provider, summary and reference only)");
        }
        CodeTable.validate(says("a.example", acme().setReference("ticket 4711")));
    }

    private static void assertInvalid(StatusCode row, String message) {
        assertThatThrownBy(() -> CodeTable.validate(row))
                .isInstanceOf(InvalidRowException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aChangedTableKnowsTheProvidersOfOneMadeAnew() {
        CodeTable before = shippedWith(says("a.example", acme()));
        List<StatusCode> rows = new ArrayList<>(ShippedCodes.rows());
        rows.add(says("google.com", acme()));

        CodeTable after = before.changed(rows, 43);

        assertThat(after.providerRows(NOON)).isEqualTo(CodeTable.of(rows, 43).providerRows(NOON));
        assertThat(of(after, "mx.a.example")).isNull();
        assertThat(of(after, HOST)).isEqualTo("acme");
        assertThat(after.texts()).isSameAs(before.texts());
        assertThat(after.providersByHost()).isNotSameAs(before.providersByHost());
        assertThat(after.changed(rows, 44).providersByHost()).isSameAs(after.providersByHost());
    }

    @Test
    void kindsOfRowsAreToldByTheirIds() {
        assertThat(List.of("mx:google.com", "mx:", "mx", "user-unknown", "5.1.1", "5xx", "A"))
                .extracting(RowKind::of)
                .containsExactly(
                        RowKind.PROVIDER,
                        RowKind.PROVIDER,
                        RowKind.TEXT_RULE,
                        RowKind.TEXT_RULE,
                        RowKind.CODE,
                        RowKind.CODE,
                        RowKind.CODE);
        assertThat(RowKind.of(null)).isEqualTo(RowKind.CODE);
    }

    @Provide
    Arbitrary<String> texts() {
        return AnyEvents.texts();
    }
}
