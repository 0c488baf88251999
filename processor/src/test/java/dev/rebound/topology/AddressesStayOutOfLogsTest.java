package dev.rebound.topology;

import static dev.rebound.topology.ReboundDriver.bounce;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Addresses are personal data: above debug level nothing that Rebound logs or explains holds one. */
class AddressesStayOutOfLogsTest {

    private static final String PERSON = "secret.person";

    @Test
    void neitherLogsNorReasonsOfDeadLettersNameARecipient() {
        Logger all = (Logger) LoggerFactory.getLogger("dev.rebound");
        Logger table = (Logger) LoggerFactory.getLogger(LiveCodeTable.class);
        Level tableLevel = table.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        all.setLevel(Level.INFO);
        all.addAppender(log);
        table.setLevel(Level.INFO);
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            rebound.send(bounce().setRecipient(PERSON + "@example.com").setReply("550 5.1.1 " + PERSON));
            rebound.sendRaw(null, rebound.encode(bounce().setRecipient(PERSON).build()));
            rebound.sendRaw(
                    null,
                    rebound.encode(bounce().setRecipient(PERSON + "@exa mple").build()));
            rebound.sendRaw(null, (PERSON + "@example.com").getBytes(StandardCharsets.UTF_8));
            rebound.setCodeRaw("operator/" + "5.1.1", PERSON.getBytes(StandardCharsets.UTF_8));

            assertThat(rebound.deadLetters()).hasSize(3).allSatisfy(letter -> assertThat(
                            DeadLetter.header(letter.headers(), DeadLetter.DETAIL))
                    .doesNotContain(PERSON));
        } finally {
            all.detachAppender(log);
            all.setLevel(null);
            table.setLevel(tableLevel);
        }
        assertThat(log.list).as("what was logged, the bad row at least").isNotEmpty();
        assertThat(log.list)
                .allSatisfy(event -> assertThat(event.getFormattedMessage()).doesNotContain(PERSON));
    }
}
