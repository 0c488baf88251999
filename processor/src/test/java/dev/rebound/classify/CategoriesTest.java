package dev.rebound.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.schema.Scope;
import org.junit.jupiter.api.Test;

class CategoriesTest {

    private final Categories categories = Categories.shipped();

    @Test
    void aCategoryKnowsItsScopeAndWhetherTheRecipientIsGone() {
        assertThat(categories.require("BAD_MAILBOX")).satisfies(category -> {
            assertThat(category.scope()).isEqualTo(Scope.RECIPIENT);
            assertThat(category.gone()).isEqualTo(Category.RecipientGone.ALWAYS);
            assertThat(category.meaning()).isNotBlank();
            assertThat(category.whatToDo()).isNotBlank();
        });
        assertThat(categories.require("MAILBOX_DISABLED").gone()).isEqualTo(Category.RecipientGone.BY_TEXT);
        assertThat(categories.require("SPAM_CONTENT").gone()).isEqualTo(Category.RecipientGone.NEVER);
    }

    @Test
    void namesAreExactAndInTheOrderOfTheTable() {
        assertThat(categories.byName("bad_mailbox")).isEmpty();
        assertThat(categories.byName("")).isEmpty();
        assertThat(categories.names()).hasSize(30).startsWith("BAD_MAILBOX").endsWith("UNDETERMINED");
        assertThat(categories.all()).extracting(Category::name).containsExactlyElementsOf(categories.names());
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> categories.require("NONSENSE"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("category: NONSENSE (expected: one of BAD_MAILBOX, ")
                .hasMessageEndingWith("UNDETERMINED)");
    }

    /** The names that code refers to are in the table. */
    @Test
    void categoriesOfOutcomesExist() {
        assertThat(categories.names())
                .contains(
                        Categories.UNDETERMINED,
                        Categories.DELIVERED,
                        Categories.COMPLAINT,
                        Categories.LOCAL_REJECTED,
                        Categories.EXPIRED);
    }
}
