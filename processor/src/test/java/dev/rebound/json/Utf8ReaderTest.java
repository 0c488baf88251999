package dev.rebound.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8ReaderTest {

    private static Reader reader(byte[] bytes) {
        return new Utf8Reader("list.csv", new ByteArrayInputStream(bytes));
    }

    @Test
    void anyTextIsRead() throws Exception {
        String text = "jörg@example.org\r\n€ \uD83D\uDE00 \uFFFD\n".repeat(2_000);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringWriter all = new StringWriter();
        reader(bytes).transferTo(all);
        assertThat(all).hasToString(text);

        InputStream dribbling = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int count) {
                return super.read(buffer, offset, Math.min(1, count));
            }
        };
        StringBuilder slowly = new StringBuilder();
        try (Reader in = new Utf8Reader("list.csv", dribbling)) {
            for (int c = in.read(); c >= 0; c = in.read()) {
                slowly.append((char) c);
            }
        }
        assertThat(slowly).hasToString(text);
        assertThat(reader(new byte[0]).read()).isEqualTo(-1);
    }

    @Test
    void theLineThatIsNotUtf8IsNamedAndThoseBeforeItAreRead() throws IOException {
        String before = "kim@example.org\r\n".repeat(3_000);
        BufferedReader in =
                new BufferedReader(reader((before + "jörg@example.org\n").getBytes(StandardCharsets.ISO_8859_1)));
        for (int i = 0; i < 3_000; i++) {
            assertThat(in.readLine()).isEqualTo("kim@example.org");
        }
        assertThatThrownBy(in::readLine)
                .isInstanceOf(NotUtf8Exception.class)
                .hasMessageContaining("list.csv: line 3001 is not UTF-8")
                .hasMessageContaining("iconv");
    }

    @Test
    void aCharacterThatIsCutOffAtTheEndIsNotUtf8() {
        assertThatThrownBy(() -> reader(new byte[] {'a', '\n', (byte) 0xC3}).transferTo(new StringWriter()))
                .isInstanceOf(NotUtf8Exception.class)
                .hasMessageContaining("line 2");
    }
}
