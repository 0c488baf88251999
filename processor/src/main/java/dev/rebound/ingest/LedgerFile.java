package dev.rebound.ingest;

import dev.rebound.config.ReboundConfig;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Which ledger belongs to a cluster: a cluster that was made anew has read nothing yet, whatever its address. */
public final class LedgerFile {

    private LedgerFile() {}

    /**
     * The ledger's file for the cluster and topic of a configuration.
     *
     * @param directory where ledgers are kept
     * @throws KafkaException when the brokers do not answer
     */
    public static Path in(Path directory, ReboundConfig config) {
        try (Admin admin = Admin.create(config.adminClient())) {
            String cluster = admin.describeCluster().clusterId().get();
            return directory.resolve(
                    cluster + "." + config.topics().deliveryEvents().name() + ".ledger");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking for the cluster's id", e);
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "cannot ask " + config.bootstrapServers() + " for the cluster's id: "
                            + e.getCause().getMessage(),
                    e.getCause());
        }
    }
}
