package dev.rebound.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.cli.ExitCode;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about running lists the exit codes, all and no others. */
class ExitCodesTest {

    private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| (.+) \\|");

    @Test
    void theTableIsThatOfTheSources() {
        Map<String, String> rows = new TreeMap<>();
        Matcher row = ROW.matcher(Repository.read("topology-docs/operations/running.md"));
        while (row.find()) {
            rows.put(row.group(1), row.group(2));
        }

        assertThat(rows).isEqualTo(ExitCode.meanings());
    }
}
