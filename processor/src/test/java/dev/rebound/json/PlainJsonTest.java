package dev.rebound.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.schema.Correlation;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.StatusCode;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainJsonTest {

    private static final String LEAST =
            "{\"eventId\":\"e\",\"eventTime\":0,\"recipient\":\"ann@example.net\",\"outcome\":\"BOUNCED\"";

    @Test
    void writesWithoutNulls() {
        assertThat(PlainJson.write(event().build(), PlainJson.Nulls.OMIT))
                .isEqualTo("{\"eventId\":\"e1\",\"eventTime\":\"2026-01-02T03:04:05.678Z\",\"tenant\":\"default\","
                        + "\"tags\":[\"a\",\"b\"],\"recipient\":\"ann@example.net\",\"outcome\":\"BOUNCED\","
                        + "\"correlation\":\"NONE\",\"attempt\":3,\"reply\":\"550 \\\"no\\\"\\nat all\","
                        + "\"replyTruncated\":false,\"replySource\":\"UNKNOWN\"}");
    }

    @Test
    void writesNullsWhenAsked() {
        assertThat(PlainJson.write(event().build(), PlainJson.Nulls.WRITE))
                .contains("\"receivedAt\":null,\"queuedAt\":null,\"tenant\":\"default\"")
                .endsWith("\"ingestSource\":null,\"sourceRef\":null}");
    }

    @Test
    void wholeSecondsHaveNoFraction() {
        DeliveryEvent event =
                event().setEventTime(Instant.parse("2026-01-02T03:04:00Z")).build();

        assertThat(PlainJson.write(event, PlainJson.Nulls.OMIT)).contains("\"2026-01-02T03:04:00Z\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OMIT", "WRITE"})
    void readsWhatItWrote(PlainJson.Nulls nulls) throws InvalidJsonException {
        DeliveryEvent event = event().setSizeBytes(1L << 40)
                .setAsynchronous(true)
                .setCorrelation(Correlation.ASSERTED)
                .setQueuedAt(Instant.EPOCH)
                .build();

        assertThat(PlainJson.read(PlainJson.write(event, nulls), DeliveryEvent.class))
                .isEqualTo(event);
    }

    @Test
    void readsNestedRecords() throws InvalidJsonException {
        StatusCode code = PlainJson.read(
                "{\"id\":\"5.1.1\",\"origin\":\"operator\",\"revisions\":[{\"recordedAt\":\"2026-01-02T03:04:05Z\"}]}",
                StatusCode.class);

        assertThat(code.getRevisions()).hasSize(1);
        assertThat(code.getRevisions().get(0).getRecordedAt()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(PlainJson.read(PlainJson.write(code, PlainJson.Nulls.OMIT), StatusCode.class))
                .isEqualTo(code);
    }

    @Test
    void absentFieldsTakeTheirDefaults() throws InvalidJsonException {
        DeliveryEvent event = PlainJson.read(LEAST + ",\"tags\":null,\"tenant\":null}", DeliveryEvent.class);

        assertThat(event.getTenant()).isEqualTo("default");
        assertThat(event.getTags()).isEmpty();
        assertThat(event.getReply()).isNull();
        assertThat(event.getCorrelation()).isEqualTo(Correlation.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"2026-01-02T03:04:05Z\"', 2026-01-02T03:04:05Z",
        "'\"2026-01-02T03:04:05.678901+01:00\"', 2026-01-02T02:04:05.678Z",
        "'\"2026-01-02T03:04Z\"', 2026-01-02T03:04:00Z",
        "1700000000123, 2023-11-14T22:13:20.123Z",
        "-1, 1969-12-31T23:59:59.999Z",
    })
    void readsTimes(String json, String expected) throws InvalidJsonException {
        DeliveryEvent event = PlainJson.read(LEAST + ",\"queuedAt\":" + json + "}", DeliveryEvent.class);

        assertThat(event.getQueuedAt()).isEqualTo(Instant.parse(expected));
    }

    @Test
    void enumsInAnyLetterCase() throws InvalidJsonException {
        assertThat(PlainJson.read(LEAST.replace("BOUNCED", "expired") + "}", DeliveryEvent.class)
                        .getOutcome())
                .isEqualTo(Outcome.EXPIRED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"tenat\":\"x\"' | 'tenat: no such field (did you mean tenant?)'",
                "'\"Tenant\":\"x\"' | 'Tenant: no such field (did you mean tenant?)'",
                "'\"attempt\":\"three\"' | 'attempt: string \"three\" (expected: a whole number from -2147483648 to 2147483647)'",
                "'\"attempt\":3.5' | 'attempt: number 3.5 (expected: a whole number from -2147483648 to 2147483647)'",
                "'\"attempt\":3000000000' | 'attempt: number 3000000000 (expected: a whole number from -2147483648 to 2147483647)'",
                "'\"asynchronous\":1' | 'asynchronous: number 1 (expected: true or false)'",
                "'\"reply\":{}' | 'reply: an object (expected: a string)'",
                "'\"tags\":[\"a\",1]' | 'tags[1]: number 1 (expected: a string)'",
                "'\"tags\":[null]' | 'tags[0]: null (expected: a string)'",
                "'\"replySource\":\"far away\"' | 'replySource: string \"far away\" (expected: one of UNKNOWN, LOCAL, REMOTE)'",
                "'\"status\":\"a\",\"status\":\"b\"' | 'status: given twice (expected: once)'",
            })
    void namesWhatIsWrong(String fields, String message) {
        assertThatThrownBy(() -> PlainJson.read(LEAST + "," + fields + "}", DeliveryEvent.class))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"2026-01-02\"",
                "\"2026-01-02T03:04:05\"",
                "\"2026-13-02T03:04:05Z\"",
                "1.5",
                "99999999999999999999",
                "9999999999999999",
                "true",
                "\"+12026-01-02T03:04:05Z\"",
            })
    void refusesOtherTimes(String json) {
        assertThatThrownBy(() -> PlainJson.read(LEAST + ",\"queuedAt\":" + json + "}", DeliveryEvent.class))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageStartingWith("queuedAt: ")
                .hasMessageContaining("expected: a time such as 2026-01-02T03:04:05Z");
    }

    @Test
    void namesARequiredFieldThatIsMissing() {
        assertThatThrownBy(() ->
                        PlainJson.read("{\"eventId\":\"e\",\"eventTime\":0,\"recipient\":null}", DeliveryEvent.class))
                .hasMessage("recipient: missing (expected: a string)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"recipient\":ann@example.net}",
                "{\"ann@example.net\":1}",
                "{\"ann@example.net\":1,\"ann@example.net\":1}",
                "{\"eventId\":\"e\",\"eventTime\":\"ann@example.net\"}",
                "{\"eventId\":\"e\",\"eventTime\":0,\"recipient\":\"x\",\"outcome\":\"ann@example.net\"}",
                "{} ann@example.net",
                "ann@example.net",
            })
    void messagesHoldNoAddress(String json) {
        assertThatThrownBy(() -> PlainJson.read(json, DeliveryEvent.class))
                .isInstanceOf(InvalidJsonException.class)
                .message()
                .doesNotContain("ann", "@");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "[]", "null", "\"x\"", "{", "{}{}", "{} x", "{\"a\":1,}", "{'a':1}", "{\"a\":NaN}"})
    void takesExactlyOneObject(String text) {
        assertThatThrownBy(() -> PlainJson.parse(text)).isInstanceOf(InvalidJsonException.class);
    }

    @Test
    void boundsDepthAndSize() throws InvalidJsonException {
        String deep = "{\"a\":" + "[".repeat(100_000);
        String longest = "x".repeat(2 * 1024 * 1024);

        assertThatThrownBy(() -> PlainJson.parse(deep)).hasMessageContaining("too large");
        assertThatThrownBy(() -> PlainJson.parse("{\"a\":\"" + longest + "y\"}"))
                .hasMessageContaining("too large");
        assertThat(PlainJson.parse("{\"a\":\"" + longest + "\"}").get("a").textValue())
                .hasSameSizeAs(longest);
    }

    @Property
    void anyTextSurvives(@ForAll String text) throws InvalidJsonException {
        DeliveryEvent event = event().setReply(text).build();

        assertThat(PlainJson.read(PlainJson.write(event, PlainJson.Nulls.OMIT), DeliveryEvent.class))
                .isEqualTo(event);
    }

    @Property
    void anyInputGivesAnObjectOrTheOneException(@ForAll String text) {
        try {
            assertThat(PlainJson.parse("{" + text + "}").isObject()).isTrue();
        } catch (InvalidJsonException e) {
            assertThat(e).hasMessageContaining("expected");
        }
    }

    private static DeliveryEvent.Builder event() {
        return DeliveryEvent.newBuilder()
                .setEventId("e1")
                .setEventTime(Instant.parse("2026-01-02T03:04:05.678Z"))
                .setRecipient("ann@example.net")
                .setOutcome(Outcome.BOUNCED)
                .setTags(List.of("a", "b"))
                .setAttempt(3)
                .setReply("550 \"no\"\nat all");
    }
}
