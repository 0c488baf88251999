package dev.rebound.statistics;

import static dev.rebound.statistics.AnyFacts.NOON;
import static dev.rebound.statistics.AnyFacts.deferral;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.classify.AnyEvents;
import dev.rebound.classify.Classifier;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.pack.Packer;
import dev.rebound.pack.Unpacker;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.statistics.Replies.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RepliesTest {

    private static Replies again(Replies replies) {
        Packer packer = new Packer(16);
        replies.pack(packer);
        return Replies.unpack(new Unpacker(packer.bytes()));
    }

    @Test
    void repliesThatDifferInDetailsAreOne() {
        Replies replies = new Replies();
        replies.add(deferral("421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred")
                .fact());
        replies.add(deferral("421 4.7.0 [TSS04] Messages from 192.0.2.33 temporarily deferred")
                .at(NOON.plusSeconds(1))
                .fact());
        replies.add(deferral("452 4.2.2 full").fact());
        replies.add(AnyFacts.delivery().fact());

        assertThat(again(replies).top())
                .containsExactly(
                        new Reply(
                                "421 4.7.0 [TSS04] Messages from # temporarily deferred",
                                2,
                                "421 4.7.0 [TSS04] Messages from 192.0.2.33 temporarily deferred",
                                "RATE_LIMITED",
                                "4.7.0",
                                NOON.plusSeconds(1).toEpochMilli()),
                        new Reply("452 4.2.2 full", 1, "452 4.2.2 full", "RATE_LIMITED", "4.7.0", NOON.toEpochMilli()));
    }

    /** Among many that come once, those that come often stay, and are never counted too often. */
    @Property(tries = 50)
    void theMostFrequentAreKept(@ForAll Random random) {
        List<Fact> facts = new ArrayList<>();
        for (int often = 1; often <= 5; often++) {
            for (int i = 0; i < 100 * often; i++) {
                facts.add(deferral("450 frequent " + "abcde".charAt(often - 1)).fact());
            }
        }
        for (int i = 0; i < 600; i++) {
            facts.add(deferral("450 once " + letters(i)).fact());
        }
        Collections.shuffle(facts, random);

        Replies sum = new Replies();
        for (int from = 0; from < facts.size(); from += 300) {
            Replies some = new Replies();
            facts.subList(from, Math.min(facts.size(), from + 300)).forEach(some::add);
            sum.add(again(some));
            sum = again(sum);
        }

        assertThat(sum.top()).hasSizeLessThanOrEqualTo(10);
        assertThat(sum.top().subList(0, 5))
                .extracting(Reply::text)
                .containsExactly(
                        "450 frequent e", "450 frequent d", "450 frequent c", "450 frequent b", "450 frequent a");
        for (int i = 0; i < 5; i++) {
            long exact = 100L * (5 - i);
            assertThat(sum.top().get(i).events()).isBetween(exact - 20, exact);
        }
    }

    private static String letters(int number) {
        StringBuilder text = new StringBuilder();
        for (int rest = number; rest > 0; rest /= 26) {
            text.append((char) ('a' + rest % 26));
        }
        return text.toString();
    }

    /** Addresses are personal data; what servers quote of a message must not come to anybody's screen. */
    @Test
    void addressesAreMasked() {
        DeliveryEvent event = AnyEvents.plain()
                .setTenant("acme")
                .setOutcome(Outcome.BOUNCED)
                .setReply("550 5.1.1 <john.doe@example.com>: user unknown; \"john doe\"@example.org, jane@example.net")
                .build();
        Sums sums = new Sums();
        sums.add(Fact.of(event, Classifier.classify(event, ShippedCodes.table()), new byte[0]));

        Reply reply = Sums.parse(sums.bytes()).details().replies().top().get(0);
        assertThat(reply.text()).isEqualTo("550 5.1.1 <<address>>: user unknown; <address>, <address>");
        assertThat(reply.example())
                .isEqualTo("550 5.1.1 <j***@example.com>: user unknown; ***@example.org, j***@example.net");
        assertThat(new String(sums.bytes(), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("john", "jane");
    }
}
