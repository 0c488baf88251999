package dev.rebound.check;

import dev.rebound.app.Connections;
import dev.rebound.app.MendingCommands;
import dev.rebound.config.ReboundConfig;
import dev.rebound.serde.Schemas;
import dev.rebound.topology.Topics.Spec;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether the registry answers, lets us in, and has schemas that agree with this version's. */
final class RegistryCheck {

    static final String SCHEMAS = "schemas";

    private static final String CHECK = "registry";
    private static final int HTTP_NOT_FOUND = 404;
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final ReboundConfig config;
    private final Answers answers;
    private final Findings findings;
    private final String createTopics;

    RegistryCheck(ReboundConfig config, Answers answers, Findings findings) {
        this.config = config;
        this.answers = answers;
        this.findings = findings;
        this.createTopics = new MendingCommands(config).createTopics();
    }

    void run() throws InterruptedException {
        if (!isReached()) {
            findings.skipped(SCHEMAS, "no registry can be reached");
            return;
        }
        try (SchemaRegistryClient client = Connections.registryClient(config)) {
            look(client);
        } catch (IOException | RestClientException | RuntimeException e) {
            findings.failed(CHECK + " " + config.schemaRegistryUrl(), RegistryProblem.of(e));
            findings.skipped(SCHEMAS, "the registry does not answer");
        }
    }

    private boolean isReached() throws InterruptedException {
        Map<String, String> keys = config.registryClient();
        if (keys.containsKey(SchemaRegistryClientConfig.PROXY_HOST)
                || keys.containsKey("schema.registry." + SchemaRegistryClientConfig.PROXY_HOST)) {
            return true;
        }
        boolean any = false;
        for (String url : config.schemaRegistryUrl().split(",")) {
            String check = CHECK + " " + url.strip();
            Problem problem;
            try {
                problem = address(url.strip()).reach(answers, ReboundConfig.SCHEMA_REGISTRY_URL);
            } catch (IllegalArgumentException e) {
                problem = new Problem(
                        "is no address (expected: http://host:port or https://host:port)",
                        "correct " + ReboundConfig.SCHEMA_REGISTRY_URL);
            }
            if (problem == null) {
                any = true;
            } else {
                findings.failed(check, problem);
            }
        }
        return any;
    }

    private static Address address(String url) {
        URI uri = URI.create(url);
        boolean tls = "https".equals(uri.getScheme());
        if (uri.getHost() == null || !tls && !"http".equals(uri.getScheme())) {
            throw new IllegalArgumentException(url);
        }
        int byScheme = tls ? HTTPS_PORT : HTTP_PORT;
        return new Address(uri.getHost().replaceAll("[\\[\\]]", ""), uri.getPort() < 0 ? byScheme : uri.getPort());
    }

    private void look(SchemaRegistryClient client) throws IOException, RestClientException {
        List<String> missing = new ArrayList<>();
        List<String> older = new ArrayList<>();
        List<String> incompatible = new ArrayList<>();
        List<String> otherLevel = new ArrayList<>();
        List<Spec> topics = config.topics().all().stream()
                .filter(topic -> topic.valueSchema() != null)
                .toList();
        for (Spec topic : topics) {
            String subject = Schemas.subject(topic.name());
            AvroSchema schema = new AvroSchema(topic.valueSchema());
            if (!isFound(() -> client.getAllVersions(subject))) {
                missing.add(subject);
                continue;
            }
            if (!isFound(() -> client.getId(subject, schema))) {
                (client.testCompatibility(subject, schema) ? older : incompatible).add(subject);
            }
            if (!hasLevel(client, subject)) {
                otherLevel.add(subject);
            }
        }
        findings.ok(CHECK + " " + config.schemaRegistryUrl(), "answers, with Confluent's interface");
        tell(missing, "missing subjects: ", createTopics);
        tell(older, "this version's schema is not registered, and agrees with what is there: ", createTopics);
        tell(
                incompatible,
                "this version's schema contradicts what is registered: ",
                "give these topics another name with rebound.topics.prefix, or run the version of Rebound that"
                        + " registered it; deleting a subject makes its records unreadable");
        if (!otherLevel.isEmpty()) {
            findings.noted(
                    SCHEMAS,
                    "compatibility is not " + Schemas.COMPATIBILITY + ": " + String.join(", ", otherLevel),
                    "set it with: " + createTopics);
        }
        if (missing.isEmpty() && older.isEmpty() && incompatible.isEmpty()) {
            findings.ok(SCHEMAS, topics.size() + " subjects have this version's schema");
        }
    }

    private void tell(List<String> subjects, String finding, String remedy) {
        if (!subjects.isEmpty()) {
            findings.failed(SCHEMAS, finding + String.join(", ", subjects), remedy);
        }
    }

    /** A question that the registry answers with "not found" where it does not have something. */
    private interface Question {
        Object ask() throws IOException, RestClientException;
    }

    private static boolean isFound(Question question) throws IOException, RestClientException {
        try {
            return question.ask() != null;
        } catch (RestClientException e) {
            if (Schemas.isNotThere(e)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean hasLevel(SchemaRegistryClient client, String subject)
            throws IOException, RestClientException {
        try {
            return Schemas.COMPATIBILITY.equals(client.getCompatibility(subject));
        } catch (RestClientException e) {
            if (e.getStatus() == HTTP_NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }
}
