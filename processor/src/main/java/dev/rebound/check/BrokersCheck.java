package dev.rebound.check;

import dev.rebound.config.ReboundConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Whether each bootstrap address can be reached, lets us in, and is a Kafka broker. */
final class BrokersCheck {

    private static final Duration LOG_IN = Duration.ofSeconds(8);

    private final ReboundConfig config;
    private final Answers answers;
    private final Findings findings;

    BrokersCheck(ReboundConfig config, Answers answers, Findings findings) {
        this.config = config;
        this.answers = answers;
        this.findings = findings;
    }

    /** Tries all addresses at the same time; true when at least one is a broker that lets us in. */
    boolean run() throws InterruptedException, ExecutionException {
        List<Future<Boolean>> tries = new ArrayList<>();
        for (String text : config.bootstrapServers().split(",")) {
            tries.add(answers.ask(() -> look(text)));
        }
        boolean any = false;
        for (Future<Boolean> tried : tries) {
            // Each bounds its own waiting.
            any |= tried.get();
        }
        return any;
    }

    private boolean look(String text) throws InterruptedException {
        String check = "broker " + text.strip();
        Address address;
        try {
            address = Address.parse(text);
        } catch (IllegalArgumentException e) {
            findings.failed(check, e.getMessage(), "correct " + ReboundConfig.BOOTSTRAP_SERVERS);
            return false;
        }
        Problem unreachable = address.reach(answers, ReboundConfig.BOOTSTRAP_SERVERS);
        if (unreachable != null) {
            findings.failed(check, unreachable);
            return false;
        }
        return logIn(check, address);
    }

    private boolean logIn(String check, Address address) throws InterruptedException {
        Properties properties = config.adminClient();
        properties.put(ReboundConfig.BOOTSTRAP_SERVERS, address.toString());
        try {
            Admin admin = Admin.create(properties);
            try {
                int nodes = admin.describeCluster()
                        .nodes()
                        .get(LOG_IN.toMillis(), TimeUnit.MILLISECONDS)
                        .size();
                findings.ok(check, "answers" + credentials() + "; brokers in the cluster: " + nodes);
                return true;
            } finally {
                admin.close(Duration.ZERO);
            }
        } catch (ExecutionException e) {
            findings.failed(check, explain(e.getCause(), address));
        } catch (java.util.concurrent.TimeoutException e) {
            findings.failed(check, silent(address));
        } catch (KafkaException e) {
            findings.failed(check, KafkaProblem.of(e));
        }
        return false;
    }

    private String credentials() {
        return config.isSecured()
                ? " and lets in "
                        + config.brokerUser().map(user -> "user " + user).orElse("this client")
                : "";
    }

    private Problem explain(Throwable problem, Address address) {
        return problem instanceof org.apache.kafka.common.errors.TimeoutException
                ? silent(address)
                : KafkaProblem.of(problem);
    }

    /** Somebody listens and does not talk as Kafka does; most often one side speaks TLS and the other does not. */
    private Problem silent(Address address) {
        String protocol = config.securityProtocol();
        boolean tlsExpected = protocol.toUpperCase(Locale.ROOT).endsWith("SSL");
        boolean tls = address.speaksTls();
        if (tls && !tlsExpected) {
            return new Problem(
                    "the port speaks TLS and security.protocol is " + protocol,
                    "set security.protocol to SASL_SSL (user and password) or SSL, and ssl.truststore.location");
        }
        if (!tls && tlsExpected) {
            return new Problem(
                    "the port does not speak TLS, or not at all, and security.protocol is " + protocol,
                    "see whether that is the broker's port; without TLS set security.protocol to SASL_PLAINTEXT or"
                            + " PLAINTEXT");
        }
        return new Problem(
                "accepts connections and does not answer as a Kafka broker does, within " + LOG_IN.toSeconds() + " s",
                "see whether that is the broker's port and the broker is up, and whether security.protocol (now "
                        + protocol + ") is that of the port");
    }
}
