package dev.rebound.suppress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.classify.Categories;
import dev.rebound.classify.Category;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.Scope;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of what is not the recipient's or its domain's own trouble, no evidence can be made, by anyone. */
class EvidenceTest {

    static List<Category> categories() {
        return List.copyOf(Categories.shipped().all());
    }

    @ParameterizedTest
    @MethodSource("categories")
    void evidenceIsOfTheRecipientOrItsDomain(Category category) {
        Given.Failure failure = Given.failure("e", 1).category(category.name());

        if (category.scope() == Scope.RECIPIENT || category.scope() == Scope.DOMAIN) {
            assertThat(failure.make().scope()).isEqualTo(category.scope());
        } else {
            assertThatThrownBy(failure::make)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(category.name());
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "bad_mailbox", "NEVER_HEARD_OF"})
    void whatIsNoCategoryIsNoEvidence(String category) {
        assertThatThrownBy(Given.failure("e", 1).category(category)::make).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"DELIVERED", "DEFERRED", "SUPPRESSED", "UNKNOWN"})
    void whatIsNotFinalIsNoEvidence(Outcome outcome) {
        assertThatThrownBy(Given.failure("e", 1).outcome(outcome)::make)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(outcome.name());
    }
}
