package dev.rebound.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.schema.Classification;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Megabytes made to keep a reader busy: done at once when time is linear, not in a lifetime when it is quadratic. */
class HostileTextTest {

    private static final int MEGABYTES = 4 << 20;

    static Stream<Arguments> fragments() {
        return Stream.of(
                        "5",
                        "5.",
                        "5.1.",
                        "5.1.1",
                        "5.1.1 ",
                        " ",
                        "\t",
                        "\n",
                        "550 ",
                        "550-",
                        "550",
                        "a5",
                        ".",
                        "..5",
                        "5 ",
                        "-",
                        "é",
                        "\ud800",
                        ": 550",
                        "smtp; 550 5.1.1 ",
                        "a.",
                        "@",
                        "<",
                        "\"",
                        "(",
                        "a@b ",
                        "user ",
                        "mailbox unknown ",
                        "not found does not exist ",
                        "[TSS04] ",
                        "AS(1234",
                        "in reply to ",
                        "存在しません")
                .map(fragment -> Arguments.of(fragment.strip(), fragment));
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("fragments")
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void endsSoonWhateverIsRepeated(String name, String fragment) {
        String text = fragment.repeat(MEGABYTES / fragment.length());

        Classification classification = Classifier.classify(
                AnyEvents.plain()
                        .setReply(text)
                        .setStatus(text)
                        .setRecipient(text)
                        .setRemoteHost(text)
                        .build(),
                ShippedCodes.table());

        assertThat(classification.getReceivingDomain()).isEmpty();
        assertThat(classification.getProvider()).isNull();
    }
}
