package dev.rebound.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.classify.Classifier;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.schema.Classification;
import dev.rebound.schema.DeliveryEvent;
import org.junit.jupiter.api.Test;

class NaiveClassifierTest {

    private static final int EVENTS = 20_000;

    @Test
    void routesAsTheRealOneDoesAndNamesMostlyTheSameCategories() {
        NaiveClassifier naive = new NaiveClassifier();
        Mail mail = new Mail(Shape.of(EVENTS));
        int sameCategory = 0;
        for (int i = 0; i < EVENTS; i++) {
            DeliveryEvent event = mail.get();
            Classification real = Classifier.classify(event, ShippedCodes.table());
            NaiveClassifier.Verdict verdict = naive.classify(event);

            assertThat(verdict.type()).as(event.toString()).isEqualTo(real.getBounceType());
            sameCategory += verdict.category().equals(real.getCategory()) ? 1 : 0;
        }

        assertThat(sameCategory).isGreaterThan(EVENTS * 95 / 100);
    }
}
