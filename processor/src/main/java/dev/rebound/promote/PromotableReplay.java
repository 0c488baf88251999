package dev.rebound.promote;

import dev.rebound.compare.Outside;
import dev.rebound.compare.SuppressionDifference;
import dev.rebound.schema.StatusCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What has to be known of a replay to bring what it came to to live. */
public interface PromotableReplay {

    /** Its name. */
    String name();

    /** What it is told by from others, also from one that had the same name before and was deleted. */
    String id();

    /** It has come to its end. */
    boolean finished();

    /** When the last of its events had arrived: what happened later, live knows and it does not. */
    Instant until();

    /** When the last of its events and commands had arrived: what somebody decided later, live knows and it does not. */
    Instant asOf();

    /** The rows of the code table that it was started with; in force at all times unless they say otherwise. Empty for live's own. */
    List<StatusCode> overlay();

    /** The operator's rows of live as they were when it was started, by their ids, such as {@code 5.1.1}. */
    Map<String, StatusCode> rowsAtStart();

    /** It was started with a policy of its own. */
    boolean hasPolicy();

    /**
     * Compares what live and the replay suppress now.
     *
     * @param stop asked often; once true, the comparison ends with a {@link java.util.concurrent.CancellationException}
     * @param each takes the differences, each address once, also those where live has learnt something later; what it throws ends the
     *     comparison
     * @return addresses that were not compared, by why
     * @throws org.apache.kafka.common.KafkaException when the brokers do not answer
     */
    Map<Outside, Long> differences(BooleanSupplier stop, Consumer<SuppressionDifference> each);
}
