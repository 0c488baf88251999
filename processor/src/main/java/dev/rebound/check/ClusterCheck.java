package dev.rebound.check;

import dev.rebound.config.ReboundConfig;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.streams.StreamsConfig;

/** Whether the cluster can do what the processor asks of it: version, listeners, consumer groups, transactions. */
final class ClusterCheck {

    /** Level of {@code metadata.version} that Kafka 3.9 brought (org.apache.kafka.server.common.MetadataVersion). */
    private static final int KAFKA_3_9 = 21;

    private static final String METADATA_VERSION = "metadata.version";
    private static final String STREAMS_VERSION = "streams.version";

    private final ReboundConfig config;
    private final Admin admin;
    private final Answers answers;
    private final Findings findings;
    private final Acls acls;

    ClusterCheck(ReboundConfig config, Admin admin, Answers answers, Findings findings) {
        this.config = config;
        this.admin = admin;
        this.answers = answers;
        this.findings = findings;
        this.acls = new Acls(config);
    }

    void run() throws InterruptedException {
        // All are asked before the first answer is waited for: a coordinator that is away takes its whole timeout.
        KafkaFuture<FeatureMetadata> features = admin.describeFeatures().featureMetadata();
        KafkaFuture<Collection<Node>> nodes = admin.describeCluster().nodes();
        KafkaFuture<Void> transactions = admin.fenceProducers(List.of(config.applicationId() + "-config-check"))
                .all();
        Future<Optional<Problem>> group = answers.ask(this::group);
        version(features);
        listeners(nodes);
        group(group);
        transactions(transactions);
    }

    private void version(KafkaFuture<FeatureMetadata> asked) throws InterruptedException {
        String check = "Kafka version";
        try {
            FeatureMetadata features = asked.get();
            var supported = features.supportedFeatures().get(METADATA_VERSION);
            var finalized = features.finalizedFeatures().get(METADATA_VERSION);
            if (supported == null) {
                findings.noted(
                        check,
                        "the brokers do not tell (expected: 3.9 or newer)",
                        "brokers that use ZooKeeper do not; ask their administrator");
            } else if (supported.maxVersion() < KAFKA_3_9) {
                findings.failed(check, "older than 3.9 (" + level(supported.maxVersion()) + ")", "update the brokers");
            } else if (finalized != null && finalized.maxVersionLevel() < KAFKA_3_9) {
                findings.noted(
                        check,
                        "brokers are 3.9 or newer, and the cluster still works as an older one ("
                                + level(finalized.maxVersionLevel()) + ")",
                        "finish the update with kafka-features upgrade --release-version");
            } else {
                findings.ok(check, "3.9 or newer (" + level(supported.maxVersion()) + ")");
            }
            streamsProtocol(features);
        } catch (ExecutionException e) {
            findings.failed(check, KafkaProblem.of(e));
        }
    }

    private static String level(int level) {
        return METADATA_VERSION + " " + level;
    }

    private void streamsProtocol(FeatureMetadata features) {
        var streams = features.finalizedFeatures().get(STREAMS_VERSION);
        if ("streams".equals(config.streams("config-check").get(StreamsConfig.GROUP_PROTOCOL_CONFIG))
                && (streams == null || streams.maxVersionLevel() < 1)) {
            findings.failed(
                    StreamsConfig.GROUP_PROTOCOL_CONFIG,
                    "the brokers do not have the Streams rebalance protocol switched on (" + STREAMS_VERSION + ")",
                    "set " + StreamsConfig.GROUP_PROTOCOL_CONFIG
                            + "=classic, or on brokers of 4.2 or newer run: kafka-features upgrade --feature "
                            + STREAMS_VERSION + "=1");
        }
    }

    /** Clients start from the bootstrap addresses and go on with those that the brokers call themselves by. */
    private void listeners(KafkaFuture<Collection<Node>> asked) throws InterruptedException {
        String check = "advertised listeners";
        try {
            Set<String> bootstrap = new TreeSet<>();
            for (String text : config.bootstrapServers().split(",")) {
                bootstrap.add(text.strip());
            }
            int reached = 0;
            for (Node node : asked.get()) {
                Address address = new Address(node.host(), node.port());
                Problem problem = bootstrap.contains(address.toString())
                        ? null
                        : address.reach(answers, "advertised.listeners of broker " + node.id());
                if (problem == null) {
                    reached++;
                } else {
                    findings.failed(
                            check,
                            "broker " + node.id() + " at " + address + ": " + problem.finding(),
                            problem.remedy());
                }
            }
            if (reached > 0) {
                findings.ok(check, "brokers that can be reached where they say they are: " + reached);
            }
        } catch (ExecutionException e) {
            findings.failed(check, KafkaProblem.of(e));
        }
    }

    /** Empty when the group can be read and joined. */
    private Optional<Problem> group() throws InterruptedException {
        String id = config.applicationId();
        try {
            Set<AclOperation> allowed = admin.describeConsumerGroups(
                            List.of(id), new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                    .describedGroups()
                    .get(id)
                    .get()
                    .authorizedOperations();
            if (allowed != null && !allowed.contains(AclOperation.READ) && !allowed.contains(AclOperation.ALL)) {
                return Optional.of(acls.missing(AclOperation.READ, "--group " + id));
            }
            return allowed == null ? Optional.empty() : leave(id);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.apache.kafka.common.errors.GroupIdNotFoundException) {
                return leave(id);
            }
            return Optional.of(groupProblem(e.getCause(), id));
        }
    }

    /** A member that nobody has is taken out of the group: changes nothing, and needs what joining needs. */
    private Optional<Problem> leave(String id) throws InterruptedException {
        try {
            admin.removeMembersFromConsumerGroup(
                            id,
                            new RemoveMembersFromConsumerGroupOptions(
                                    List.of(new MemberToRemove("config-check-" + UUID.randomUUID()))))
                    .all()
                    .get();
            return Optional.empty();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            boolean refused = Problem.isCausedBy(cause, GroupAuthorizationException.class)
                    || cause instanceof org.apache.kafka.common.errors.TimeoutException;
            return refused ? Optional.of(groupProblem(cause, id)) : Optional.empty();
        }
    }

    private Problem groupProblem(Throwable problem, String id) {
        if (Problem.isCausedBy(problem, GroupAuthorizationException.class)) {
            return acls.missing(AclOperation.READ, "--group " + id);
        }
        if (problem instanceof org.apache.kafka.common.errors.TimeoutException) {
            return new Problem(
                    "the group coordinator is not available",
                    "see whether topic __consumer_offsets could be made: offsets.topic.replication.factor must not be"
                            + " more than the number of brokers");
        }
        return KafkaProblem.of(problem);
    }

    private void group(Future<Optional<Problem>> asked) throws InterruptedException {
        String check = "consumer group " + config.applicationId();
        try {
            asked.get()
                    .ifPresentOrElse(
                            problem -> findings.failed(check, problem),
                            () -> findings.ok(check, "coordinator answers, and the group may be joined"));
        } catch (ExecutionException e) {
            findings.failed(check, KafkaProblem.of(e));
        }
    }

    private void transactions(KafkaFuture<Void> asked) throws InterruptedException {
        String check = "transactions " + config.applicationId() + "-*";
        try {
            asked.get();
            findings.ok(check, "coordinator answers, and transactions may be begun");
        } catch (ExecutionException e) {
            if (Problem.isCausedBy(e, TransactionalIdAuthorizationException.class)) {
                findings.failed(
                        check,
                        acls.missing(
                                AclOperation.WRITE,
                                "--transactional-id " + config.applicationId() + " --resource-pattern-type prefixed"));
            } else if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                findings.failed(
                        check,
                        "the transaction coordinator is not available",
                        "see whether topic __transaction_state could be made and has its replicas in sync:"
                                + " transaction.state.log.replication.factor and transaction.state.log.min.isr must not"
                                + " be more than the number of brokers");
            } else {
                findings.failed(check, KafkaProblem.of(e));
            }
        }
    }
}
