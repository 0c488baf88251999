package dev.rebound.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.classify.CodeTable;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.StatusCode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShapeTest {

    private static final int EVENTS = 20_000;

    private static List<DeliveryEvent> mail(Shape shape) {
        return Stream.generate(new Mail(shape)).limit(shape.events()).toList();
    }

    private static Set<String> domains(List<DeliveryEvent> mail) {
        return mail.stream()
                .map(event ->
                        event.getRecipient().substring(event.getRecipient().indexOf('@')))
                .collect(Collectors.toSet());
    }

    private static long recipients(List<DeliveryEvent> mail) {
        return mail.stream().map(DeliveryEvent::getRecipient).distinct().count();
    }

    @Test
    void moreDomainsMeanMoreDomains() {
        int few = domains(mail(new Shape(EVENTS, 8, 500_000, 100, null))).size();
        int many = domains(mail(new Shape(EVENTS, 8, 500_000, 1_000_000, null))).size();

        assertThat(few).isBetween(100, 200);
        assertThat(many).isGreaterThan(EVENTS / 6);
    }

    @Test
    void eventsAreDrawnFromAsManyRecipientsAsAsked() {
        assertThat(recipients(mail(new Shape(EVENTS, 8, 5_000, null, null)))).isBetween(3_000L, 8_000L);
        assertThat(recipients(mail(new Shape(EVENTS, 8, 10_000_000, null, null))))
                .isGreaterThan(EVENTS * 8 / 10);
    }

    @Test
    void tablesHaveAsManyTextRulesAsAsked() {
        for (int rules : new int[] {100, 1_000}) {
            List<StatusCode> rows = CodeRows.of(rules);

            assertThat(rows.stream().filter(row -> row.getRevisions().get(0).getPhrases() != null))
                    .hasSize(rules);
            assertThat(CodeTable.of(rows)).isNotNull();
        }
    }
}
