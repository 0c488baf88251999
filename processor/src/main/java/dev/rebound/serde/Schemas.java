package dev.rebound.serde;

import dev.rebound.serde.SchemaRegistryException.Kind;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.apache.avro.Schema;

/** Registers value schemas and asks for their ids, under Confluent's subject names: the topic's name and {@code -value}. */
public final class Schemas {

    /** How schemas may change: each version reads all others, as rolling upgrades write both ways. */
    public static final String COMPATIBILITY = "FULL_TRANSITIVE";

    private static final int HTTP_UNAUTHORIZED = 401;
    private static final int HTTP_FORBIDDEN = 403;
    private static final int HTTP_NOT_FOUND = 404;
    private static final int HTTP_CONFLICT = 409;
    private static final int HTTP_UNPROCESSABLE = 422;

    /** The registry's own codes for what it does not have: 40401 and on. */
    private static final int NOT_FOUND_CODES = 404;

    private final SchemaRegistryClient client;
    private final String url;

    /**
     * Access to a registry.
     *
     * @param client its client; not closed here
     * @param url where it is, for messages
     */
    public Schemas(SchemaRegistryClient client, String url) {
        this.client = client;
        this.url = url;
    }

    /**
     * Registers a topic's value schema and sets its subject to {@code FULL_TRANSITIVE}; harmless when both are so already.
     *
     * @throws SchemaRegistryException when the registry is away, or refuses the schema as incompatible
     */
    public int register(String topic, Schema schema) {
        String subject = subject(topic);
        try {
            int id = client.register(subject, new AvroSchema(schema));
            client.updateCompatibility(subject, COMPATIBILITY);
            return id;
        } catch (IOException | RestClientException e) {
            throw failure("cannot register the schema of subject " + subject, e);
        }
    }

    /**
     * The id of a topic's registered value schema.
     *
     * @throws SchemaRegistryException when the registry is away, or does not have this schema
     */
    public int id(String topic, Schema schema) {
        String subject = subject(topic);
        try {
            return client.getId(subject, new AvroSchema(schema));
        } catch (RestClientException e) {
            if (isNotThere(e)) {
                throw new SchemaRegistryException(
                        "schema registry " + url + " does not have this version's schema of subject " + subject
                                + "; register it with: rebound topics create",
                        Kind.SCHEMA,
                        e);
            }
            throw failure("cannot ask for the schema of subject " + subject, e);
        } catch (IOException e) {
            throw failure("cannot ask for the schema of subject " + subject, e);
        }
    }

    /**
     * Takes a topic's subject away for good, with all versions. A schema that another subject has, too, keeps its id.
     *
     * @return false when the registry has no such subject
     * @throws SchemaRegistryException when the registry is away, or refuses
     */
    public boolean forget(String topic) {
        String subject = subject(topic);
        try {
            client.deleteSubject(subject);
            client.deleteSubject(subject, true);
            return true;
        } catch (RestClientException e) {
            if (isNotThere(e)) {
                return false;
            }
            throw failure("cannot delete subject " + subject, e);
        } catch (IOException e) {
            throw failure("cannot delete subject " + subject, e);
        }
    }

    /** The registry's own word that it does not have something. A proxy's 404, or that of a wrong path, says nothing of it. */
    public static boolean isNotThere(RestClientException answer) {
        return answer.getStatus() == HTTP_NOT_FOUND && answer.getErrorCode() / 100 == NOT_FOUND_CODES;
    }

    /** The subject of a topic's values. */
    public static String subject(String topic) {
        return topic + "-value";
    }

    /** The registry stayed away while something was read. */
    public SchemaRegistryException unavailable(String what, RegistryUnavailableException e) {
        return failure(what, e);
    }

    private SchemaRegistryException failure(String what, Exception e) {
        Kind kind = kind(e);
        String remedy =
                switch (kind) {
                    case AWAY -> "check schema.registry.url with its path, and that the registry is running";
                    case REFUSES ->
                        "check the registry's credentials (basic.auth.credentials.source, basic.auth.user.info)"
                                + " and certificates (schema.registry.ssl.truststore.location)";
                    case SCHEMA -> "see which versions the subject has, and who registered them";
                };
        // The client's own message leaves out the status, and says nothing where the answer is not the registry's.
        String status = e instanceof RestClientException answer ? "HTTP " + answer.getStatus() + ", " : "";
        return new SchemaRegistryException(
                "schema registry " + url + ": " + what + ": " + status + e.getMessage() + "; " + remedy, kind, e);
    }

    /** A broken connection may pass, but not a certificate that is not trusted; nor an answer that is about the request. */
    private static Kind kind(Exception e) {
        if (e instanceof RestClientException answer) {
            return switch (answer.getStatus()) {
                case HTTP_UNAUTHORIZED, HTTP_FORBIDDEN -> Kind.REFUSES;
                case HTTP_NOT_FOUND -> isNotThere(answer) ? Kind.SCHEMA : Kind.AWAY;
                case HTTP_CONFLICT, HTTP_UNPROCESSABLE -> Kind.SCHEMA;
                default -> Kind.AWAY;
            };
        }
        return e instanceof SSLException ? Kind.REFUSES : Kind.AWAY;
    }
}
