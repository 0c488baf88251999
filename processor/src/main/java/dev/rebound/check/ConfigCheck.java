package dev.rebound.check;

import dev.rebound.config.ReboundConfig;
import dev.rebound.config.Secrets;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies a configuration against what it names. Changes nothing, but that the transaction coordinator keeps the id
 * {@code application.id-config-check} until it expires: beginning is the only way to find out whether one may begin.
 */
public final class ConfigCheck {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigCheck.class);

    /** All checks together are given this long, so that a command with its start and end takes less than 20 seconds. */
    private static final Duration ALL = Duration.ofSeconds(14);

    private static final String REQUEST_MS = "6000";
    private static final String CALL_MS = "7000";
    private static final String CONNECT_MS = "3000";
    private static final String READ_MS = "5000";

    private final Map<String, String> keys;
    private final Secrets secrets;

    private ConfigCheck(Map<String, String> keys) {
        this.keys = keys;
        this.secrets = Secrets.of(keys);
    }

    /**
     * What there is to say about a configuration; takes hardly more than 14 seconds, also when nothing answers.
     *
     * @param keys keys and values as the user wrote them
     */
    public static List<Finding> run(Map<String, String> keys) throws InterruptedException {
        return new ConfigCheck(keys).findings();
    }

    private List<Finding> findings() throws InterruptedException {
        Findings first = new Findings(secrets);
        ReboundConfig config = new KeysCheck(keys, first).run();
        List<Finding> all = new ArrayList<>(first.all());
        if (config == null) {
            Findings skipped = new Findings(secrets);
            for (String check : List.of("brokers", "topics", PermissionsCheck.CHECK, "registry", "this machine")) {
                skipped.skipped(check, "the " + KeysCheck.CHECK + " has to be mended first");
            }
            all.addAll(skipped.all());
            return all;
        }
        ReboundConfig impatient = config.with(impatience());
        try (Answers answers = new Answers(ALL)) {
            List<Area> areas = List.of(
                    area(answers, "brokers", findings -> cluster(impatient, answers, findings)),
                    area(answers, "registry", findings -> new RegistryCheck(impatient, answers, findings).run()),
                    area(answers, "this machine", findings -> new MachineCheck(config, findings).run()));
            for (Area area : areas) {
                all.addAll(area.finish(answers));
            }
        }
        return all;
    }

    private static Map<String, String> impatience() {
        Map<String, String> changes = new HashMap<>();
        for (String prefix : List.of("", StreamsConfig.ADMIN_CLIENT_PREFIX)) {
            changes.put(prefix + CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS);
            changes.put(prefix + CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, CALL_MS);
            changes.put(prefix + CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, CONNECT_MS);
            changes.put(prefix + CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, CONNECT_MS);
        }
        for (String prefix : List.of("", "schema.registry.")) {
            changes.put(prefix + SchemaRegistryClientConfig.HTTP_CONNECT_TIMEOUT_MS, CONNECT_MS);
            changes.put(prefix + SchemaRegistryClientConfig.HTTP_READ_TIMEOUT_MS, READ_MS);
        }
        return changes;
    }

    private static void cluster(ReboundConfig config, Answers answers, Findings findings)
            throws InterruptedException, ExecutionException {
        if (!new BrokersCheck(config, answers, findings).run()) {
            for (String check :
                    List.of("Kafka version", "consumer group", "transactions", "topics", PermissionsCheck.CHECK)) {
                findings.skipped(check, "no broker answers");
            }
            return;
        }
        Admin admin = Admin.create(config.adminClient());
        try {
            new ClusterCheck(config, admin, answers, findings).run();
            new TopicsCheck(config, findings).run();
            new PermissionsCheck(config, admin, findings).run();
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    /** Checks that need each other, and nothing of the other areas. */
    private interface Checks {
        void run(Findings findings) throws InterruptedException, ExecutionException;
    }

    private Area area(Answers answers, String name, Checks checks) {
        Findings findings = new Findings(secrets);
        Future<Void> work = answers.ask(() -> {
            checks.run(findings);
            return null;
        });
        return new Area(name, findings, work);
    }

    /** An area that is being looked at. */
    private record Area(String name, Findings findings, Future<Void> work) {

        List<Finding> finish(Answers answers) throws InterruptedException {
            try {
                answers.inTime(work);
            } catch (TimeoutException e) {
                findings.failed(
                        name,
                        "the rest was not looked at: no answer within " + ALL.toSeconds() + " s",
                        "see whether name servers and machines are up and not overloaded, and check again");
            } catch (ExecutionException e) {
                findings.failed(
                        name, e.getCause() instanceof KafkaException ? KafkaProblem.of(e) : unexpected(e.getCause()));
            }
            return findings.all();
        }

        private static Problem unexpected(Throwable problem) {
            return new Problem(
                    "could not be looked at: " + problem.getClass().getSimpleName() + ": " + Problem.innermost(problem),
                    "report this, with the log at level debug");
        }
    }
}
