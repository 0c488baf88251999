package dev.rebound.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.WithNull;
import org.junit.jupiter.api.Test;

class PackerTest {

    @Property(tries = 200)
    void textsAreReadAsTheyWerePut(
            @ForAll @Size(max = 20) List<@WithNull String> once, @ForAll @Size(max = 20) List<@WithNull String> again) {
        Packer out = new Packer(1);
        for (List<String> texts : List.of(once, again, once)) {
            texts.forEach(text -> out.put(text).putRecurring(text));
        }

        Unpacker in = new Unpacker(out.bytes());

        for (List<String> texts : List.of(once, again, once)) {
            for (String text : texts) {
                assertThat(in.getText()).isEqualTo(text);
                assertThat(in.getRecurring()).isEqualTo(text);
            }
        }
    }

    @Property(tries = 200)
    void numbersAreReadAsTheyWerePut(@ForAll long number, @ForAll byte one) {
        Unpacker in =
                new Unpacker(new Packer(1).put(number).putFixed(number).put(one).bytes());

        assertThat(in.getLong()).isEqualTo(number);
        assertThat(in.getFixed()).isEqualTo(number);
        assertThat(in.getByte()).isEqualTo(one);
    }

    @Test
    void aTextThatRecursTakesOneByteFromThenOn() {
        Packer out = new Packer(1).putRecurring("a text of some length");
        int once = out.bytes().length;

        assertThat(out.putRecurring("a text of some length").bytes()).hasSize(once + 1);
    }

    @Test
    void numbersOfTextsThatWereNeverPutAreRefused() {
        for (long number : new long[] {2, 1_000, -1, 1L << 32}) {
            assertThatThrownBy(() -> new Unpacker(new Packer(1).put(number).bytes()).getRecurring())
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
