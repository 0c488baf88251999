package dev.rebound.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.serde.UndecodableException.Reason;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WireFormatTest {

    @Test
    void theFrameIsAZeroAndTheIdBigEndian() {
        assertThat(WireFormat.frame(0x01020304, new byte[] {9, 8})).containsExactly(0, 1, 2, 3, 4, 9, 8);
        assertThat(WireFormat.frame(-1, new byte[0])).containsExactly(0, -1, -1, -1, -1);
    }

    @Property
    void theIdComesBack(@ForAll int id, @ForAll byte[] body) throws UndecodableException {
        byte[] framed = WireFormat.frame(id, body);

        assertThat(WireFormat.schemaId(framed)).isEqualTo(id);
        assertThat(Arrays.copyOfRange(framed, WireFormat.HEADER_BYTES, framed.length))
                .isEqualTo(body);
    }

    @Property
    void whatIsNotFramedIsSaidToBeSo(@ForAll byte[] value) throws UndecodableException {
        if (value.length >= WireFormat.HEADER_BYTES && value[0] == 0) {
            WireFormat.schemaId(value);
        } else {
            assertThatThrownBy(() -> WireFormat.schemaId(value))
                    .isInstanceOfSatisfying(UndecodableException.class, e -> assertThat(e.reason())
                            .isEqualTo(value.length == 0 ? Reason.EMPTY_VALUE : Reason.NOT_WIRE_FORMAT));
        }
    }

    @Test
    void theMessageNamesWhatWasFound() {
        assertThatThrownBy(() -> WireFormat.schemaId(new byte[] {'{', 1, 2, 3, 4, 5}))
                .hasMessage("value of 6 bytes starts with byte 123 (expected: 0, then four bytes of schema id)");
        assertThatThrownBy(() -> WireFormat.schemaId(null))
                .isInstanceOfSatisfying(
                        UndecodableException.class, e -> assertThat(e.reason()).isEqualTo(Reason.EMPTY_VALUE));
    }
}
