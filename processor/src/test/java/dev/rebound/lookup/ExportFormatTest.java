package dev.rebound.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.json.PlainJson;
import dev.rebound.schema.Scope;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionEvidence;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.suppress.imports.ImportedRow;
import dev.rebound.suppress.imports.SuppressionImport;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportFormatTest {

    private static final Instant SINCE = Instant.parse("2026-05-01T00:00:00Z");

    private static Suppression suppression(String address, String reply) {
        return Suppression.newBuilder()
                .setList("default")
                .setAddress(address)
                .setReason(SuppressionReason.BOUNCE)
                .setCategory("BAD_MAILBOX")
                .setScope(Scope.RECIPIENT)
                .setRule("gone")
                .setSince(SINCE)
                .setSource(SuppressionSource.POLICY)
                .setEvidence(List.of(SuppressionEvidence.newBuilder()
                        .setEventId("e1")
                        .setEventTime(SINCE)
                        .setOutcome("BOUNCED")
                        .setCategory("BAD_MAILBOX")
                        .setCode("5.1.1")
                        .setReply(reply)
                        .setTopic("delivery-events")
                        .setPartition(3)
                        .setOffset(4711)
                        .build()))
                .build();
    }

    private static CSVRecord csv(Suppression suppression) throws Exception {
        StringBuilder out = new StringBuilder(ExportFormat.CSV.header());
        ExportFormat.CSV.write(suppression, false, out);
        CSVFormat withHeader = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        List<CSVRecord> records =
                withHeader.parse(new StringReader(out.toString())).getRecords();
        assertThat(records).hasSize(1);
        assertThat(records.get(0).isConsistent()).isTrue();
        return records.get(0);
    }

    @Test
    void csvHasAColumnForEachField() throws Exception {
        CSVRecord record = csv(suppression("kim@example.org", "550 5.1.1 \"kim\", unknown\r\nuser"));

        assertThat(record.get("recipient")).isEqualTo("kim@example.org");
        assertThat(record.get("reason")).isEqualTo("BOUNCE");
        assertThat(record.get("category")).isEqualTo("BAD_MAILBOX");
        assertThat(record.get("scope")).isEqualTo("RECIPIENT");
        assertThat(record.get("rule")).isEqualTo("gone");
        assertThat(record.get("since")).isEqualTo("2026-05-01T00:00:00Z");
        assertThat(record.get("expires")).isEmpty();
        assertThat(record.get("code")).isEqualTo("5.1.1");
        assertThat(record.get("reply")).isEqualTo("550 5.1.1 \"kim\", unknown\r\nuser");
        assertThat(record.get("stale")).isEqualTo("false");
        JsonNode evidence = new ObjectMapper().readTree(record.get("evidence"));
        assertThat(evidence.at("/0/offset").asLong()).isEqualTo(4711);
        assertThat(record.getParser().getHeaderNames())
                .containsAll(Suppression.getClassSchema().getFields().stream()
                        .map(field -> field.name().equals("address") ? "recipient" : field.name())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)"})
    void noTextIsAFormula(String reply) throws Exception {
        assertThat(csv(suppression("kim@example.org", reply)).get("reply")).isEqualTo("'" + reply);
        assertThat(csv(suppression("kim@example.org", "550 " + reply)).get("reply"))
                .isEqualTo("550 " + reply);
    }

    @Test
    void noAddressIsAFormulaAndADomainStaysOne() throws Exception {
        assertThat(csv(suppression("=hyperlink(1)@example.org", null)).get("recipient"))
                .isEqualTo("'=hyperlink(1)@example.org");
        assertThat(csv(suppression("@example.org", null)).get("recipient")).isEqualTo("@example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-kim@x.org", "=a@x.org", "+b@x.org", "kim@x.org", "@x.org", "\"a b\"@x.org"})
    void whatIsExportedIsImportedAsItWas(String address) throws Exception {
        StringBuilder out = new StringBuilder(ExportFormat.CSV.header());
        ExportFormat.CSV.write(suppression(address, "550 5.1.1 no"), false, out);
        List<ImportedRow> rows = new ArrayList<>();

        SuppressionImport.read(
                "suppressions.csv", new StringReader(out.toString()), null, rows::add, bad -> fail(bad.reason()));

        assertThat(rows).extracting(ImportedRow::address).containsExactly(address);
        assertThat(rows).extracting(ImportedRow::reason).containsExactly(SuppressionReason.BOUNCE);
    }

    @Test
    void ndjsonIsTheRecordWithItsRecipient() throws Exception {
        Suppression suppression = suppression("\"a b\"@example.org", "550 5.1.1 no");
        StringBuilder out = new StringBuilder(ExportFormat.NDJSON.header());
        ExportFormat.NDJSON.write(suppression, false, out);
        ExportFormat.NDJSON.write(suppression, true, out);

        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(2);
        ObjectNode first = PlainJson.parse(lines.get(0));
        assertThat(first.remove("recipient").asText()).isEqualTo("\"a b\"@example.org");
        assertThat(PlainJson.read(first, Suppression.class)).isEqualTo(suppression);
        assertThat(PlainJson.parse(lines.get(1)).path("stale").asBoolean()).isTrue();
    }
}
