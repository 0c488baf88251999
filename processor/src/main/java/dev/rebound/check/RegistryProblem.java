package dev.rebound.check;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

/** Says in a user's words what the registry's client throws. */
final class RegistryProblem {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;

    private RegistryProblem() {}

    static Problem of(Exception problem) {
        if (problem instanceof RestClientException refused) {
            return refused(refused);
        }
        if (problem instanceof IOException io) {
            return unanswered(io);
        }
        String why = Problem.innermost(problem);
        if (Problem.everything(problem).contains("ssl context")) {
            return new Problem(
                    "its TLS keys cannot be used: " + why,
                    "check the location, password and type keys of schema.registry.ssl.truststore and"
                            + " schema.registry.ssl.keystore");
        }
        return new Problem("its keys cannot be used: " + why, "correct the key that is named");
    }

    private static Problem refused(RestClientException problem) {
        int status = problem.getStatus();
        if (status == UNAUTHORIZED) {
            return new Problem(
                    "wrong user or password, or none (HTTP 401)",
                    "set basic.auth.credentials.source=USER_INFO and basic.auth.user.info=USER:PASSWORD as the registry"
                            + " knows them");
        }
        if (status == FORBIDDEN) {
            return new Problem(
                    "this user may not read the subjects (HTTP 403)",
                    "let the registry's administrator allow it, or set another user in basic.auth.user.info");
        }
        if (status == NOT_FOUND) {
            return new Problem(
                    "answers, and does not have Confluent's interface there (HTTP 404)",
                    "correct the path in schema.registry.url; Apicurio's, for one, ends in /apis/ccompat/v7");
        }
        return new Problem(
                "answers with HTTP " + status + ": " + problem.getMessage(),
                status >= SERVER_ERROR ? "see the registry's log" : "correct schema.registry.url");
    }

    private static Problem unanswered(IOException problem) {
        String all = Problem.everything(problem);
        String why = Problem.innermost(problem);
        if (all.contains("PKIX") || Problem.isCausedBy(problem, CertificateException.class)) {
            return all.contains("No name matching") || all.contains("subject alternative")
                    ? otherHost(why)
                    : new Problem(
                            "its certificate is not trusted: " + why,
                            "put the certificate of the authority that signed it into the file of"
                                    + " schema.registry.ssl.truststore.location; the keys for the brokers, without that"
                                    + " prefix, do not count here");
        }
        if (all.contains("hostname wrong")) {
            return otherHost(why);
        }
        if (all.contains("Unsupported or unrecognized SSL message")) {
            return new Problem("does not speak TLS: " + why, "write http:// in schema.registry.url");
        }
        if (problem instanceof SSLException) {
            return new Problem(
                    "no TLS connection: " + why,
                    "if it asks for a client certificate, set schema.registry.ssl.keystore.location,"
                            + " schema.registry.ssl.keystore.password and schema.registry.ssl.key.password");
        }
        if (problem instanceof SocketTimeoutException) {
            return new Problem(
                    "accepts connections and does not answer",
                    "see whether that is the registry's port, and whether its brokers are up");
        }
        return new Problem(
                "does not answer as a registry: " + why,
                "see whether that is the registry's port, and whether it is to be https:// in schema.registry.url");
    }

    private static Problem otherHost(String why) {
        return new Problem(
                "its certificate is for another host: " + why,
                "name the registry in schema.registry.url as its certificate does, or give it a certificate with this"
                        + " name");
    }
}
