package dev.rebound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.compare.AComparison;
import dev.rebound.compare.Comparison;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayDiffOutputTest {

    private static String table(Comparison comparison) {
        StringWriter text = new StringWriter();
        ReplayDiffOutput.table(comparison, new PrintWriter(text));
        return text.toString();
    }

    @Test
    void aTableSaysWhatDiffers() {
        assertThat(table(AComparison.ordinary())).isEqualTo("""
                live -> march, compared at 2026-03-01T10:00:00Z

                events: 1,234,567 compared, 1,180 changed (0.10 %)
                           12  only in live, which the replay's filters left out
                            1  only in march
                            2  records not compared: an older version wrote them, without their source
                            4  events not compared: they cannot be read

                moved
                        1,179  hard -> soft
                            1  soft -> none

                category
                        1,180  BAD_MAILBOX -> MAILBOX_FULL

                rule
                        1,180  550 5.1.1 <***@example.com>: no such user -> none

                provider
                            7  none -> google

                recipient gone
                            1  no -> yes
                        1,179  yes -> no

                fields of the classification that differ
                        1,180  bounceType

                receiving domain
                        1,180  example.com, 1,179 moved
                               delivery-events/3/120  2026-03-01T10:00:00Z  BOUNCED
                                  hard BAD_MAILBOX 5.1.1 (550 5.1.1 <***@example.com>: no such user) gone
                               -> soft MAILBOX_FULL
                                  550 5.1.1 <***@example.com>: no such user

                statistics: figures of the changed events
                  2026-03-01  example.com: hard -1,179
                              BAD_MAILBOX -1,180
                  and 5 more
                            6  changed events of further days and domains

                domain-stats: final values by key
                           10  the same
                            2  differ
                            0  only in live
                            1  only in march

                suppressions: 1 added, 1 lifted, 2 changed, 4,000 the same
                           80  not compared: a failure or complaint from before or beside the span counts too
                            9  entries not compared: they cannot be read

                  lifted  jane.doe@example.com on list default
                    live: BOUNCE BAD_MAILBOX, rule gone, occurrence 1
                      since 2026-03-01T10:00:00Z until for ever
                      2026-03-01T10:00:00Z  BOUNCED BAD_MAILBOX 5.1.1  delivery-events/3/120
                        550 5.1.1 <***@example.com>: no such user jane.doe
                      and 2 more events
                    march: may be written to

                  added  jane.doe@example.com on list default
                    live: may be written to
                    march: BOUNCE BAD_MAILBOX, rule gone, occurrence 1
                      since 2026-03-01T10:00:00Z until for ever
                      2026-03-01T10:00:00Z  BOUNCED BAD_MAILBOX 5.1.1  delivery-events/3/120
                        550 5.1.1 <***@example.com>: no such user jane.doe
                      and 2 more events

                  changed  jane.doe@example.com on list default (reason, rule, expires, commandId, by, why)
                    live: BOUNCE BAD_MAILBOX, rule gone, occurrence 1
                      since 2026-03-01T10:00:00Z until for ever
                      2026-03-01T10:00:00Z  BOUNCED BAD_MAILBOX 5.1.1  delivery-events/3/120
                        550 5.1.1 <***@example.com>: no such user jane.doe
                      and 2 more events
                    march: MANUAL BAD_MAILBOX, command c1
                      since 2026-03-01T10:00:00Z until 2026-03-01T10:01:00Z
                  and 1 more
                """);
    }

    @Test
    void nothingIsSaidOfWhatDoesNotDiffer() {
        assertThat(table(AComparison.same())).isEqualTo("""
                live -> march, compared at 2026-03-01T10:00:00Z

                events: 12 compared, 0 changed

                suppressions: 0 added, 0 lifted, 0 changed, 4 the same
                """);
    }

    @Test
    void noLineIsLongerThanAHundredColumns() {
        assertThat(table(AComparison.ordinary()).lines())
                .allSatisfy(line -> assertThat(line.codePointCount(0, line.length()))
                        .as(line)
                        .isLessThanOrEqualTo(100));
    }

    @Test
    void aNoteIsToldInFull() {
        String note = "The replays differ in this: " + "many words and ".repeat(20) + "an end.";

        String table = table(AComparison.ordinary().withNote(note));

        assertThat(table.replace('\n', ' ')).contains(note);
        assertThat(table.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void jsonIsOneLineAndThePageAFile(@TempDir Path directory) throws IOException {
        StringWriter text = new StringWriter();
        ReplayDiffOutput.json(AComparison.ordinary(), new PrintWriter(text));
        Path file = directory.resolve("page.html");
        ReplayDiffOutput.html(AComparison.ordinary(), false, file);

        assertThat(text.toString()).startsWith("{").endsWith("}\n");
        assertThat(text.toString().lines()).hasSize(1);
        assertThat(Files.readString(file)).startsWith("<!doctype html>").endsWith("</html>\n");
    }
}
