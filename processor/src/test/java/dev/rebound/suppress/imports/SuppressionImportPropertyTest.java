package dev.rebound.suppress.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every file, whatever stands in it. */
class SuppressionImportPropertyTest {

    private static final List<String> PIECES = List.of(
            "email",
            "address",
            "reason",
            "status",
            "created",
            "code",
            "error",
            "a@example.com",
            "B@bücher.example",
            "@example.com",
            "550 5.1.1 User unknown",
            "5.7.1",
            "1717150530",
            "2024-02-31T10:00:00Z",
            "2024-05-31 25:00",
            "+99:99",
            "#",
            "\"",
            "\"\"",
            ",",
            ";",
            "\t",
            "\n",
            "\r",
            "\r\n",
            " ",
            "\uFEFF",
            "\u0000",
            "\uD800",
            "😀");

    private static final List<String> HEADERS = List.of(
            "EmailAddress,Reason,LastUpdateTime\n",
            "status,reason,email,created\n",
            "ip,email,created\n",
            "reason,email,created\n",
            "email,created\n",
            "address,code,error,created_at\n",
            "address,created_at\n",
            "address,tags,created_at\n",
            "EmailAddress,SuppressionReason,Origin,CreatedAt\n",
            "email,reason\n",
            "a@example.com\n",
            "");

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anyTextGivesRowsOrAnExplanation(@ForAll String text, @ForAll("formats") ImportFormat format)
            throws IOException {
        check(text, format);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void soDoesAnyTextThatIsNearlyRight(@ForAll("exports") String text, @ForAll("formats") ImportFormat format)
            throws IOException {
        check(text, format);
    }

    /** Quotes, line breaks and what the cells hold do not shift the numbers. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void rowsAreNumberedByTheirLines(@ForAll("notes") List<String> notes) throws Exception {
        StringBuilder text = new StringBuilder("email,notes\r\n");
        for (String note : notes) {
            long line = text.toString()
                            .replace("\r\n", "\n")
                            .replace('\r', '\n')
                            .lines()
                            .count()
                    + 1;
            text.append("user")
                    .append(line)
                    .append("@example.com,\"")
                    .append(note)
                    .append("\"\r\n");
        }

        ImportedFile file = ImportedFile.read(text.toString());

        assertThat(file.good()).hasSize(notes.size()).allSatisfy(row -> assertThat(row.address())
                .isEqualTo("user" + row.row() + "@example.com"));
    }

    private static void check(String text, ImportFormat format) throws IOException {
        try {
            ImportedFile file = ImportedFile.read("any.csv", text, format);
            ImportSummary summary = file.summary();
            assertThat(summary.good()).isEqualTo(file.good().size());
            assertThat(summary.bad()).isEqualTo(file.bad().size());
            assertThat(summary.rows()).isEqualTo(summary.good() + summary.bad() + summary.duplicates());
            assertThat(file.good()).allSatisfy(row -> {
                assertThat(row.row()).isPositive();
                assertThat(row.address()).contains("@");
                assertThat(row.detail())
                        .satisfiesAnyOf(
                                detail -> assertThat(detail).isNull(),
                                detail -> assertThat(detail).isNotBlank().hasSizeLessThanOrEqualTo(Detail.MAX_LENGTH));
            });
            assertThat(file.good()).extracting(ImportedRow::address).doesNotHaveDuplicates();
            assertThat(file.bad()).allSatisfy(row -> assertThat(row.reason()).doesNotContain("example"));
        } catch (InvalidImportException e) {
            assertThat(e).hasMessageStartingWith("any.csv").hasMessageNotContaining("example");
        }
    }

    @Provide
    Arbitrary<ImportFormat> formats() {
        return Arbitraries.of(ImportFormat.class).injectNull(0.5);
    }

    @Provide
    Arbitrary<String> exports() {
        Arbitrary<String> rest = Arbitraries.of(PIECES).list().ofMaxSize(30).map(pieces -> String.join("", pieces));
        return Combinators.combine(Arbitraries.of(HEADERS), rest).as(String::concat);
    }

    @Provide
    Arbitrary<List<String>> notes() {
        return Arbitraries.of("\n", "\r", "\r\n", "\"\"", ",", "x", " ")
                .list()
                .ofMaxSize(8)
                .map(pieces -> pieces.stream().collect(Collectors.joining()))
                .list()
                .ofMaxSize(6);
    }
}
