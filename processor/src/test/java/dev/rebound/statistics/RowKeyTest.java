package dev.rebound.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowKeyTest {

    @ParameterizedTest
    @CsvSource({
        "PT1M, 2026-03-01T12:00:00Z, 2026-03-01T12:00:00Z",
        "PT1M, 2026-03-01T12:00:59.999Z, 2026-03-01T12:00:00Z",
        "PT1H, 2026-03-01T12:59:59Z, 2026-03-01T12:00:00Z",
        "P1D, 2026-03-01T23:59:59Z, 2026-03-01T00:00:00Z",
        "PT1M, 1969-12-31T23:59:59.999Z, 1969-12-31T23:59:00Z"
    })
    void aWindowStartsAtAWholeOne(String size, Instant time, Instant start) {
        assertThat(WindowSize.of(size).startOf(time)).isEqualTo(start);
    }

    @ParameterizedTest
    @CsvSource({
        "PT1M, 2026-03-01T12:00:00Z, 2026-03-01T12:00:00Z",
        "PT1M, 2026-03-01T12:00:00.001Z, 2026-03-01T12:01:00Z",
        "P1D, 1969-12-31T00:00:01Z, 1970-01-01T00:00:00Z"
    })
    void theFirstWindowOfASpanBeginsNotBeforeIt(String size, Instant time, Instant start) {
        assertThat(WindowSize.of(size).startNotBefore(time.toEpochMilli())).isEqualTo(start.toEpochMilli());
    }

    @Test
    void sizesHaveTheNamesOfIso8601() {
        for (WindowSize size : WindowSize.values()) {
            assertThat(WindowSize.of(size.text())).isEqualTo(size);
            assertThat(Duration.parse(size.text()).toMillis()).isEqualTo(size.millis());
        }
        assertThat(WindowSize.of("PT60S")).isNull();
    }

    @Test
    void theKeyInTopicsNamesItsParts() {
        Instant time = Instant.parse("2026-03-01T12:34:56Z");
        Subject subject = Subject.domain("acme", "example.com");
        RowKey minute = RowKey.around(subject, WindowSize.MINUTE, time.toEpochMilli());

        assertThat(minute.text()).isEqualTo("acme|example.com|PT1M|2026-03-01T12:34:00Z");
        assertThat(minute.in(WindowSize.HOUR).text()).isEqualTo("acme|example.com|PT1H|2026-03-01T12:00:00Z");
        assertThat(minute.in(WindowSize.DAY).text()).isEqualTo("acme|example.com|P1D|2026-03-01T00:00:00Z");
        assertThat(minute.of(subject.others()).text()).isEqualTo("acme|(other)|PT1M|2026-03-01T12:34:00Z");
    }

    @Property
    void anyMomentLiesInItsWindow(@ForAll("moments") Instant time, @ForAll WindowSize size) {
        Instant start = size.startOf(time);

        assertThat(start).isBeforeOrEqualTo(time);
        assertThat(start.plusMillis(size.millis())).isAfter(time);
    }

    @Property
    void aKeyComesBackFromItsBytes(@ForAll("keys") RowKey key) {
        byte[] bytes = key.bytes();

        assertThat(RowKey.parse(bytes)).isEqualTo(key);
        assertThat(RowKey.sizeOf(bytes)).isEqualTo(key.size());
        assertThat(RowKey.startOf(bytes)).isEqualTo(key.start());
        assertThat(bytes)
                .startsWith(RowKey.prefix(key.subject().kind(), key.size(), key.start()))
                .startsWith(RowKey.prefix(
                        key.subject().kind(),
                        key.size(),
                        key.start(),
                        key.subject().name()));
    }

    /** Stores compare bytes as unsigned, and a span of time is one range of them. */
    @Property
    void theOrderOfKeysIsThatOfTime(@ForAll("keys") RowKey one, @ForAll("keys") RowKey other) {
        RowKey alike = new RowKey(
                new Subject(
                        one.subject().kind(),
                        other.subject().tenant(),
                        other.subject().name()),
                one.size(),
                other.start());

        int order = Arrays.compareUnsigned(one.bytes(), alike.bytes());

        if (one.start() != alike.start()) {
            assertThat(Integer.signum(order)).isEqualTo(Long.compare(one.start(), alike.start()));
        }
        byte[] end = RowKey.prefix(one.subject().kind(), one.size(), alike.start());
        assertThat(Arrays.compareUnsigned(one.bytes(), end) < 0).isEqualTo(one.start() < alike.start());
    }

    /** A name that begins another one has rows of its own. */
    @Property
    void theRowsOfANameAreThoseOfNoOther(@ForAll("keys") RowKey key, @ForAll("keys") RowKey other) {
        byte[] prefix = RowKey.prefix(
                key.subject().kind(), key.size(), key.start(), key.subject().name());
        byte[] bytes = new RowKey(
                        new Subject(
                                key.subject().kind(),
                                other.subject().tenant(),
                                other.subject().name()),
                        key.size(),
                        key.start())
                .bytes();

        assertThat(bytes.length >= prefix.length && Arrays.equals(prefix, Arrays.copyOf(bytes, prefix.length)))
                .isEqualTo(key.subject().name().equals(other.subject().name()));
    }

    @Property
    void allWindowsOfASubjectHaveOnePlaceThatNoOtherHas(@ForAll("keys") RowKey one, @ForAll("keys") RowKey other) {
        RowKey elsewhen = new RowKey(one.subject(), other.size(), other.start());

        assertThat(elsewhen.place()).isEqualTo(one.place());
        assertThat(Arrays.equals(one.place(), other.place()))
                .isEqualTo(one.subject().equals(other.subject()));
    }

    @Provide
    Arbitrary<Instant> moments() {
        return Arbitraries.longs()
                .between(Long.MIN_VALUE + WindowSize.DAY.millis(), Long.MAX_VALUE)
                .map(Instant::ofEpochMilli);
    }

    @Provide
    Arbitrary<RowKey> keys() {
        Arbitrary<String> names =
                Arbitraries.of("a", "a.example", "a.example.com", "b", "[ipv6:2001:db8::1]", "xn--bcher-kva.example");
        Arbitrary<String> tenants = Arbitraries.oneOf(
                Arbitraries.of("default", "acme", "a"),
                Arbitraries.strings().all().ofMinLength(1).ofMaxLength(128).filter(text -> StandardCharsets.UTF_8
                        .newEncoder()
                        .canEncode(text)));
        Arbitrary<Long> times = Arbitraries.oneOf(
                Arbitraries.of(-1L, 0L, 1L),
                Arbitraries.longs(),
                Arbitraries.longs().between(-200_000, 200_000));
        return Combinators.combine(
                        Arbitraries.of(Subject.Kind.class), tenants, names, Arbitraries.of(WindowSize.class), times)
                .as((kind, tenant, name, size, time) -> RowKey.around(new Subject(kind, tenant, name), size, time));
    }
}
