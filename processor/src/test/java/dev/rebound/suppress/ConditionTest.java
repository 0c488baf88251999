package dev.rebound.suppress;

import static dev.rebound.suppress.Given.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.classify.Categories;
import dev.rebound.classify.Category;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.Scope;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rule can ask for, and what it then gets. */
class ConditionTest {

    static List<Category> othersTrouble() {
        return Categories.shipped().all().stream()
                .filter(category -> category.scope() != Scope.RECIPIENT && category.scope() != Scope.DOMAIN)
                .toList();
    }

    private static Condition condition(BounceType type, List<Integer> classes, List<String> codes) {
        return new Condition(
                new TreeSet<>(),
                type,
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(classes),
                codes,
                new TreeSet<>(),
                null,
                null);
    }

    @ParameterizedTest
    @MethodSource("othersTrouble")
    void noCategoryOfOthersTroubleCanBeAskedFor(Category category) {
        assertThatThrownBy(() -> Given.about(List.of(category.name()), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("category: " + category.name())
                .hasMessageContaining("scope " + category.scope())
                .hasMessageContaining("never suppresses")
                .hasMessageContaining("BAD_MAILBOX");
    }

    @ParameterizedTest
    @EnumSource(
            value = Scope.class,
            names = {"RECIPIENT", "DOMAIN"},
            mode = EnumSource.Mode.EXCLUDE)
    void noScopeOfOthersTroubleCanBeAskedFor(Scope scope) {
        assertThatThrownBy(() -> Given.about(List.of(), List.of(scope)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("scope: " + scope)
                .hasMessageContaining("never suppresses");
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"BOUNCED", "EXPIRED", "COMPLAINED"},
            mode = EnumSource.Mode.EXCLUDE)
    void noOutcomeThatIsNotFinalCanBeAskedFor(Outcome outcome) {
        assertThatThrownBy(() -> Given.condition(List.of(outcome), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("outcome: " + outcome);
    }

    @Test
    void norWhatDoesNotExist() {
        assertThatThrownBy(() -> Given.about(List.of("BAD_MAILBOXES"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("category: BAD_MAILBOXES (expected: one of BAD_MAILBOX,");
        assertThatThrownBy(() -> condition(BounceType.NONE, List.of(), List.of()))
                .hasMessageStartingWith("bounce: NONE");
        assertThatThrownBy(() -> condition(null, List.of(2), List.of())).hasMessageStartingWith("class: 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".*", "5.1.1.1", "55", "hello", "*"})
    void norACodeThatIsNone(String code) {
        assertThatThrownBy(() -> condition(null, List.of(), List.of(code)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("code: " + code);
    }

    @ParameterizedTest
    @CsvSource({"4.2.2, true", "4.2.*, true", "4.2.20, false", "4.20.*, false", "5.2.2, false", "452, false"})
    void aCodeIsMeantWholeOrAllOfItsSubject(String code, boolean holds) {
        assertThat(condition(null, List.of(), List.of(code))
                        .holds(failure("e", 1).make()))
                .isEqualTo(holds);
    }

    @Test
    void allThatIsAskedForMustHold() {
        Evidence softOfClass4 = failure("e", 1).make();

        assertThat(condition(BounceType.SOFT, List.of(4), List.of("4.2.2")).holds(softOfClass4))
                .isTrue();
        assertThat(condition(BounceType.HARD, List.of(4), List.of("4.2.2")).holds(softOfClass4))
                .isFalse();
        assertThat(condition(BounceType.SOFT, List.of(5, 0), List.of("4.2.2")).holds(softOfClass4))
                .isFalse();
        assertThat(Given.about(List.of("MAILBOX_FULL"), List.of(Scope.DOMAIN)).holds(softOfClass4))
                .isFalse();
    }

    @Test
    void complaintsAreCountedOnlyWhereTheyAreAskedFor() {
        assertThat(Given.anyFailure().holds(Given.complaint("c", 1))).isFalse();
        assertThat(Given.anyComplaint().holds(Given.complaint("c", 1))).isTrue();
        assertThat(Given.anyComplaint().holds(failure("e", 1).make())).isFalse();
    }
}
