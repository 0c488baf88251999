package dev.rebound.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of {@code topology-docs/operations/faults.md} says all there is to say, and names a test that there is. */
class FaultsPageTest {

    private static final List<String> COLUMNS = List.of("fault", "what users see", "what is guaranteed", "test");
    private static final String TESTS = "local/src/test/java/dev/rebound/local/";

    static List<Map<String, String>> rows() {
        return ExampleTable.rows(Repository.read("topology-docs/operations/faults.md"), COLUMNS);
    }

    @Test
    void thereIsARowForEachVariantOfAFault() {
        assertThat(rows()).hasSizeGreaterThanOrEqualTo(14);
        assertThat(rows()).extracting(row -> row.get("fault")).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void hasAllCellsAndATestThatComparesWithARunWithoutFaults(Map<String, String> row) {
        assertThat(row).containsOnlyKeys(COLUMNS);
        assertThat(Repository.file(TESTS + row.get("test") + ".java"))
                .content()
                .contains("class " + row.get("test") + " ", ".assertSameAsWithoutFaults();");
    }
}
