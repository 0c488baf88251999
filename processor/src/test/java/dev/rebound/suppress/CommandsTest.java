package dev.rebound.suppress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandsTest {

    private static final Instant ARRIVAL = Instant.parse("2026-03-01T00:00:00Z");

    private static SuppressionCommand.Builder command() {
        return SuppressionCommand.newBuilder()
                .setCommandId("id")
                .setIssuedAt(ARRIVAL)
                .setAction(SuppressionAction.ADD)
                .setList("acme")
                .setAddress("jo@example.org")
                .setReason(SuppressionReason.MANUAL)
                .setSource(SuppressionSource.OPERATOR)
                .setBy("ops")
                .setWhy("w");
    }

    @Test
    void momentsAreOfYearsThatEveryoneCanRead() throws Exception {
        Instant last = Instant.parse("9999-12-31T23:59:59.999Z");
        assertThat(Commands.check(
                        command().setSince(Instant.EPOCH).setExpires(last).build(), ARRIVAL))
                .isNotNull();
        for (Instant beyond : List.of(Instant.EPOCH.minusMillis(1), last.plusMillis(1), Instant.MIN, Instant.MAX)) {
            assertRefused("expires", command().setExpires(beyond));
            assertRefused("since", command().setSince(beyond));
            assertRefused("issuedAt", command().setIssuedAt(beyond));
        }
    }

    @Test
    void whatTakesACommandBackNamesIt() throws Exception {
        assertThat(Commands.check(retraction().build(), ARRIVAL)).isNotNull();
        assertRefused("retracts", retraction().setRetracts(null));
        assertRefused("retracts", retraction().setRetracts("no id"));
        assertRefused("retracts", retraction().setRetracts("id"));
        assertRefused("retractsIssuedAt", retraction().setRetractsIssuedAt(null));
        assertRefused("retractsIssuedAt", retraction().setRetractsIssuedAt(Instant.MAX));
        assertRefused("retracts", command().setRetracts("other"));
    }

    private static SuppressionCommand.Builder retraction() {
        return command()
                .setAction(SuppressionAction.RETRACT)
                .setRetracts("other")
                .setRetractsIssuedAt(ARRIVAL);
    }

    private static void assertRefused(String field, SuppressionCommand.Builder command) {
        assertThatThrownBy(() -> Commands.check(command.build(), ARRIVAL))
                .isInstanceOf(InvalidCommandException.class)
                .hasMessageStartingWith(field + " cannot be used");
    }
}
