package dev.rebound.classify;

import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.ReplySource;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Tuple;

/** Events as no server would send them on purpose, for property tests. */
public final class AnyEvents {

    private static final String[] FRAGMENTS = {
        "0",
        "1",
        "2",
        "4",
        "5",
        "9",
        "55",
        "550",
        "421",
        "250",
        "354",
        "5.1.1",
        "4.4.7",
        "5.7.1",
        "2.0.0",
        "5.",
        "5.1.",
        ".",
        "..",
        "-",
        " ",
        "\t",
        "\n",
        "\r\n",
        "#",
        "(",
        ")",
        "[",
        ";",
        ":",
        "<",
        "'",
        "\"",
        "smtp; 550 ",
        "said: 550-",
        "550-5.1.1 ",
        "550 #5.1.1 ",
        "127.0.0.1",
        "x",
        "é",
        "_",
        "５",
        "٥",
        "\ud800",
        "\udc00",
        "\ud83d\ude00",
        "\u0000",
        "\u2028"
    };

    private AnyEvents() {}

    /** An event at rest: nothing in it says anything. */
    public static DeliveryEvent.Builder plain() {
        return DeliveryEvent.newBuilder()
                .setEventId("e1")
                .setEventTime(Instant.parse("2026-03-01T12:00:00Z"))
                .setRecipient("someone@example.com")
                .setOutcome(Outcome.BOUNCED);
    }

    /** Any text at all, halves of surrogate pairs included, or text made of what codes are made of. */
    public static Arbitrary<String> texts() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.strings().all().ofMaxLength(80)), Tuple.of(3, codeLike()));
    }

    /** Text made of digits, dots, dashes, blanks, line ends, codes and what stands around them. */
    public static Arbitrary<String> codeLike() {
        return Arbitraries.of(FRAGMENTS).list().ofMaxSize(40).map(parts -> String.join("", parts));
    }

    /** Any moment that an event can hold. */
    public static Arbitrary<Instant> moments() {
        return Arbitraries.longs().map(Instant::ofEpochMilli);
    }

    /** Any event: every outcome, every source of the reply, texts anywhere. */
    public static Arbitrary<DeliveryEvent> events() {
        return Builders.withBuilder(AnyEvents::plain)
                .use(texts().injectNull(0.1))
                .in(DeliveryEvent.Builder::setReply)
                .use(texts().injectNull(0.5))
                .in(DeliveryEvent.Builder::setStatus)
                .use(texts())
                .in(DeliveryEvent.Builder::setRecipient)
                .use(texts().injectNull(0.5))
                .in(DeliveryEvent.Builder::setRemoteHost)
                .use(Arbitraries.of(Outcome.class))
                .in(DeliveryEvent.Builder::setOutcome)
                .use(Arbitraries.of(ReplySource.class))
                .in(DeliveryEvent.Builder::setReplySource)
                .use(moments())
                .in(DeliveryEvent.Builder::setEventTime)
                .build(DeliveryEvent.Builder::build);
    }
}
