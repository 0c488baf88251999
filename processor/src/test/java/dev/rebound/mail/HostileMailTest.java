package dev.rebound.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.schema.Correlation;
import dev.rebound.schema.DeliveryEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes, reading ends, with events that can be used or with a reason. The limits are against endless reading only. */
@Timeout(300)
class HostileMailTest {

    private static final int MUTANTS_OF_EACH = 60;

    private static final DsnReader READER = new DsnReader(
            "default", Correlation.ASSERTED, Clock.fixed(Instant.parse("2026-01-15T00:00:00Z"), ZoneOffset.UTC));

    static List<Path> samples() throws IOException, URISyntaxException {
        Path folder = Path.of(HostileMailTest.class.getResource("/mails").toURI());
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".eml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void mutantsOfSampleMailsAreReadOrGivenAReason(Path sample) throws IOException {
        byte[] mail = Files.readAllBytes(sample);
        Random random = new Random(sample.getFileName().toString().hashCode());
        for (int i = 0; i < MUTANTS_OF_EACH; i++) {
            byte[] mutant = mail;
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                mutant = mutate(mutant, random);
            }
            assertIsRead(mutant, sample.getFileName() + ", mutant " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                " ",
                ">",
                "<",
                "(",
                "@",
                "a@",
                "a@b.example ",
                "a@b.example,",
                "Final-Recipient: rfc822;a@b.example\r\n",
                "deliver to ",
                "550 5.1.1 ",
                "user unknown ",
                "From: a\r\n",
                "--x\r\n",
                "=?utf-8?b?",
                "<div>",
                "\t\r\n",
                "\u3000",
                "generated from ",
                "could not be delivered to: ",
                "\0"
            })
    void endlessRepetitionIsReadToAnEnd(String repeated) {
        String large = repeated.repeat(600_000 / repeated.length());
        for (String type : List.of("text/plain", "text/html", "message/delivery-status", "message/rfc822")) {
            assertIsRead(
                    notice("Content-Type: " + type, "Your message could not be delivered.\r\n\r\n" + large),
                    "as " + type);
        }
        assertIsRead(notice("X-Failed-Recipients: " + large.replaceAll("[\r\n]+", " "), "Failed."), "in a field");
        assertIsRead(large.getBytes(StandardCharsets.UTF_8), "bare");
    }

    @Test
    void whatRepeatsInASubjectOrALineIsReadToAnEnd() {
        assertIsRead(notice("Subject: " + "r:".repeat(1_000), "Delivery failed."), "subject");
        String report = "Final-Recipient: rfc822; kim@example.org\r\nAction: failed\r\n";
        assertIsRead(notice("X-A: b", report + ">".repeat(4_000)), "quotation marks");
        assertIsRead(notice("X-A: b", report + "> ".repeat(2_000)), "quotation");
    }

    @Test
    void noticesAboutThousandsOfRecipientsAreReadToAnEnd() {
        StringBuilder addresses = new StringBuilder();
        for (int i = 0; i < 12_000; i++) {
            addresses.append("u").append(i).append("@b.cc ");
            addresses.append(i % 300 == 299 ? "\r\nTo: " : "");
        }
        String replies = "550 no such user here\r\n".repeat(1_900);
        assertIsRead(notice("X-A: b", "could not be delivered\r\nTo: " + addresses + "\r\n" + replies), "To");
        assertIsRead(
                notice("X-Failed-Recipients: " + addresses.toString().replace("\r\nTo:", ""), "Failed.\r\n" + replies),
                "X-Failed-Recipients");
    }

    @Test
    void deepNestingIsReadToAnEnd() {
        StringBuilder mail = new StringBuilder("From: MAILER-DAEMON@mx.example\r\n");
        for (int i = 0; i < 5_000; i++) {
            mail.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\r\n\r\n--b")
                    .append(i)
                    .append("\r\n");
        }

        assertThat(READER.read(mail.toString().getBytes(StandardCharsets.US_ASCII), "deep"))
                .isEqualTo(new MailReading.NotRead(SetAsideReason.TOO_COMPLEX));
    }

    @Test
    void charactersOfOtherSetsThanTheOneThatIsNamedAreRead() {
        for (String charset : List.of("utf-16", "iso-2022-jp", "gb18030", "utf-7", "no-such-set", "us-ascii", "\"\"")) {
            byte[] mail = notice(
                    "Content-Type: text/plain; charset=" + charset,
                    "Nachricht für kim@example.net unzustellbar \u00ff\ud83d\ude00");
            assertIsRead(mail, charset);
        }
    }

    private static byte[] notice(String field, String body) {
        return ("From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example>\r\nTo: news@sender.example\r\n"
                        + "Subject: Undeliverable mail\r\n" + field + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void assertIsRead(byte[] mail, String which) {
        MailReading reading = READER.read(mail, "mutant");

        if (reading instanceof MailReading.NotRead notRead) {
            assertThat(notRead.reason()).as(which).isNotNull();
            return;
        }
        List<DeliveryEvent> events = ((MailReading.Report) reading).events();
        assertThat(events).as(which).isNotEmpty().allSatisfy(event -> {
            assertThat(ReportedAddress.isUsable(event.getRecipient())).isTrue();
            assertThat(event.getOutcome()).isNotNull();
            assertThat(event.getEventTime()).isNotNull();
        });
    }

    private static byte[] mutate(byte[] mail, Random random) {
        if (mail.length < 2) {
            return mail;
        }
        int at = random.nextInt(mail.length);
        int length = Math.min(mail.length - at, 1 + random.nextInt(400));
        byte[] piece = Arrays.copyOfRange(mail, at, at + length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (random.nextInt(7)) {
            case 0 -> {
                random.nextBytes(piece);
                put(out, mail, 0, at, piece, at + length);
            }
            case 1 -> put(out, mail, 0, at, new byte[0], at + length);
            case 2 -> put(out, mail, 0, at, piece, at);
            case 3 -> out.write(mail, 0, at);
            case 4 -> {
                byte[] many = new byte[random.nextInt(20_000)];
                Arrays.fill(many, mail[at]);
                put(out, mail, 0, at, many, at);
            }
            case 5 -> put(out, mail, 0, random.nextInt(mail.length), piece, mail.length);
            default -> {
                String text = new String(mail, StandardCharsets.ISO_8859_1);
                String[] words = {"boundary", "Content-Type", "\n\n", ":", "@", "utf-8", "Final-Recipient", "\n"};
                String word = words[random.nextInt(words.length)];
                out.writeBytes(text.replaceFirst(word, words[random.nextInt(words.length)])
                        .getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return out.toByteArray();
    }

    private static void put(ByteArrayOutputStream out, byte[] mail, int from, int to, byte[] between, int rest) {
        out.write(mail, from, to - from);
        out.writeBytes(between);
        out.write(mail, rest, mail.length - rest);
    }
}
