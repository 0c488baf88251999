package dev.rebound.mail;

import dev.rebound.schema.DeliveryEvent;
import java.util.List;

/** What was made of one mail: a delivery report with its events, or the reason why there is none. */
public sealed interface MailReading {

    /**
     * A delivery report of which at least one recipient could be read.
     *
     * @param reader name of the reader that took the mail for its own
     * @param knownBy by what it knew, for people
     * @param events one for each recipient that could be read, in the order of the report; not empty
     * @param refused recipients that could not be read; mostly empty
     */
    record Report(String reader, String knownBy, List<DeliveryEvent> events, List<RefusedBlock> refused)
            implements MailReading {
        public Report {
            events = List.copyOf(events);
            refused = List.copyOf(refused);
        }
    }

    /**
     * A mail that gave no event.
     *
     * @param reason why; for a report whose recipients are all unusable, the reason of the first
     * @param refused those recipients; empty when the mail is no report at all
     */
    record NotRead(SetAsideReason reason, List<RefusedBlock> refused) implements MailReading {
        public NotRead {
            refused = List.copyOf(refused);
        }

        NotRead(SetAsideReason reason) {
            this(reason, List.of());
        }
    }

    /**
     * One recipient of a report that could not be read.
     *
     * @param block position among the report's recipients, from 1
     * @param reason why
     */
    record RefusedBlock(int block, SetAsideReason reason) {}
}
