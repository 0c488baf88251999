package dev.rebound.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.event.ReplyText;
import dev.rebound.json.PlainJson;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NdjsonReaderTest {

    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    private static final InputSource FILE = InputSource.file(Path.of("events.ndjson"));

    private final NdjsonReader reader = new NdjsonReader(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void fillsInWhatIsMissing() {
        DeliveryEvent event = event("{\"recipient\":\"Ann@example.net\",\"reply\":\"550 no\"}");

        assertThat(event.getRecipient()).isEqualTo("Ann@example.net");
        assertThat(event.getEventTime()).isEqualTo(NOW);
        assertThat(event.getReceivedAt()).isEqualTo(NOW);
        assertThat(event.getTenant()).isEqualTo("default");
        assertThat(event.getIngestSource()).isEqualTo("ndjson");
        assertThat(event.getSourceRef()).isEqualTo("events.ndjson:7");
        assertThat(event.getEventId()).hasSize(22);
    }

    @Test
    void keepsWhatIsGiven() {
        DeliveryEvent event = event("{\"recipient\":\"a@example.net\",\"outcome\":\"expired\"}");
        String json = PlainJson.write(
                DeliveryEvent.newBuilder(event)
                        .setEventId("mine")
                        .setIngestSource("dsn")
                        .setSourceRef("x#1")
                        .setTenant("acme")
                        .setEventTime(Instant.EPOCH)
                        .build(),
                PlainJson.Nulls.WRITE);

        assertThat(PlainJson.write(event(json), PlainJson.Nulls.WRITE)).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "failed, -, -, BOUNCED",
                "Failed, 4.4.7, -, EXPIRED",
                "delayed, 5.1.1, 550 no, DEFERRED",
                "relayed, -, 550 no, DELIVERED",
                "expanded, -, -, DELIVERED",
                "other, 4.1.1, 550 no, DEFERRED",
                "-, 2.0.0, -, DELIVERED",
                "-, 5.4.7, -, EXPIRED",
                "-, 4.2.2 (full), 550 no, DEFERRED",
                "-, -, 451 later, DEFERRED",
                "-, -, 250 ok, DELIVERED",
                "-, -, 550-5.1.1 no, BOUNCED",
                "-, -, 'refused: 4.7.1 later', DEFERRED",
                "-, -, 'host said: 450 later', DEFERRED",
                "-, -, 10.4.2.2 answered, BOUNCED",
                "-, -, connection refused, BOUNCED",
                "-, unknown, -, BOUNCED",
            })
    void theOutcomeFollowsFromActionStatusAndReply(String action, String status, String reply, Outcome expected) {
        assertThat(NdjsonReader.outcome(action, status, reply)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"reply\":\"550 no\"} | recipient: missing (expected: a string)",
                "{\"recipient\":\"nobody\",\"reply\":\"550 no\"} | recipient: address has no @",
                "{\"recipient\":\"\",\"reply\":\"550 no\"} | recipient: address is empty",
                "{\"recipient\":\"a@example.net\"} | nothing says what became of the message (expected: one of reply, status, outcome)",
                "{\"recipient\":\"a@example.net\",\"reply\":\" \"} | nothing says what became of the message (expected: one of reply, status, outcome)",
                "{\"recipient\":\"a@example.net\",\"outcome\":\"unknown\"} | outcome: UNKNOWN (expected: one of DELIVERED, DEFERRED, BOUNCED, EXPIRED, COMPLAINED, SUPPRESSED)",
                "{\"recipeint\":\"a@example.net\",\"outcome\":\"bounced\"} | recipeint: no such field (did you mean recipient?)",
                "{\"recipient\":7,\"outcome\":\"bounced\"} | recipient: number 7 (expected: a string)",
            })
    void saysWhatIsWrong(String line, String reason) {
        assertThat(read(line)).isEqualTo(new LineReading.Bad(reason));
    }

    @Test
    void refusesATenantThatCannotBePartOfAKey() {
        assertThat(read("{\"recipient\":\"a@example.net\",\"outcome\":\"bounced\",\"tenant\":\"a|b\"}"))
                .isInstanceOfSatisfying(LineReading.Bad.class, bad -> assertThat(bad.reason())
                        .startsWith("tenant: not usable (expected: 1 to 128 characters"));
    }

    @Test
    void blankLinesAndAByteOrderMark() {
        assertThat(read(" \t\r")).isInstanceOf(LineReading.Blank.class);
        byte[] marked =
                "\uFEFF{\"recipient\":\"a@example.net\",\"outcome\":\"bounced\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(reader.read(marked, FILE, 1)).isInstanceOf(LineReading.Event.class);
        assertThat(reader.read(marked, FILE, 2)).isInstanceOf(LineReading.Bad.class);
    }

    @Test
    void cutsLongRepliesAndRefusesLongOtherTexts() {
        DeliveryEvent event = event("{\"recipient\":\"a@example.net\",\"reply\":\"550 " + "x".repeat(100_000) + "\"}");

        assertThat(event.getReply()).hasSize(ReplyText.MAX_BYTES);
        assertThat(event.getReplyTruncated()).isTrue();
        assertThat(read("{\"recipient\":\"a@example.net\",\"reply\":\"550\",\"campaign\":\"" + "x".repeat(70_000)
                        + "\"}"))
                .isInstanceOfSatisfying(LineReading.Bad.class, bad -> assertThat(bad.reason())
                        .endsWith("characters together (expected: at most 65536)"));
    }

    @Test
    void idsTellPlacesAndContentsApart() {
        byte[] one = "{\"recipient\":\"a@example.net\",\"reply\":\"550\"}".getBytes(StandardCharsets.UTF_8);
        byte[] two = "{\"recipient\":\"b@example.net\",\"reply\":\"550\"}".getBytes(StandardCharsets.UTF_8);
        InputSource other = InputSource.file(Path.of("other.ndjson"));

        assertThat(id(one, FILE, 1)).isEqualTo(id(one, FILE, 1));
        assertThat(List.of(id(one, FILE, 1), id(one, FILE, 2), id(two, FILE, 1), id(one, other, 1)))
                .doesNotHaveDuplicates();
    }

    @Property(tries = 500)
    void anyBytesGiveAReading(@ForAll @Size(max = 300) byte[] bytes) {
        assertThat(reader.read(bytes, FILE, 1)).isNotInstanceOf(LineReading.Event.class);
    }

    private String id(byte[] line, InputSource source, long number) {
        return ((LineReading.Event) reader.read(line, source, number)).event().getEventId();
    }

    private LineReading read(String line) {
        return reader.read(line.getBytes(StandardCharsets.UTF_8), FILE, 7);
    }

    private DeliveryEvent event(String line) {
        assertThat(read(line)).isInstanceOf(LineReading.Event.class);
        return ((LineReading.Event) read(line)).event();
    }
}
