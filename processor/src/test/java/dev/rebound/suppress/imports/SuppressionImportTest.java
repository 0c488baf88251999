package dev.rebound.suppress.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.rebound.schema.SuppressionReason;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files are read, and what becomes of their rows. */
class SuppressionImportTest {

    private static final String SENDGRID_BOUNCES = """
            status,reason,email,created
            5.1.1,"550 5.1.1 The email account that you tried to reach does not exist",gone@example.com,1717150530
            5.2.1,550 5.2.1 The email account that you tried to reach is disabled,off@example.com,1717150531
            """;

    private static final String SENDGRID_BLOCKS = """
            status,reason,email,created
            5.7.1,"554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org",a@example.com,1717150530
            4.2.1,450 4.2.1 The user you are trying to contact is receiving mail too quickly,b@example.com,1717150531
            5.7.1,550 5.7.1 Message rejected as spam by content scanner,c@example.com,1717150532
            """;

    @Test
    void anAddressWithACharacterThatWasLostIsNotTaken() throws Exception {
        ImportedFile plain = ImportedFile.read("j\uFFFDrg@example.org\n@ex\uFFFDmple.org\nkim@example.org\n");
        ImportedFile ses = ImportedFile.read("EmailAddress,Reason,LastUpdateTime\nj\uFFFDrg@example.org,BOUNCE,\n");

        assertThat(plain.good()).extracting(ImportedRow::address).containsExactly("kim@example.org");
        assertThat(plain.bad()).hasSize(2).allSatisfy(bad -> assertThat(bad.reason())
                .contains("U+FFFD"));
        assertThat(ses.good()).isEmpty();
    }

    @Test
    void anApostropheBeforeAFormulaIsNoPartOfTheAddress() throws Exception {
        ImportedFile file =
                ImportedFile.read("email\n'-kim@example.org\n'=a@example.org\n'+b@example.org\n'c@example.org\n");

        assertThat(file.good())
                .extracting(ImportedRow::address)
                .containsExactly("-kim@example.org", "=a@example.org", "+b@example.org", "'c@example.org");
        assertThat(ImportedFile.read("list", "'-kim@example.org\n", ImportFormat.PLAIN)
                        .good())
                .extracting(ImportedRow::address)
                .containsExactly("'-kim@example.org");
    }

    @Nested
    class Providers {

        @Test
        void amazonSes() throws Exception {
            ImportedFile file = ImportedFile.read("""
                    EmailAddress,Reason,LastUpdateTime
                    Gone@Example.COM,BOUNCE,2024-05-31T10:15:30.123Z
                    angry@example.com,COMPLAINT,2024-05-31T10:15:31+02:00
                    """);

            assertThat(file.summary()).isEqualTo(new ImportSummary(ImportFormat.AMAZON_SES, 2, 2, 0, 0));
            assertThat(file.good())
                    .containsExactly(
                            new ImportedRow(
                                    2,
                                    "gone@example.com",
                                    SuppressionReason.BOUNCE,
                                    null,
                                    "BOUNCE",
                                    Instant.parse("2024-05-31T10:15:30.123Z")),
                            new ImportedRow(
                                    3,
                                    "angry@example.com",
                                    SuppressionReason.COMPLAINT,
                                    null,
                                    "COMPLAINT",
                                    Instant.parse("2024-05-31T08:15:31Z")));
        }

        @Test
        void sendGridBounces() throws Exception {
            ImportedFile file = ImportedFile.read("suppression_bounces.csv", SENDGRID_BOUNCES, null);

            assertThat(file.summary()).isEqualTo(new ImportSummary(ImportFormat.SENDGRID_BOUNCES, 2, 2, 0, 0));
            assertThat(file.good())
                    .extracting(ImportedRow::address, ImportedRow::reason, ImportedRow::category)
                    .containsExactly(
                            tuple("gone@example.com", SuppressionReason.BOUNCE, "BAD_MAILBOX"),
                            tuple("off@example.com", SuppressionReason.BOUNCE, "MAILBOX_DISABLED"));
            assertThat(file.good().get(0).detail())
                    .isEqualTo("550 5.1.1 The email account that you tried to reach does not exist");
            assertThat(file.good().get(0).since()).isEqualTo(Instant.ofEpochSecond(1717150530));
        }

        @Test
        void sendGridSpamReports() throws Exception {
            ImportedFile file = ImportedFile.read("ip,email,created\n192.0.2.1,angry@example.com,1717150530\n");

            assertThat(file.summary().format()).isEqualTo(ImportFormat.SENDGRID_SPAM_REPORTS);
            assertThat(file.good())
                    .containsExactly(new ImportedRow(
                            2,
                            "angry@example.com",
                            SuppressionReason.COMPLAINT,
                            null,
                            null,
                            Instant.ofEpochSecond(1717150530)));
        }

        /** What SendGrid takes for invalid need not be an address at all. */
        @Test
        void sendGridInvalidEmails() throws Exception {
            ImportedFile file = ImportedFile.read("""
                    reason,email,created
                    Mail domain mentioned in email address is unknown,a@nowhere.example,1717150530
                    Known bad domain,b@example.com,1717150530
                    Syntax error,not an address,1717150530
                    """);

            assertThat(file.summary()).isEqualTo(new ImportSummary(ImportFormat.SENDGRID_INVALID_EMAILS, 3, 2, 1, 0));
            assertThat(file.good())
                    .extracting(ImportedRow::reason, ImportedRow::category, ImportedRow::detail)
                    .containsExactly(
                            tuple(
                                    SuppressionReason.BOUNCE,
                                    "DOMAIN_NOT_FOUND",
                                    "Mail domain mentioned in email address is unknown"),
                            tuple(SuppressionReason.BOUNCE, null, "Known bad domain"));
            assertThat(file.bad()).containsExactly(new BadRow(4, "address has no @"));
        }

        @Test
        void sendGridUnsubscribes() throws Exception {
            ImportedFile file = ImportedFile.read("email,created\nbye@example.com,1717150530\n");

            assertThat(file.summary().format()).isEqualTo(ImportFormat.SENDGRID_UNSUBSCRIBES);
            assertThat(file.good()).extracting(ImportedRow::reason).containsExactly(SuppressionReason.UNSUBSCRIBE);
        }

        @Test
        void mailgunBounces() throws Exception {
            ImportedFile file = ImportedFile.read("""
                    address,code,error,created_at
                    gone@example.com,550,"5.1.1 <gone@example.com>: Recipient address rejected: User unknown","Fri, 31 May 2024 10:15:30 UTC"
                    full@example.com,552,552 5.2.2 Mailbox full,"Fri, 31 May 2024 10:15:30 GMT"
                    quiet@example.com,550,,"Fri, 31 May 2024 10:15:30 +0000"
                    silent@example.com,,,
                    """);

            assertThat(file.bad()).isEmpty();
            assertThat(file.summary().format()).isEqualTo(ImportFormat.MAILGUN_BOUNCES);
            assertThat(file.good())
                    .extracting(ImportedRow::category, ImportedRow::detail)
                    .containsExactly(
                            tuple(
                                    "BAD_MAILBOX",
                                    "550 5.1.1 <g***@example.com>: Recipient address rejected: User unknown"),
                            tuple("MAILBOX_FULL", "552 5.2.2 Mailbox full"),
                            tuple(null, "550"),
                            tuple(null, null));
            assertThat(file.good().subList(0, 3))
                    .extracting(ImportedRow::since)
                    .containsOnly(Instant.parse("2024-05-31T10:15:30Z"));
            assertThat(file.good().get(3).since()).isNull();
        }

        @Test
        void mailgunBouncesThatAreTheSendersTroubleAreRefused() throws Exception {
            ImportedFile file = ImportedFile.read("""
                    address,code,error,created_at
                    a@example.com,554,5.7.1 Client host [192.0.2.1] blocked using zen.spamhaus.org,2024-05-31 10:15:30 UTC
                    b@example.com,550,5.7.26 This mail is unauthenticated,2024-05-31 10:15:30 UTC
                    c@example.com,550,5.1.1 User unknown,2024-05-31 10:15:30 UTC
                    """);

            assertThat(file.summary()).isEqualTo(new ImportSummary(ImportFormat.MAILGUN_BOUNCES, 3, 1, 2, 0));
            assertThat(file.bad()).extracting(BadRow::row).containsExactly(2L, 3L);
            assertThat(file.bad().get(0).reason()).contains("BLOCKED", "reputation", "not about the recipient");
            assertThat(file.bad().get(1).reason()).contains("AUTHENTICATION_FAILED", "sender");
        }

        @Test
        void mailgunComplaints() throws Exception {
            ImportedFile file =
                    ImportedFile.read("address,created_at\nangry@example.com,\"Fri, 31 May 2024 10:15:30 UTC\"\n");

            assertThat(file.summary().format()).isEqualTo(ImportFormat.MAILGUN_COMPLAINTS);
            assertThat(file.good()).extracting(ImportedRow::reason).containsExactly(SuppressionReason.COMPLAINT);
        }

        @Test
        void mailgunUnsubscribes() throws Exception {
            ImportedFile file = ImportedFile.read("""
                    address,tags,created_at
                    a@example.com,*,"Fri, 31 May 2024 10:15:30 UTC"
                    b@example.com,"[""*""]","Fri, 31 May 2024 10:15:30 UTC"
                    c@example.com,newsletter,"Fri, 31 May 2024 10:15:30 UTC"
                    """);

            assertThat(file.summary().format()).isEqualTo(ImportFormat.MAILGUN_UNSUBSCRIBES);
            assertThat(file.good()).extracting(ImportedRow::reason).containsOnly(SuppressionReason.UNSUBSCRIBE);
            assertThat(file.good()).extracting(ImportedRow::detail).containsExactly(null, null, "tags: newsletter");
        }

        @Test
        void postmark() throws Exception {
            ImportedFile file = ImportedFile.read("""
                    EmailAddress,SuppressionReason,Origin,CreatedAt
                    a@example.com,HardBounce,Recipient,2024-05-31T06:15:30-04:00
                    b@example.com,SpamComplaint,Recipient,2024-05-31T06:15:30-04:00
                    c@example.com,ManualSuppression,Recipient,2024-05-31T06:15:30-04:00
                    d@example.com,ManualSuppression,Customer,2024-05-31T06:15:30-04:00
                    e@example.com,Whim,Customer,2024-05-31T06:15:30-04:00
                    """);

            assertThat(file.summary()).isEqualTo(new ImportSummary(ImportFormat.POSTMARK, 5, 4, 1, 0));
            assertThat(file.good())
                    .extracting(ImportedRow::reason, ImportedRow::detail)
                    .containsExactly(
                            tuple(SuppressionReason.BOUNCE, "HardBounce, origin Recipient"),
                            tuple(SuppressionReason.COMPLAINT, "SpamComplaint, origin Recipient"),
                            tuple(SuppressionReason.UNSUBSCRIBE, "ManualSuppression, origin Recipient"),
                            tuple(SuppressionReason.MANUAL, "ManualSuppression, origin Customer"));
            assertThat(file.good().get(0).since()).isEqualTo(Instant.parse("2024-05-31T10:15:30Z"));
            assertThat(file.bad())
                    .containsExactly(new BadRow(
                            6,
                            "suppression_reason is empty or not known (expected: HardBounce, SpamComplaint or"
                                    + " ManualSuppression)"));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "amazon-ses             | last_updated_time, EMAIL ADDRESS , reason",
                    "sendgrid-bounces       | Created At,email_address,Status,Reason,notes",
                    "sendgrid-spam-reports  | Created,IP Address,Email",
                    "sendgrid-invalid-emails| E-Mail,Created,Reason",
                    "sendgrid-unsubscribes  | CREATED,EMAIL",
                    "mailgun-bounces        | Created At;Error;Code;Address;MessageHash",
                    "mailgun-complaints     | CreatedAt,Address",
                    "mailgun-unsubscribes   | 'created_at,tags,address,'",
                    "postmark               | created-at,origin,suppression reason,email address,stream",
                    "csv                    | name,Recipient",
                    "csv                    | email,created,name",
                    "csv                    | address,created_at,name",
                    "csv                    | email,status,reason,since",
                })
        void areRecognisedByTheirColumnsInAnySpellingAndOrder(String format, String header) throws Exception {
            assertThat(ImportedFile.read("\uFEFF\r\n# exported\r\n" + header + "\r\n")
                            .summary())
                    .isEqualTo(
                            new ImportSummary(ImportFormat.named(format.strip()).orElseThrow(), 0, 0, 0, 0));
        }
    }

    @Nested
    class Blocks {

        @Test
        void areRefusedWhenTheCallerSaysSo() {
            assertThatExceptionOfType(InvalidImportException.class)
                    .isThrownBy(() -> ImportedFile.read("x.csv", SENDGRID_BOUNCES, ImportFormat.SENDGRID_BLOCKS))
                    .withMessageContainingAll("x.csv", "content or reputation", "sendgrid-bounces");
        }

        @Test
        void areRefusedWhenTheFilesNameSaysSo() {
            assertThatThrownBy(() -> ImportedFile.read("/tmp/suppression_Blocks.csv", SENDGRID_BOUNCES, null))
                    .isInstanceOf(InvalidImportException.class)
                    .hasMessageContaining("its name says block");
        }

        @Test
        void areRefusedWhenAllRowsSaySo() {
            assertThatThrownBy(() -> ImportedFile.read("x.csv", SENDGRID_BLOCKS, null))
                    .isInstanceOf(InvalidImportException.class)
                    .hasMessageContaining("its rows are such as blocks are");
        }

        @Test
        void anotherFolderOrTheCallersWordMakesThemBounces() throws Exception {
            assertThat(ImportedFile.read("/tmp/blocks/bounces.csv", SENDGRID_BOUNCES, null)
                            .good())
                    .hasSize(2);
            assertThat(ImportedFile.read("blocks.csv", SENDGRID_BOUNCES, ImportFormat.SENDGRID_BOUNCES)
                            .good())
                    .hasSize(2);
        }

        /** The list of somebody's own may well be called so. */
        @Test
        void areNotSuspectedInOtherFormats() throws Exception {
            assertThat(ImportedFile.read("blocklist.txt", "a@example.com\n", null)
                            .good())
                    .hasSize(1);
        }

        @Test
        void areLeftOutOfWhatMayBeBounces() throws Exception {
            String unsure = """
                    4.2.2,452 4.2.2 Mailbox full,full@example.com,1717150530
                    ,Unknown,unknown@example.com,1717150530
                    5.1.0,,address@example.com,1717150530
                    """;
            ImportedFile file = ImportedFile.read(SENDGRID_BOUNCES + unsure + SENDGRID_BLOCKS.substring(28));

            assertThat(file.summary()).isEqualTo(new ImportSummary(ImportFormat.SENDGRID_BOUNCES, 8, 3, 5, 0));
            assertThat(file.good()).extracting(ImportedRow::row).containsExactly(2L, 3L, 6L);
            assertThat(file.good().get(2).category()).isNull();
            assertThat(file.bad()).extracting(BadRow::row).containsExactly(4L, 5L, 7L, 8L, 9L);
            assertThat(file.bad().get(0).reason()).contains("temporary", "sendgrid-bounces");
            assertThat(file.bad().get(1).reason()).contains("neither status nor reason", "sendgrid-bounces");
        }

        @Test
        void areLeftOutOfBouncesWhereTheReplyTells() throws Exception {
            String unsure = """
                    4.2.2,452 4.2.2 Mailbox full,full@example.com,1717150530
                    550,,code@example.com,1717150530
                    ,Unknown,unknown@example.com,1717150530
                    """;
            ImportedFile file = ImportedFile.read("x.csv", SENDGRID_BLOCKS + unsure, ImportFormat.SENDGRID_BOUNCES);

            assertThat(file.good())
                    .extracting(ImportedRow::row, ImportedRow::category, ImportedRow::detail)
                    .containsExactly(
                            tuple(5L, "MAILBOX_FULL", "452 4.2.2 Mailbox full"),
                            tuple(6L, null, "550"),
                            tuple(7L, null, "Unknown"));
            assertThat(file.bad()).extracting(BadRow::row).containsExactly(2L, 3L, 4L);
        }
    }

    @Nested
    class ListsOfOnesOwn {

        @Test
        void anAddressOrADomainOnEachLine() throws Exception {
            ImportedFile file = ImportedFile.read("""
                    # do not mail

                    A@Example.com
                    <b@example.com>
                    "c@example.com"
                    @Spam.Example
                      # and these
                    @bücher.example
                    jürgen@BÜCHER.example
                    """);

            assertThat(file.summary()).isEqualTo(new ImportSummary(ImportFormat.PLAIN, 6, 6, 0, 0));
            assertThat(file.good())
                    .extracting(ImportedRow::row, ImportedRow::address)
                    .containsExactly(
                            tuple(3L, "a@example.com"),
                            tuple(4L, "b@example.com"),
                            tuple(5L, "c@example.com"),
                            tuple(6L, "@spam.example"),
                            tuple(8L, "@xn--bcher-kva.example"),
                            tuple(9L, "jürgen@xn--bcher-kva.example"));
            assertThat(file.good())
                    .extracting(ImportedRow::reason, ImportedRow::category, ImportedRow::detail, ImportedRow::since)
                    .containsOnly(tuple(SuppressionReason.MANUAL, null, null, null));
        }

        @Test
        void linesThatHoldNoAddressAreReported() throws Exception {
            ImportedFile file = ImportedFile.read(
                    "x.txt",
                    "somebody\r\na@example.com\r\r\n*@example.com\nb@example.com,c@example.com\n@\n@exa mple.com\n"
                            + "a@" + "b".repeat(100_000),
                    ImportFormat.PLAIN);

            assertThat(file.good()).extracting(ImportedRow::row).containsExactly(2L);
            assertThat(file.bad()).extracting(BadRow::row).containsExactly(1L, 4L, 5L, 6L, 7L, 8L);
            assertThat(file.bad()).extracting(BadRow::reason).noneMatch(reason -> reason.contains("example.com"));
            assertThat(file.bad().get(1).reason()).contains("@ and the domain");
        }

        @Test
        void csv() throws Exception {
            ImportedFile file = ImportedFile.read("""
                    name;e-mail;reason;since
                    Ann;ann@example.com;Spam complaint;2024-05-31
                    Bob;bob@example.com;asked on the phone, see bob@example.com;
                    Cy;@example.org;;2024-05-31 10:15
                    """);

            assertThat(file.summary()).isEqualTo(new ImportSummary(ImportFormat.CSV, 3, 3, 0, 0));
            assertThat(file.good())
                    .extracting(ImportedRow::address, ImportedRow::reason, ImportedRow::detail, ImportedRow::since)
                    .containsExactly(
                            tuple(
                                    "ann@example.com",
                                    SuppressionReason.COMPLAINT,
                                    "Spam complaint",
                                    Instant.parse("2024-05-31T00:00:00Z")),
                            tuple(
                                    "bob@example.com",
                                    SuppressionReason.MANUAL,
                                    "asked on the phone, see b***@example.com",
                                    null),
                            tuple(
                                    "@example.org",
                                    SuppressionReason.MANUAL,
                                    null,
                                    Instant.parse("2024-05-31T10:15:00Z")));
        }

        @Test
        void providersListNoDomains() throws Exception {
            assertThat(ImportedFile.read("email,created\n@example.com,\n").bad())
                    .containsExactly(new BadRow(2, "address has nothing before the @"));
        }
    }

    @Nested
    class Rows {

        @Test
        void areNumberedByTheLineOnWhichTheyBegin() throws Exception {
            ImportedFile file = ImportedFile.read("address,code,error,created_at\r\n"
                    + "a@example.com,550,\"550-5.1.1 The account\r\n550 5.1.1 does\u0007\tnot exist\",\r\n"
                    + "\r\n"
                    + " , ,,\r\n"
                    + "nobody,550,\"550\n5.1.1\",\r\n"
                    + "b@example.com,550,\"550 5.1.1 User unknown\",\r\n"
                    + "c@example.com,550\r\n"
                    + "d@example.com,550,User, unknown,\r\n"
                    + "e@example.com,550,5.1.1 User unknown,yesterday");

            assertThat(file.summary()).isEqualTo(new ImportSummary(ImportFormat.MAILGUN_BOUNCES, 6, 2, 4, 0));
            assertThat(file.good()).extracting(ImportedRow::row).containsExactly(2L, 8L);
            assertThat(file.good().get(0).detail()).isEqualTo("550-5.1.1 The account 550 5.1.1 does not exist");
            assertThat(file.bad()).extracting(BadRow::row).containsExactly(6L, 9L, 10L, 11L);
            assertThat(file.bad().get(1).reason()).contains("2 cells", "expected: 4");
            assertThat(file.bad().get(2).reason()).contains("5 cells", "quote cells");
            assertThat(file.bad().get(3).reason()).contains("time is not readable", "2024-05-31T10:15:30Z");
        }

        @Test
        void withAnAddressThatWasThereArePassedOver() throws Exception {
            ImportedFile file = ImportedFile.read("""
                    EmailAddress,Reason,LastUpdateTime
                    a@example.com,,
                    a@example.com,BOUNCE,
                    A@EXAMPLE.COM,COMPLAINT,
                    a@example.com,BOUNCE,
                    b@example.com,BOUNCE,
                    """);

            assertThat(file.summary()).isEqualTo(new ImportSummary(ImportFormat.AMAZON_SES, 5, 2, 1, 2));
            assertThat(file.good())
                    .extracting(ImportedRow::row, ImportedRow::reason)
                    .containsExactly(tuple(3L, SuppressionReason.BOUNCE), tuple(6L, SuppressionReason.BOUNCE));
            assertThat(file.bad())
                    .containsExactly(new BadRow(2, "reason is empty or not known (expected: BOUNCE or COMPLAINT)"));
        }

        @Test
        void haveDetailsOfBoundedLengthThatHideAddresses() throws Exception {
            String reply = "550 5.1.1 User unknown " + "x".repeat(270) + " somebody@example.com";
            ImportedFile file = ImportedFile.read("address,code,error,created_at\na@example.com,550," + reply + ",\n");

            assertThat(file.good().get(0).detail())
                    .hasSizeLessThanOrEqualTo(Detail.MAX_LENGTH)
                    .endsWith("…")
                    .doesNotContain("someb");
        }

        /** What the file holds is never in memory as a whole. */
        @Test
        void areHandedOverAsTheyAreRead() throws Exception {
            long rows = 2_000;
            GeneratedReader reader = new GeneratedReader("email,name\n", rows, "x".repeat(10_000));

            ImportSummary summary = SuppressionImport.read(
                    "large.csv",
                    reader,
                    null,
                    row -> assertThat(reader.row - row.row()).isLessThan(10),
                    bad -> {});

            assertThat(summary).isEqualTo(new ImportSummary(ImportFormat.CSV, rows, rows, 0, 0));
        }
    }

    @Nested
    class Files {

        @ParameterizedTest
        @ValueSource(strings = {"", "\uFEFF", "\n\r\n  \n# nothing\n"})
        void withNothingInThemAreRefused(String text) {
            assertThatThrownBy(() -> ImportedFile.read(text))
                    .isInstanceOf(InvalidImportException.class)
                    .hasMessageStartingWith("list.csv is empty (expected: amazon-ses: columns email, reason");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "name,city                | columns name, city",
                    "email,address            | columns email, address",
                    "PK\u0003\u0004           | column PK",
                    "Ann,ann@example.com,Rome | an address instead of column names",
                })
        void withColumnsThatAreNotKnownAreRefused(String header, String found) {
            assertThatThrownBy(() -> ImportedFile.read(header + "\n1,2,3\n"))
                    .isInstanceOf(InvalidImportException.class)
                    .hasMessageContainingAll("list.csv has " + found, "no export that is known", "plain: an address")
                    .hasMessageNotContainingAny("ann@example.com", "Rome", "sendgrid-blocks");
        }

        @Test
        void withTwoColumnsForTheSameAreRefused() {
            assertThatThrownBy(() -> ImportedFile.read("email,Email Address\n"))
                    .isInstanceOf(InvalidImportException.class)
                    .hasMessageContainingAll("list.csv has more than one column for email", "expected: one");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "sendgrid-bounces      | reason,email,created              | status, reason",
                    "amazon-ses            | email,created                     | reason, last_update_time",
                    "postmark              | a@example.com                     | an address instead of column names",
                    "mailgun-complaints    | address,code,error,created_at     | it is mailgun-bounces",
                    "mailgun-complaints    | EmailAddress,SuppressionReason,Origin,CreatedAt | it is postmark",
                    "csv                   | status,reason,email,created       | it is sendgrid-bounces",
                    "sendgrid-unsubscribes | ip,email,created                  | it is sendgrid-spam-reports",
                    "plain                 | email,created                     | it is sendgrid-unsubscribes",
                    "plain                 | email                             | it is csv",
                })
        void ofAnotherFormatThanTheCallerSaysAreRefused(String format, String header, String message) {
            ImportFormat asked = ImportFormat.named(format.strip()).orElseThrow();

            assertThatThrownBy(() -> ImportedFile.read("x.csv", header + "\n", asked))
                    .isInstanceOf(InvalidImportException.class)
                    .hasMessageContainingAll("x.csv", format, message);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "sendgrid-spam-reports | email,created",
                    "csv                   | email,created",
                    "csv                   | ip,email,created",
                    "mailgun-complaints    | address,created_at,name",
                    "amazon-ses            | email,reason",
                    "sendgrid-unsubscribes | recipient",
                })
        void thatCouldBeAnybodysAreWhatTheCallerSays(String format, String header) throws Exception {
            ImportFormat asked = ImportFormat.named(format.strip()).orElseThrow();

            assertThat(ImportedFile.read("x.csv", header + "\n", asked)
                            .summary()
                            .format())
                    .isEqualTo(asked);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"b@example.com,1\n", "\"b@example.com\"x,1\nc@example.com,1\n"})
        void thatAreNoCsvAreRefusedFromThatRowOn(String row) {
            AtomicLong good = new AtomicLong();
            String text = "email,created\n\"a@example.com\",\n\n" + row;

            assertThatThrownBy(() -> SuppressionImport.read(
                            "x.csv", new StringReader(text), null, next -> good.incrementAndGet(), bad -> {}))
                    .isInstanceOf(InvalidImportException.class)
                    .hasMessageContainingAll("x.csv: the row that begins on line 4", "quote")
                    .hasMessageNotContaining("example.com");
            assertThat(good).hasValue(1);
        }

        @Test
        void withAQuoteThatIsNotClosedDoNotFillTheMemory() {
            assertThatThrownBy(() -> SuppressionImport.read(
                            "x.csv",
                            new GeneratedReader("email,name\n\"a@example.com,\n", Long.MAX_VALUE, "x"),
                            null,
                            good -> {},
                            bad -> {}))
                    .isInstanceOf(InvalidImportException.class)
                    .hasMessageContainingAll("x.csv: the row that begins on line 2", "does not end within");
        }

        @Test
        void thatCannotBeReadAreNoMatterOfTheirContent() {
            assertThatThrownBy(() -> SuppressionImport.read(
                            "x.csv", new GeneratedReader("email,name\n", 1000, null), null, good -> {}, bad -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessage("disk on fire");
        }
    }

    @ParameterizedTest
    @EnumSource(ImportFormat.class)
    void formatsAreFoundByTheirNames(ImportFormat format) {
        assertThat(ImportFormat.named(format.text())).contains(format);
        assertThat(ImportFormat.named(format.text() + "x")).isEmpty();
    }

    /** A first part, then so many rows of an address and a name; without a name it fails. */
    private static final class GeneratedReader extends Reader {

        private final long rows;
        private final String name;
        private String part;
        private int position;
        private long row;

        GeneratedReader(String first, long rows, String name) {
            this.part = first;
            this.rows = rows;
            this.name = name;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            if (position == part.length()) {
                if (name == null) {
                    throw new IOException("disk on fire");
                }
                if (row == rows) {
                    return -1;
                }
                row++;
                part = "user" + row + "@example.com," + name + "\n";
                position = 0;
            }
            int count = Math.min(length, part.length() - position);
            part.getChars(position, position + count, buffer, offset);
            position += count;
            return count;
        }

        @Override
        public void close() {}
    }
}
