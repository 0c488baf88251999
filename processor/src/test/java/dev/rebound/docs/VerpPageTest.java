package dev.rebound.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.mail.Verp;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The test vectors in {@code topology-docs/verp.md} are what is signed and what is taken. */
class VerpPageTest {

    private static final String KEY = "correct horse battery staple";
    private static final LocalDate DAY = LocalDate.of(2026, 11, 25);

    static List<Map<String, String>> vectors() {
        return ExampleTable.rows(
                Repository.read("topology-docs/verp.md"), List.of("format", "recipient", "id", "address"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void vectorsHold(Map<String, String> row) throws Exception {
        Verp verp = new Verp(row.get("format"), KEY, 30);

        assertThat(verp.sign(row.get("recipient"), row.get("id"), DAY)).isEqualTo(row.get("address"));
        assertThat(verp.check(row.get("address"), DAY)).isInstanceOf(Verp.Valid.class);
    }
}
