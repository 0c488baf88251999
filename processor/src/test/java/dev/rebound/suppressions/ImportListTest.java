package dev.rebound.suppressions;

import static dev.rebound.suppressions.ChangesInMemory.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.ingest.Progress;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.suppress.Erasure;
import dev.rebound.suppress.SuppressionList;
import dev.rebound.suppress.imports.BadRow;
import dev.rebound.suppress.imports.InvalidImportException;
import java.io.StringReader;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImportListTest {

    private static final Issued ISSUED = new Issued("ops", "we move", Instant.parse("2026-03-02T00:00:00Z"));
    private static final String MAILGUN = "address,code,error,created_at\n"
            + "jo@example.org,550,5.1.1 user unknown,2026-02-01T00:00:00Z\n"
            + "kim@example.org,550,5.2.2 mailbox full,2026-02-02T00:00:00Z\n"
            + "spam@example.org,550,5.7.1 message rejected as spam,2026-02-02T00:00:00Z\n"
            + "no address,550,5.1.1 user unknown,2026-02-02T00:00:00Z\n"
            + "Jo@example.org,550,5.1.1 user unknown,2026-02-03T00:00:00Z\n";

    private final ChangesInMemory topics = new ChangesInMemory();
    private final ImportList imports = topics.changes().imports();

    private static ImportRequest request(String text) {
        return new ImportRequest("list.csv", () -> new StringReader(text), null, SuppressionList.of("acme"));
    }

    @Test
    void aDryRunTellsWhatWouldHappenAndWritesNothing() throws Exception {
        topics.suppress(entry("acme", "kim@example.org"));
        topics.suppress(entry("default", "jo@example.org"));

        ImportReport report = imports.dryRun(request(MAILGUN), Watch.NONE);

        assertThat(report.format()).isEqualTo("mailgun-bounces");
        assertThat(report.rows()).isEqualTo(5);
        assertThat(report.good()).isEqualTo(2);
        assertThat(report.duplicates()).isOne();
        assertThat(report.byReason()).containsExactly(Map.entry("BOUNCE", 2L));
        assertThat(report.byCategory()).containsExactly(Map.entry("BAD_MAILBOX", 1L), Map.entry("MAILBOX_FULL", 1L));
        assertThat(report.bad()).isEqualTo(2);
        assertThat(report.badRows()).extracting(BadRow::row).containsExactly(4L, 5L);
        assertThat(report.suppressed()).isOne();
        assertThat(report.imported()).isZero();
        assertThat(report.toWrite()).isEqualTo(2);
        assertThat(report.written()).isZero();
        assertThat(topics.written()).isEmpty();
    }

    @Test
    void goodRowsBecomeCommandsWithTheirReasons() throws Exception {
        assertThat(imports.run(request(MAILGUN), ISSUED, Watch.NONE).written()).isEqualTo(2);

        SuppressionCommand jo = topics.written().get(0);
        assertThat(jo.getAction()).isEqualTo(SuppressionAction.ADD);
        assertThat(jo.getList()).isEqualTo("acme");
        assertThat(jo.getAddress()).isEqualTo("jo@example.org");
        assertThat(jo.getReason()).isEqualTo(SuppressionReason.BOUNCE);
        assertThat(jo.getCategory()).isEqualTo("BAD_MAILBOX");
        assertThat(jo.getDetail()).isEqualTo("550 5.1.1 user unknown");
        assertThat(jo.getSince()).isEqualTo(Instant.parse("2026-02-01T00:00:00Z"));
        assertThat(jo.getExpires()).isNull();
        assertThat(jo.getSource()).isEqualTo(SuppressionSource.IMPORT);
        assertThat(jo.getBy()).isEqualTo("ops");
        assertThat(jo.getWhy()).isEqualTo("we move");
        assertThat(jo.getIssuedAt()).isEqualTo(ISSUED.at());
    }

    @Test
    void aListIsImportedOnce() throws Exception {
        imports.run(request(MAILGUN), ISSUED, Watch.NONE);

        assertThat(imports.dryRun(request(MAILGUN), Watch.NONE).imported()).isEqualTo(2);
        assertThat(imports.run(request(MAILGUN), ISSUED, Watch.NONE).written()).isZero();
        assertThat(imports.run(request("new@example.org\njo@example.org\n"), ISSUED, Watch.NONE)
                        .written())
                .as("said by another list, with another reason")
                .isEqualTo(2);
        assertThat(topics.written()).hasSize(4);
    }

    @Test
    void anErasedAddressDoesNotComeBack() throws Exception {
        topics.suppress(entry("acme", new Erasure(ChangesInMemory.KEY).standIn("jo@example.org")));

        assertThat(imports.dryRun(request(MAILGUN), Watch.NONE).erased()).isOne();
        assertThat(imports.run(request(MAILGUN), ISSUED, Watch.NONE).written()).isOne();
        assertThat(topics.written()).extracting(SuppressionCommand::getAddress).containsExactly("kim@example.org");
        assertThat(topics.changes(Optional.empty())
                        .imports()
                        .dryRun(request(MAILGUN), Watch.NONE)
                        .erased())
                .as("without the key it cannot be recognised")
                .isZero();
    }

    @Test
    void nothingIsWrittenOfAFileThatCannotBeReadToItsEnd() {
        String broken = MAILGUN + "\"open,550,x,2026-02-02T00:00:00Z\n";

        assertThatThrownBy(() -> imports.run(request(broken), ISSUED, Watch.NONE))
                .isInstanceOf(InvalidImportException.class);
        assertThat(topics.written()).isEmpty();
    }

    @Test
    void manyBadRowsAreCountedAndSomeAreTold() throws Exception {
        ImportReport report = imports.dryRun(request("jo@example.org\n" + "nobody\n".repeat(1_500)), Watch.NONE);

        assertThat(report.bad()).isEqualTo(1_500);
        assertThat(report.badRows()).hasSize(ImportReport.MAX_BAD_ROWS);
    }

    @Test
    void aStopEndsIt() throws Exception {
        ImportReport report = imports.run(request(MAILGUN), ISSUED, new Watch(Progress.none(), () -> true));

        assertThat(report.written()).isZero();
        topics.suppress(entry("default", "other@example.org"));
        assertThat(imports.run(request(MAILGUN), ISSUED, new Watch(Progress.none(), () -> true))
                        .complete())
                .isFalse();
        assertThat(topics.written()).isEmpty();
    }
}
