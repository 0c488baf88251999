package dev.rebound.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    private static final String KEY = "default|jö@example.org";

    @Test
    void itIsReadAsItWasWritten() throws Exception {
        for (Cursor cursor : new Cursor[] {Cursor.BEGINNING, new Cursor(7, ""), new Cursor(2, KEY)}) {
            String text = cursor.text(SuppressionFilter.ALL);
            assertThat(Cursor.parse(text, SuppressionFilter.ALL, 8)).isEqualTo(cursor);
            assertThat(text).matches("[A-Za-z0-9_-]+");
        }
    }

    @Test
    void everyChangeOfACharacterIsNoticed() {
        String text = new Cursor(2, KEY).text(SuppressionFilter.ALL);
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'A' ? 'B' : 'A';
            String changed = text.substring(0, i) + other + text.substring(i + 1);
            assertThatThrownBy(() -> Cursor.parse(changed, SuppressionFilter.ALL, 8))
                    .as("character %d", i)
                    .isInstanceOf(InvalidLookupException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "not base 64!", "AAAAAAAAAAAAAAAAAAAAAAAA", "AQ"})
    void whatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> Cursor.parse(text, SuppressionFilter.ALL, 8))
                .isInstanceOf(InvalidLookupException.class)
                .hasMessageStartingWith("cursor: this is no cursor of these parameters");
    }

    @Test
    void thatOfAnotherFilterOrOfMorePartitionsIsRefused() throws Exception {
        String text = new Cursor(2, KEY).text(SuppressionFilter.ALL);
        SuppressionFilter other = SuppressionFilter.of(Map.of("rule", "gone"));

        assertThatThrownBy(() -> Cursor.parse(text, other, 8)).isInstanceOf(InvalidLookupException.class);
        assertThatThrownBy(() -> Cursor.parse(text, SuppressionFilter.ALL, 2))
                .isInstanceOf(InvalidLookupException.class);
    }
}
