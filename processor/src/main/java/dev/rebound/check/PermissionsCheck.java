package dev.rebound.check;

import dev.rebound.config.ReboundConfig;
import dev.rebound.topology.Topics;
import dev.rebound.topology.Topics.Spec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.StreamsConfig;

/** Whether ACLs let the processor do its work: on its topics, and on those that Kafka Streams makes for it. */
final class PermissionsCheck {

    static final String CHECK = "permissions";

    private final ReboundConfig config;
    private final Topics topics;
    private final Admin admin;
    private final Findings findings;
    private final Acls acls;

    PermissionsCheck(ReboundConfig config, Admin admin, Findings findings) {
        this.config = config;
        this.topics = config.topics();
        this.admin = admin;
        this.findings = findings;
        this.acls = new Acls(config);
    }

    void run() throws InterruptedException {
        if (isAuthorizerOff()) {
            String finding = "the brokers have no authorizer: every client may do everything";
            if (config.isSecured()) {
                findings.noted(CHECK, finding, "set authorizer.class.name on the brokers if that is not meant");
            } else {
                findings.ok(CHECK, finding);
            }
        } else {
            declared();
        }
        internal();
    }

    /** Only whom an authorizer would let see the ACLs is told that there is none; brokers log refusals as errors. */
    private boolean isAuthorizerOff() throws InterruptedException {
        try {
            Set<AclOperation> onCluster = admin.describeCluster(
                            new DescribeClusterOptions().includeAuthorizedOperations(true))
                    .authorizedOperations()
                    .get();
            if (onCluster == null || !onCluster.contains(AclOperation.DESCRIBE)) {
                return false;
            }
            admin.describeAcls(AclBindingFilter.ANY).values().get();
            return false;
        } catch (ExecutionException e) {
            return e.getCause() instanceof SecurityDisabledException;
        }
    }

    /** What the processor does with a topic. */
    private Set<AclOperation> needed(Spec topic) {
        Set<AclOperation> needed = EnumSet.of(AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS);
        if (topic.equals(topics.deliveryEvents())) {
            needed.add(AclOperation.READ);
        } else if (List.of(topics.statusCodes(), topics.suppressionCommands(), topics.suppressions())
                .contains(topic)) {
            needed.add(AclOperation.READ);
            needed.add(AclOperation.WRITE);
        } else {
            needed.add(AclOperation.WRITE);
        }
        return needed;
    }

    private void declared() throws InterruptedException {
        Map<String, KafkaFuture<TopicDescription>> asked = admin.describeTopics(
                        topics.all().stream().map(Spec::name).toList(),
                        new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
        Map<AclOperation, List<String>> missing = new TreeMap<>();
        List<String> unknown = new ArrayList<>();
        boolean mayIngest = true;
        for (Spec topic : topics.all()) {
            Set<AclOperation> allowed;
            try {
                allowed = asked.get(topic.name()).get().authorizedOperations();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                    unknown.add(topic.name());
                    continue;
                }
                if (!(e.getCause() instanceof TopicAuthorizationException)) {
                    findings.failed(CHECK, KafkaProblem.of(e));
                    return;
                }
                allowed = Set.of();
            }
            if (allowed == null) {
                findings.skipped(CHECK, "the brokers do not tell what this user may do");
                return;
            }
            Set<AclOperation> lacking = needed(topic);
            lacking.removeAll(allowed);
            lacking.forEach(operation ->
                    missing.computeIfAbsent(operation, any -> new ArrayList<>()).add(topic.name()));
            if (topic.equals(topics.deliveryEvents())) {
                mayIngest = allowed.contains(AclOperation.WRITE);
            }
        }
        tell(missing, unknown, mayIngest);
    }

    private void tell(Map<AclOperation, List<String>> missing, List<String> unknown, boolean mayIngest) {
        missing.forEach((operation, names) -> findings.failed(CHECK, acls.missing(operation, options(names))));
        if (!unknown.isEmpty()) {
            findings.skipped(CHECK, "of missing topics cannot be told: " + String.join(", ", unknown));
        }
        if (missing.isEmpty() && unknown.size() < topics.all().size()) {
            findings.ok(CHECK, "this user may read the inputs and write the outputs");
        }
        if (!mayIngest) {
            findings.noted(
                    CHECK,
                    "this user may not write " + topics.deliveryEvents().name()
                            + ", so that rebound ingest needs another",
                    "if it is to ingest, too: "
                            + acls.missing(
                                            AclOperation.WRITE,
                                            options(List.of(
                                                    topics.deliveryEvents().name())))
                                    .remedy());
        }
    }

    private static String options(List<String> names) {
        return names.stream().map(name -> "--topic " + name).collect(Collectors.joining(" "));
    }

    /** Kafka Streams makes its topics itself, at the first start. */
    private void internal() throws InterruptedException {
        String check = "internal topics " + config.applicationId() + "-*";
        Object replicas = config.streams("config-check").getOrDefault(StreamsConfig.REPLICATION_FACTOR_CONFIG, "-1");
        NewTopic probe =
                new NewTopic(config.applicationId() + "-config-check", 1, Short.parseShort(replicas.toString()));
        try {
            admin.createTopics(List.of(probe), new CreateTopicsOptions().validateOnly(true))
                    .all()
                    .get();
            findings.ok(check, "may be made");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicAuthorizationException) {
                findings.failed(
                        check,
                        acls.missing(
                                AclOperation.CREATE,
                                "--topic " + config.applicationId() + " --resource-pattern-type prefixed"));
            } else {
                findings.failed(check, KafkaProblem.of(e));
            }
        }
    }
}
