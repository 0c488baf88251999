package dev.rebound.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailFileTest {

    private static final String SEPARATOR = "From MAILER-DAEMON Thu Jan 15 13:00:00 2026\n";

    @Property(tries = 1_000)
    void mailsAreReadAsTheyWereBeforeTheyWereWritten(
            @ForAll Dialect dialect, @ForAll("mails") List<Dialect.Parts> mails) {
        Assume.that(mails.stream().noneMatch(dialect::loses));

        assertThat(contents(dialect.file(mails)))
                .isEqualTo(mails.stream().map(dialect::asRead).toList());
    }

    @Property(tries = 300)
    void whatADialectLosesStaysInItsMail(@ForAll Dialect dialect, @ForAll("mails") List<Dialect.Parts> mails) {
        assertThat(contents(dialect.file(mails)).stream().map(MailFileTest::unquoted))
                .isEqualTo(mails.stream()
                        .map(dialect::asRead)
                        .map(MailFileTest::unquoted)
                        .toList());
    }

    @Property(tries = 500)
    void anyBytesAreMails(@ForAll @Size(max = 2_000) byte[] bytes) {
        assertThat(read(bytes)).isNotNull();
        assertThat(read(concat(Dialect.bytes(SEPARATOR), bytes))).isNotEmpty();
        assertThat(read(concat(HexFormat.of().parseHex("1f8b08"), bytes))).isNotNull();
    }

    @Property(tries = 1_000)
    void noByteOfADamagedFileIsLost(
            @ForAll("mails") List<Dialect.Parts> mails,
            @ForAll Dialect dialect,
            @ForAll("lines") String inserted,
            @ForAll short at) {
        String file = new String(dialect.file(mails), StandardCharsets.ISO_8859_1);
        int place = SEPARATOR.length() + Math.floorMod(at, file.length() - SEPARATOR.length() + 1);
        String damaged = file.substring(0, place) + inserted + file.substring(place);

        String all = String.join("\n", contents(Dialect.bytes(damaged)));

        assertThat(withoutSeparators(all)).isEqualTo(withoutSeparators(damaged));
    }

    @Provide
    Arbitrary<List<Dialect.Parts>> mails() {
        Arbitrary<String> header = Arbitraries.of(
                "Subject: x",
                "From: a@example.com\nX: y",
                "Subject: x\r\nTo: b@example.com\r",
                "X-Long: " + "y".repeat(9_000));
        return Combinators.combine(header, lines())
                .as(Dialect.Parts::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<String> lines() {
        return Arbitraries.oneOf(
                        Arbitraries.of(
                                "",
                                "",
                                "\r",
                                "From here on nothing matters",
                                "From a@example.com to Thu Jan 15 13:00:00",
                                "From x Thu Jan 15 13:00:00 2026",
                                ">From x Thu Jan 15 13:00:00 2026",
                                ">>From us",
                                ">",
                                "Content-Length: 3",
                                "z".repeat(8_191),
                                "z".repeat(20_000)),
                        Arbitraries.strings()
                                .withCharRange('\0', '\u00ff')
                                .excludeChars('\n')
                                .ofMaxLength(30))
                .list()
                .ofMaxSize(8)
                .map(lines -> lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
    }

    @Test
    void sentencesDoNotPartMails() {
        String mail =
                "Subject: x\n\nText.\n\nFrom Monday on it is closed.\n\nFrom me on Thu Jan 15 13:00:00 2026 to you.\n"
                        + "From x Thu Jan 15 13:00:00 2026\n";

        assertThat(contents(Dialect.bytes(SEPARATOR + mail))).containsExactly(mail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From a@example.com Thu Jan  1 00:00:00 2026",
                "From a@example.com  Thu Jan 15 13:00:00 CET 2026",
                "From a@example.com Thu Jan 15 13:00 2026 +0100",
                "From a@example.com Thu Jan 15 13:00:00 2026 remote from host",
                "From - Thu Jan 15 13:00:00 2026",
                "From ???@??? Thu Jan 15 13:00:00 2026",
                "From \"a b\"@example.com Thu Jan 15 13:00:00 2026",
                "From Thu Jan 15 13:00:00 2026",
                "From a@example.com Thu, 15 Jan 2026 13:00:00 +0000",
                "From a@example.com 2026-01-15T13:00:00Z",
            })
    void knowsTheWaysOfWritingASeparator(String separator) {
        assertThat(contents(Dialect.bytes(separator + "\nX: 1\n\na\n\n" + separator + "\r\nX: 2\n\nb\n")))
                .containsExactly("X: 1\n\na\n", "X: 2\n\nb\n");
    }

    @Test
    void aFileWithoutSeparatorIsOneMail() {
        String mail = "Subject: x\n\nText.\n\n" + SEPARATOR + "more\n\n";

        assertThat(contents(Dialect.bytes(mail))).containsExactly(mail);
        assertThat(contents(Dialect.bytes("From here\n\n" + mail))).containsExactly("From here\n\n" + mail);
        assertThat(contents(new byte[0])).containsExactly("");
    }

    @Test
    void linesMayEndAsOnTheWire() {
        String file = (SEPARATOR + "X: 1\n\na\n>From b\n\n" + SEPARATOR + "X: 2\n\n\nb\n\n").replace("\n", "\r\n");

        assertThat(contents(Dialect.bytes(file)))
                .containsExactly("X: 1\r\n\r\na\r\nFrom b\r\n", "X: 2\r\n\r\n\r\nb\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "6", "70", "999999999", "9999999999", "-5", "x", ""})
    void aContentLengthThatIsWrongIsNotBelieved(String length) {
        String first = "Content-Length: " + length + "\n\none\n";

        assertThat(contents(Dialect.bytes(SEPARATOR + first + "\n" + SEPARATOR + "X: 2\n\ntwo\n\n")))
                .containsExactly(first, "X: 2\n\ntwo\n");
    }

    @Test
    void mailsOfAMailboxHaveNumbers() throws IOException {
        List<Mail> mails = new ArrayList<>();
        byte[] file = Dialect.bytes(SEPARATOR + "X: 1\n\na\n\n" + SEPARATOR + "X: 2\n\nb\n");
        try (MailFile opened = open(new ByteArrayInputStream(file))) {
            for (Mail mail = opened.next(); mail != null; mail = opened.next()) {
                mails.add(mail);
            }
        }
        assertThat(mails).extracting(Mail::source).containsExactly("-#1", "-#2");
    }

    @Test
    void compressedFilesAreReadAsIfTheyWereNot() throws IOException {
        byte[] mailbox = Dialect.bytes(SEPARATOR + "X: 1\n\na\n\n" + SEPARATOR + "X: 2\n\nb\n");

        assertThat(contents(gzip(mailbox))).containsExactly("X: 1\n\na\n", "X: 2\n\nb\n");
        assertThat(contents(gzip(Dialect.bytes("X: 1\n\na\n")))).containsExactly("X: 1\n\na\n");
    }

    /** So are files to which further mails are appended by compressing them alone. */
    @Test
    void severalMembersInARowAreOneFileAlsoFromASlowPipe() throws IOException {
        byte[] first = gzip(Dialect.bytes(SEPARATOR + "X: 1\n\na\n\n"));
        byte[] second = gzip(Dialect.bytes(SEPARATOR + "X: 2\n\nb\n"));
        InputStream slow = new ByteArrayInputStream(concat(first, second)) {
            @Override
            public int available() {
                return 0;
            }

            @Override
            public int read(byte[] target, int from, int count) {
                return super.read(target, from, Math.min(count, 1));
            }
        };

        assertThat(contents(slow)).containsExactly("X: 1\n\na\n", "X: 2\n\nb\n");
    }

    @Test
    void damageIsToldAndTheMailsBeforeItAreRead() throws IOException {
        String noise = HexFormat.of().formatHex(noise(50_000));
        byte[] whole = gzip(Dialect.bytes(SEPARATOR + "X: 1\n\na\n\n" + SEPARATOR + "X: 2\n\n" + noise + "\n"));
        try (MailFile file = open(new ByteArrayInputStream(Arrays.copyOf(whole, whole.length / 2)))) {
            assertThat(file.next().content().readAllBytes()).isEqualTo(Dialect.bytes("X: 1\n\na\n"));
            InputStream second = file.next().content();
            assertThatThrownBy(second::readAllBytes)
                    .isInstanceOf(UnreadableSourceException.class)
                    .hasMessage("What is compressed in it is damaged or cut off.");
        }
        assertThatThrownBy(() -> contents(concat(whole, noise(3_000))))
                .hasMessageContaining("Something else follows what is compressed in it.");
    }

    @Test
    void whatUnpacksToMoreThanMailsDoIsRefused() throws IOException {
        byte[] bomb = gzip(new byte[4_000_000]);
        assertThatThrownBy(() -> {
                    Gunzip.Members members = new Gunzip.Members(new ByteArrayInputStream(bomb));
                    new Gunzip(members, () -> bomb.length, 1_000_000).readAllBytes();
                })
                .isInstanceOf(UnreadableSourceException.class)
                .hasMessageStartingWith("It is compressed more than 200 to 1");
        Gunzip.Members members = new Gunzip.Members(new ByteArrayInputStream(bomb));
        assertThat(new Gunzip(members, () -> bomb.length, 5_000_000).readAllBytes())
                .hasSize(4_000_000);
    }

    @Test
    void namesTheProgramForOtherCompression() {
        assertThatThrownBy(() -> open(new ByteArrayInputStream(Dialect.bytes("BZh91AY&SYxxx"))))
                .hasMessageContaining("bunzip2");
        assertThatThrownBy(() -> open(new ByteArrayInputStream(HexFormat.of().parseHex("fd377a585a000004"))))
                .hasMessageContaining("unxz");
    }

    /** The stream is made while it is read, so that its length is what was asked for. */
    @Test
    void holdsAtMostTheMailAtHand() throws IOException {
        byte[] mail = Dialect.bytes(SEPARATOR + "Subject: x\n\n" + "line of text\n".repeat(250) + "\n");
        int mails = 10_000;
        long[] given = {0};
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return given[0] == (long) mails * mail.length ? -1 : mail[(int) (given[0]++ % mail.length)];
            }

            @Override
            public int read(byte[] target, int from, int count) {
                int next = 0;
                int read = 0;
                while (read < Math.min(count, 4_096) && (next = read()) >= 0) {
                    target[from + read++] = (byte) next;
                }
                return read == 0 ? -1 : read;
            }
        };
        long read = 0;
        try (MailFile file = open(endless)) {
            for (Mail at = file.next(); at != null; at = file.next()) {
                at.content().readAllBytes();
                read++;
                assertThat(given[0] - read * mail.length).isLessThan(64 * 1024);
            }
        }
        assertThat(read).isEqualTo(mails);
        assertThat(given[0]).isGreaterThan(30_000_000);
    }

    private static MailFile open(InputStream in) throws IOException {
        return MailFile.open(InputSource.standardInput(in));
    }

    private static List<String> contents(byte[] file) {
        return contents(new ByteArrayInputStream(file));
    }

    private static List<String> contents(InputStream in) {
        List<String> contents = new ArrayList<>();
        try (MailFile file = open(in)) {
            for (Mail mail = file.next(); mail != null; mail = file.next()) {
                contents.add(new String(mail.content().readAllBytes(), StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return contents;
    }

    /** As {@link #contents}, where a file that cannot be read has what could be read of it. */
    private static List<String> read(byte[] bytes) {
        try {
            return contents(bytes);
        } catch (UncheckedIOException e) {
            assertThat(e.getCause()).isInstanceOf(UnreadableSourceException.class);
            return List.of();
        }
    }

    private static String unquoted(String text) {
        return text.replaceAll("(?dm)^>+From ", "From ");
    }

    /** Damage can make other separators of those that were written, and unmake them. */
    private static String withoutSeparators(String text) {
        return Arrays.stream(unquoted(text).split("\n", -1))
                .filter(line -> !MboxSeparator.isOne(line))
                .collect(Collectors.joining())
                .replaceAll("[\r>]", "");
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(file)) {
            out.write(content);
        }
        return file.toByteArray();
    }

    private static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(1).nextBytes(noise);
        return noise;
    }
}
